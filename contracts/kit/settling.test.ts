// Behind one address there may be replicas that know of a write only later: they are asked once more, for as long as that takes.
import { expect, test } from '@jest/globals';
import type { Message } from '../curl.ts';
import type { Reply } from '../engine/reply.ts';
import { createWaits } from '../engine/waits.ts';
import { readSettings } from '../settings.ts';
import { createSettling } from './settling.ts';

const authorization = 'Api-Key owner';
const other = 'Api-Key outsider';
const path = '/api/v1/invitations/';
const ask = (method: string, of = path, by = authorization): Message => ({
  ...{ method, path: of, headers: { authorization: by } },
});

const reply = (status: number, value?: unknown): Reply => ({
  ...{ status, headers: {}, ms: 0 },
  text: value === undefined ? '' : JSON.stringify(value),
});

const fresh = {
  ...{ url: `http://target${path}1/`, id: '1', email: 'a@example.com', role: 'VIEWER' },
  ...{ inviter: '', state: 'pending', membership: null },
};
const page = (results: readonly unknown[], next: string | null = null): Reply =>
  reply(200, { count: results.length, next, previous: null, results });

/** Each in its turn, the last for all further ones; gives the status that is taken, and how many were asked. */
const settlingAt = (ms: number) => {
  const settled = createSettling({
    ...{ lag: { ms }, waits: createWaits(), made: { wasRemoved: () => false } },
    settings: readSettings({ CONTRACT_AUTH_OWNER: authorization, CONTRACT_AUTH_OUTSIDER: other }),
  });
  return async (message: Message, ...replies: readonly Reply[]) => {
    let asked = 0;
    const send = () => Promise.resolve(replies[Math.min(asked++, replies.length - 1)] ?? reply(0));
    const taken = await settled(message, send, () => undefined);
    return { status: taken.status, text: taken.text, asked };
  };
};

test.each([
  ['PATCH', `${path}1/`, 200],
  ['DELETE', `${path}1/`, 204],
  ['POST', `${path}1/resend/`, 200],
])('%s %s of what was just made is sent until it is known', async (method, of, due) => {
  const settled = settlingAt(5_000);
  await settled(ask('POST'), reply(201, fresh));
  const taken = await settled(ask(method, of), reply(404), reply(404), reply(due));
  expect(taken).toMatchObject({ status: due, asked: 3 });
});

test('a 404 that stays, and one to what is known to be gone, are answers', async () => {
  const settled = settlingAt(60);
  await settled(ask('POST'), reply(201, fresh));
  const patch = ask('PATCH', `${path}1/`);
  expect(await settled(patch, reply(404))).toMatchObject({ status: 404 });
  await settled(ask('DELETE', `${path}1/`), reply(204));
  expect(await settled(patch, reply(404))).toMatchObject({ status: 404, asked: 1 });
  expect(await settled(ask('PATCH', `${path}other/`), reply(404))).toMatchObject({ asked: 1 });
});

test.each(['', '?role=VIEWER', '?email=a%40example.com'])(
  'a whole list%s that lacks what was just made is read once more',
  async (query) => {
    const settled = settlingAt(1);
    await settled(ask('POST'), reply(201, fresh));
    const read = ask('GET', `${path}${query}`);
    expect(await settled(read, page([]), page([fresh]))).toMatchObject({ asked: 2 });
  },
);

test.each([
  ['of another role', '?role=OWNER', page([])],
  ['of a state, which changes by itself', '?state=sent', page([])],
  ['that has other pages', '', page([], 'http://target/?page=2')],
])('a list %s may lack it', async (_title, query, answer) => {
  const settled = settlingAt(1);
  await settled(ask('POST'), reply(201, fresh));
  expect(await settled(ask('GET', `${path}${query}`), answer)).toMatchObject({ asked: 1 });
});

test('what the other organization wrote is due to itself alone', async () => {
  const settled = settlingAt(1);
  await settled(ask('POST', path, other), reply(201, fresh));
  const read = (by: string) => settled(ask('GET', `${path}1/`, by), reply(404), reply(200, fresh));
  expect(await read(authorization)).toMatchObject({ status: 404, asked: 1 });
  expect(await read(other)).toMatchObject({ status: 200, asked: 2 });
});
