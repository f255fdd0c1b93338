// Before all test files: one fake for the whole run. Test files run in processes of their own, which read its address.
import { startMockServer } from 'invitations-mock';
import { running } from './running.ts';

// Jest wants a default export here.
export default async function startMock(): Promise<void> {
  running.mock = await startMockServer();
  process.env['MOCK_URL'] = running.mock.url;
}
