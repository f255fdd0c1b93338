// How many invitations a fake has, asked past what stands before it.
import { isRecord } from '../invitation.ts';
import type { Target } from '../target.ts';

export const countAt = async ({ env }: Target): Promise<unknown> => {
  const headers = { authorization: env['CONTRACT_AUTH_OWNER'] ?? '' };
  const address = `${env['CONTRACT_TARGET'] ?? ''}/api/v1/invitations/`;
  const page: unknown = await (await fetch(address, { headers })).json();
  return isRecord(page) ? page['count'] : undefined;
};
