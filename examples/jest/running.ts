// What start-mock.ts hands to stop-mock.ts: Jest runs both in its own process.
import type { EmbeddedMock } from 'invitations-mock';

export const running: { mock?: EmbeddedMock } = {};
