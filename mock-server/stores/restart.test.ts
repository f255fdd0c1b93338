// A server that is stopped and started again with the same folder: clients and testers find what they left.
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { Agent } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, jest, test } from '@jest/globals';
import {
  anAddress,
  askAt,
  invitations,
  listOf,
  memberOf,
  textOf,
  type Ask,
} from '../running.suite.ts';
import { startMockServer, type MockServer } from '../server.ts';
import { writeLines } from './journal-lines.ts';
import { startProcess } from './process.suite.ts';

// A process takes its seconds to start where everything runs at once.
jest.setTimeout(120_000);

const agent = new Agent();
let folder = '';
let server: MockServer | undefined;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'invitations-mock-restart-'));
});

afterEach(async () => {
  await server?.close();
  server = undefined;
  rmSync(folder, { recursive: true });
});

const restart = async (): Promise<Ask> => {
  await server?.close();
  server = await startMockServer({
    port: 0,
    logLevel: 'silent',
    banner: false,
    validation: 'off',
    store: { kind: 'file', folder },
  });
  return askAt(server.url, agent);
};

const keyIn = async (ask: Ask, sandbox: string): Promise<string> => {
  const { json } = await ask('GET', `/_mock/sandboxes/${sandbox}`);
  return textOf(memberOf(memberOf(json, 'credentials'), 'OWNER'), 'api_key');
};

/** What testers see of it, but for what each start has of its own. */
const shown = async (ask: Ask, sandbox: string): Promise<string> => {
  const parts = ['invitations', 'events', 'messages', 'faults', 'snapshots', 'delivery', 'people'];
  const asked = parts.map((part) => ask('GET', `/_mock/sandboxes/${sandbox}/${part}`));
  const bodies = (await Promise.all(asked)).map(({ text }) => text);
  const { json } = await ask('GET', `/_mock/sandboxes/${sandbox}/clock`);
  const stands = memberOf(json, 'frozen') === true ? memberOf(json, 'now') : 'runs';
  return [...bodies, stands].join('\n').replaceAll(/127\.0\.0\.1:\d+/g, 'HOST');
};

test('sandboxes, their people, what happened in them and how they are set are there again', async () => {
  let ask = await restart();
  await ask('PUT', '/_mock/sandboxes/one', { json: { scenario: 'empty', seed: 5 } });
  const at = '/_mock/sandboxes/one';
  const as = await keyIn(ask, 'one');
  await ask('PATCH', `${at}/clock`, { json: { frozen: true, now: '2030-01-01T00:00:00Z' } });
  await ask('POST', invitations, { as, json: { email: anAddress(), role: 'VIEWER' } });
  await ask('POST', `${at}/snapshots`, { json: { label: 'early' } });
  await ask('POST', invitations, { as, json: { email: anAddress('bounce'), role: 'OWNER' } });
  await ask('PATCH', `${at}/delivery`, { json: { mode: 'after-reads', reads: 3 } });
  const made = await ask('POST', invitations, { as, json: { email: anAddress(), role: 'ADMIN' } });
  await ask('GET', invitations, { as });
  await ask('PUT', `${at}/faults`, {
    json: { faults: [{ every: 3, status: 503, retry_after: 1 }] },
  });
  const statuses = async (): Promise<readonly number[]> => {
    const all: number[] = [];
    for (let count = 0; count < 2; count += 1) {
      all.push((await ask('PUT', invitations, { as })).status);
    }
    return all;
  };
  expect(await statuses()).toEqual([405, 405]);
  const before = await shown(ask, 'one');

  ask = await restart();
  expect(await shown(ask, 'one')).toBe(before);
  expect(await statuses()).toEqual([503, 405]);
  await ask('DELETE', `${at}/faults`);
  const own = `${invitations}${textOf(made.json, 'id')}/`;
  // One read of three was counted before.
  await ask('GET', own, { as });
  await ask('GET', own, { as });
  expect(memberOf((await ask('GET', own, { as })).json, 'state')).toBe('sent');
  await ask('POST', `${at}/snapshots/early/restore`);
  const { json } = await ask('GET', `${at}/invitations`);
  expect(listOf(json, 'invitations')).toHaveLength(1);

  await ask('DELETE', at);
  ask = await restart();
  expect((await ask('GET', at)).status).toBe(404);
});

test('a reset is kept, and so is what is made after it', async () => {
  let ask = await restart();
  const as = await keyIn(ask, 'default');
  await ask('POST', invitations, { as, json: { email: anAddress(), role: 'VIEWER' } });
  await ask('POST', '/_mock/sandboxes/default/reset');
  const { json } = await ask('POST', invitations, {
    as,
    json: { email: anAddress(), role: 'VIEWER' },
  });
  const before = await shown(ask, 'default');
  ask = await restart();
  expect(await shown(ask, 'default')).toBe(before);
  expect((await ask('GET', `${invitations}${textOf(json, 'id')}/`, { as })).status).toBe(200);
});

test('traffic goes on where it was, and what was cleared stays so', async () => {
  let ask = await restart();
  const as = await keyIn(ask, 'default');
  const shownTraffic = async (): Promise<readonly unknown[]> => {
    const { json } = await ask('GET', '/_mock/traffic');
    return listOf(json, 'exchanges').map((one) => [memberOf(one, 'id'), memberOf(one, 'sequence')]);
  };
  const headers = (id: string) => ({ as, headers: { 'x-request-id': id } });
  await ask('GET', invitations, headers('one'));
  await ask('GET', invitations, headers('two'));
  ask = await restart();
  await ask('GET', invitations, headers('three'));
  const all = [
    ['three', 3],
    ['two', 2],
    ['one', 1],
  ];
  expect(await shownTraffic()).toEqual(all);
  expect(
    memberOf(memberOf((await ask('GET', '/_mock/sandboxes/default')).json, 'counts'), 'exchanges'),
  ).toBe(3);
  await ask('DELETE', '/_mock/traffic');
  ask = await restart();
  await ask('GET', invitations, headers('four'));
  expect(await shownTraffic()).toEqual([['four', 4]]);
  await ask('POST', '/_mock/sandboxes/default/reset');
  expect(await shownTraffic()).toEqual([]);
});

test('what was answered is there again after the process was killed in the middle of it, and once', async () => {
  const { url, end } = await startProcess(`file:${folder}`);
  const ask = askAt(url, agent);
  const as = await keyIn(ask, 'default');
  const answered: string[] = [];
  let ended: Promise<unknown> | undefined;
  const post = async (): Promise<void> => {
    for (;;) {
      const json = { email: anAddress(), role: 'VIEWER' };
      const made = await ask('POST', invitations, { as, json }).catch(() => undefined);
      if (made === undefined) return;
      answered.push(textOf(made.json, 'id'));
      if (answered.length === 100) ended = end('SIGKILL');
    }
  };
  await Promise.all(Array.from({ length: 8 }, post));
  await ended;

  const again = await restart();
  const { json } = await again('GET', '/_mock/sandboxes/default/invitations?limit=1000');
  const ids = listOf(json, 'invitations').map((one) => textOf(one, 'id'));
  expect(answered.length).toBeGreaterThanOrEqual(100);
  expect(answered.filter((id) => !ids.includes(id))).toEqual([]);
  expect(new Set(ids).size).toBe(ids.length);
});

test('without room left it answers 507 and keeps nothing by halves', async () => {
  const { url, end } = await startProcess(`file:${folder}`, { kibibytes: 32 });
  const ask = askAt(url, agent);
  const as = await keyIn(ask, 'default');
  const made: string[] = [];
  const create = () =>
    ask('POST', invitations, { as, json: { email: anAddress(), role: 'VIEWER' } });
  let answer = await create();
  for (; answer.status === 201; answer = await create()) made.push(textOf(answer.json, 'id'));
  expect(answer.status).toBe(507);
  expect(textOf(answer.json, 'detail')).toContain('no room left');
  const snapshot = await ask('POST', '/_mock/sandboxes/default/snapshots', { json: {} });
  expect(snapshot.status).toBe(507);
  await end('SIGTERM');

  const again = await restart();
  const { json } = await again('GET', `${invitations}?page_size=1000`, { as });
  const known = listOf(json, 'results').map((one) => textOf(one, 'id'));
  expect(made.filter((id) => !known.includes(id))).toEqual([]);
  expect(
    (await again('POST', invitations, { as, json: { email: anAddress(), role: 'VIEWER' } })).status,
  ).toBe(201);
});

const laterHead = { type: 'invitations-mock/journal', version: 2 };

test.each([
  ['events', (text: string) => text + writeLines([{ type: 'InvitationForwarded' }], true)],
  ['lines', (text: string) => text.replace(/^.*\n/, writeLines([laterHead], true))],
])(
  'a sandbox that a later version has written other %s to is refused, and the others are there',
  async (_what, change) => {
    let ask = await restart();
    for (const name of ['later', 'usual']) await ask('PUT', `/_mock/sandboxes/${name}`);
    await server?.close();
    server = undefined;
    const journal = join(folder, 'later.journal');
    writeFileSync(journal, change(readFileSync(journal, 'utf8')));
    // What finds the other one is not known any longer either.
    rmSync(join(folder, 'usual.journal.index'));
    ask = await restart();
    for (const method of ['GET', 'GET', 'PUT', 'DELETE']) {
      expect((await ask(method, '/_mock/sandboxes/later')).status).toBe(503);
    }
    expect((await ask('GET', '/_mock/sandboxes/usual')).status).toBe(200);
    const { text } = await ask('GET', '/_mock/sandboxes');
    expect([text.includes('"usual"'), text.includes('"later"')]).toEqual([true, false]);
    const { json } = await ask('GET', '/_mock/health/ready');
    expect(json).toMatchObject({ status: 'ready', unreadable_sandboxes: 1 });
  },
);
