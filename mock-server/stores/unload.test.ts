// More sandboxes than one process has memory for: those that nobody uses give way, and come again when they are asked for.
import { copyFileSync, existsSync, mkdtempSync, rmSync } from 'node:fs';
import { Agent } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, jest, test } from '@jest/globals';
import {
  anAddress,
  askAt,
  invitations,
  listOf,
  memberOf,
  textOf,
  type HttpAnswer,
  type Ask,
} from '../running.suite.ts';
import { startMockServer, type MockServer } from '../server.ts';
import type { StoreChoice } from './open-store.ts';
import { startPostgres, type PostgresServer } from './postgres/postgres-server.suite.ts';
import { startProcess } from './process.suite.ts';

// A process takes its seconds to start where everything runs at once.
jest.setTimeout(120_000);

const agent = new Agent({ keepAlive: true });
const folders: string[] = [];
let postgres: PostgresServer;

beforeAll(async () => {
  postgres = await startPostgres();
});

afterAll(async () => {
  agent.destroy();
  for (const folder of folders) rmSync(folder, { recursive: true });
  await postgres.end();
});

const aFolder = (): string => {
  const folder = mkdtempSync(join(tmpdir(), 'invitations-mock-unload-'));
  folders.push(folder);
  return folder;
};

const start = (store: StoreChoice, memoryLimit?: number): Promise<MockServer> =>
  startMockServer({
    ...{ port: 0, logLevel: 'silent', banner: false, validation: 'off', scenario: 'empty' },
    store,
    ...(memoryLimit === undefined ? {} : { memoryLimit }),
  });

const size = 300;

/** What was used just now stays, so that it may take another try. */
const insist = async (attempt: () => Promise<HttpAnswer>): Promise<HttpAnswer> => {
  for (;;) {
    const answer = await attempt();
    if (answer.status !== 507) return answer;
  }
};

const make = (ask: Ask, name: string): Promise<HttpAnswer> => {
  const json = { scenario: 'many-pages', scenario_size: size };
  return insist(() => ask('PUT', `/_mock/sandboxes/${name}`, { json }));
};

const countAs = async (ask: Ask, as: string): Promise<unknown> => {
  const { status, json } = await ask('GET', `${invitations}?page=1`, { as });
  expect(status).toBe(200);
  return memberOf(json, 'count');
};

test.each(['file', 'postgres'] as const)(
  'idle worlds are unloaded, and loaded again at their first request, with the store %s',
  async (kind) => {
    const store: StoreChoice =
      kind === 'file'
        ? { kind, folder: aFolder() }
        : { kind, address: await postgres.newAddress() };
    // Of the sandboxes below two fit.
    const server = await start(store, 1_500_000);
    const ask = askAt(server.url, agent);
    const keys: string[] = [];
    for (const name of ['one', 'two', 'three', 'four']) {
      const { status, json } = await make(ask, name);
      expect(status).toBe(201);
      keys.push(textOf(memberOf(memberOf(json, 'credentials'), 'OWNER'), 'api_key'));
    }
    for (const as of keys) {
      expect(await countAs(ask, as)).toBe(size);
      const json = { email: anAddress(), role: 'VIEWER' };
      const made = await insist(() => ask('POST', invitations, { as, json }));
      expect(made.status).toBe(201);
    }
    const { json } = await ask('GET', '/_mock/sandboxes');
    expect(memberOf(json, 'count')).toBe(5);
    const { text } = await ask('GET', '/_mock/metrics');
    const loads = /store_duration_seconds_count\{action="load"\} (\d+)/.exec(text);
    expect(Number(loads?.[1])).toBeGreaterThan(1);
    // Each of those requests waited for the store.
    const kept = /store_duration_seconds_count\{action="keep"\} (\d+)/.exec(text);
    expect(Number(kept?.[1])).toBeGreaterThanOrEqual(keys.length);
    await server.close();

    const again = await start(store);
    for (const as of keys) expect(await countAs(askAt(again.url, agent), as)).toBe(size + 1);
    await again.close();
  },
);

const [copies, copySize, heapMegabytes] = [25, 3_000, 96] as const;

test('a folder that does not fit into the heap is opened, and every sandbox in it answers', async () => {
  const folder = aFolder();
  const server = await start({ kind: 'file', folder });
  const plan = { scenario: 'many-pages', scenario_size: copySize };
  await askAt(server.url, agent)('PUT', '/_mock/sandboxes/big', { json: plan });
  await server.close();
  const names = Array.from({ length: copies }, (_none, place) => `big-${place}`);
  const pathOf = (name: string): string => join(folder, `${name}.journal`);
  for (const name of names) copyFileSync(pathOf('big'), pathOf(name));
  expect(existsSync(`${pathOf('big')}.index`)).toBe(true);

  const small = await startProcess(`file:${folder}`, { heapMegabytes });
  const ask = askAt(small.url, agent);
  for (const name of names) {
    const { status, json } = await ask('GET', `/_mock/sandboxes/${name}/invitations?limit=1`);
    expect([name, status, listOf(json, 'invitations').length]).toEqual([name, 200, 1]);
  }
  await small.end('SIGKILL');
});
