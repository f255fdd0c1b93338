// What a lost answer may have made on a side is looked for afterwards, unless somebody else had it before.
import { expect, test } from '@jest/globals';
import type { Line } from '../engine/line.ts';
import { create } from '../sequences/build-step.ts';
import { readSettings } from '../settings.ts';
import { openSession, perform } from './side.ts';

const settings = readSettings({
  CONTRACT_AUTH_OWNER: 'Api-Key owner',
  CONTRACT_INVITEE_EMAIL: 'joe@example.com',
});

const lostAt = async (email: string, there: readonly string[]): Promise<readonly string[]> => {
  const line: Line = ({ method }) => {
    const results = there.map((id) => ({ id, email: 'joe@example.com' }));
    const status = method === 'GET' ? 200 : 500;
    return Promise.resolve({ status, headers: {}, text: JSON.stringify({ results }), ms: 0 });
  };
  const side = { settings, line, newLine: () => line, lineOfRemoval: line, lag: { ms: 0 } };
  const session = openSession({ ...side, authorizationOf: () => 'Api-Key owner' }, 'run');
  await perform(create(1, { email }), '', session);
  return session.lost.map((one) => one.email);
};

test('a create that fails may have made something, but not where somebody else was before', async () => {
  expect(await lostAt('<email:1>', ['theirs'])).toEqual(['drift-run-1@example.com']);
  expect(await lostAt('<invitee>', [])).toEqual(['joe@example.com']);
  expect(await lostAt('<invitee>', ['theirs'])).toEqual([]);
});
