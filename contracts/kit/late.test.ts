// What a failed check was not shown is late where it shows after a while, and missing where it never does.
import { expect, test } from '@jest/globals';
import type { Message } from '../curl.ts';
import type { Reply } from '../engine/reply.ts';
import { toRunning } from '../engine/session.ts';
import { readSettings } from '../settings.ts';
import { toCurrent } from './current.ts';
import { createLate } from './late.ts';

const path = '/api/v1/invitations/';
const headers = { authorization: 'Api-Key owner' };
const fresh = {
  ...{ url: `http://target${path}1/`, id: '1', email: 'a@example.com', role: 'VIEWER' },
  ...{ inviter: '', state: 'pending', membership: null },
};
const reply = (status: number, value: unknown = {}): Reply => ({
  ...{ status, headers: {}, ms: 0 },
  text: JSON.stringify(value),
});
const read: Message = { method: 'GET', path: `${path}1/`, headers };

type Told = {
  /** To what the check asked last, which was answered with 404 before; the last for all further ones. */
  readonly again: readonly number[];
  /** To reads of each invitation that is made to measure. */
  readonly ofNew?: readonly number[];
  readonly last?: Message;
  readonly env?: Readonly<Record<string, string>>;
};

const look = async ({ again, ofNew = [200], last = read, env = {} }: Told) => {
  let [asked, made, reads] = [0, 1, 0];
  const warnings: string[] = [];
  const line = ({ method, path: of }: Message): Promise<Reply> => {
    if (of === last.path) {
      const status = again[asked++] ?? again.at(-1) ?? 0;
      return Promise.resolve(reply(status, status === 200 ? fresh : {}));
    }
    if (method === 'POST') {
      [made, reads] = [made + 1, 0];
      return Promise.resolve(reply(201, { ...fresh, id: `${made}` }));
    }
    return Promise.resolve(reply(method === 'GET' ? (ofNew[reads++] ?? ofNew.at(-1) ?? 0) : 204));
  };
  const settings = readSettings({
    ...{ CONTRACT_AUTH_OWNER: 'Api-Key owner', ...env },
  });
  const opening = { settings, listen: () => undefined, warn: (it: string) => warnings.push(it) };
  const running = await toRunning(opening, line, 'run');
  const [rule] = running.rules.values();
  if (rule === undefined) throw new Error('There are no rules.');
  const body = () => Promise.resolve();
  const check = toCurrent({
    ...{ rule, title: '', needs: [], changes: true, operation: undefined, body },
  });
  const now = performance.now();
  const create = { method: 'POST', path, headers };
  check.exchanged.push(
    { message: create, reply: reply(201, fresh), startedAt: now - 3, endedAt: now - 2 },
    { message: last, reply: reply(404), startedAt: now - 1, endedAt: now },
  );
  const isLate = await createLate(running)(check, 0);
  return { isLate, hasLag: running.lag.ms > 0, warned: warnings.length, asked, made: made - 1 };
};

const late = { isLate: true, hasLag: true, warned: 1 };
/** What never comes is not waited for long. */
const hasty = { CONTRACT_TIMEOUT: '100' };
const onTime = { isLate: false, hasLag: false, warned: 0 };

test('what shows after a while was late', async () => {
  expect(await look({ again: [404, 404, 200] })).toMatchObject({ ...late, asked: 3, made: 0 });
});

test('what never shows is missing', async () => {
  expect(await look({ again: [404], env: hasty })).toMatchObject(onTime);
});

test('of what shows as soon as it is asked for again, new ones tell whether it was late', async () => {
  expect(await look({ again: [200], ofNew: [404, 200] })).toMatchObject(late);
  expect(await look({ again: [200] })).toMatchObject({ ...onTime, made: 5 });
});

test('a write that is refused for what was just made is late where it is taken then', async () => {
  const resend = { method: 'POST', path: `${path}1/resend/`, headers };
  expect(await look({ last: resend, again: [404, 200] })).toMatchObject(late);
  expect(await look({ last: resend, again: [404], env: hasty })).toMatchObject(onTime);
});

test('nothing is late where it was said how late it may be', async () => {
  const told = { again: [404, 200], env: { CONTRACT_SETTLE: '0' } };
  expect(await look(told)).toMatchObject({ ...onTime, asked: 0 });
});
