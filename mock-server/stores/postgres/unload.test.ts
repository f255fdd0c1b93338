// More sandboxes than one process has memory for: those that nobody uses give way, and come again when they are asked for.
import { Agent } from 'node:http';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import {
  askAt,
  invitations,
  memberOf,
  textOf,
  type Answer,
  type Ask,
} from '../../running.suite.ts';
import { startMockServer, type MockServer } from '../../server.ts';
import { startPostgres, type PostgresServer } from './postgres-server.suite.ts';

const agent = new Agent({ keepAlive: true });
let postgres: PostgresServer;
let server: MockServer;
let ask: Ask;

beforeAll(async () => {
  postgres = await startPostgres();
  server = await startMockServer({
    ...{ port: 0, logLevel: 'silent', banner: false, validation: 'off', scenario: 'empty' },
    store: { kind: 'postgres', address: await postgres.newAddress() },
    // Of the sandboxes below two fit.
    memoryLimit: 1_500_000,
  });
  ask = askAt(server.url, agent);
});

afterAll(async () => {
  agent.destroy();
  await server.close();
  await postgres.end();
});

const size = 300;

/** What was used just now stays, so that it may take another try. */
const made = async (name: string): Promise<Answer> => {
  const json = { scenario: 'many-pages', scenario_size: size };
  for (;;) {
    const answer = await ask('PUT', `/_mock/sandboxes/${name}`, { json });
    if (answer.status !== 507) return answer;
  }
};

test('idle worlds are unloaded, and loaded again at their first request', async () => {
  const keys: string[] = [];
  for (const name of ['one', 'two', 'three', 'four']) {
    const { status, json } = await made(name);
    expect(status).toBe(201);
    keys.push(textOf(memberOf(memberOf(json, 'credentials'), 'OWNER'), 'api_key'));
  }
  for (const as of keys) {
    const { status, json } = await ask('GET', `${invitations}?page=1`, { as });
    expect([status, memberOf(json, 'count')]).toEqual([200, size]);
  }
  const { text } = await ask('GET', '/_mock/metrics');
  const loads = /store_duration_seconds_count\{action="load"\} (\d+)/.exec(text);
  expect(Number(loads?.[1])).toBeGreaterThan(1);
  // Each of those requests waited for the store.
  const kept = /store_duration_seconds_count\{action="keep"\} (\d+)/.exec(text);
  expect(Number(kept?.[1])).toBeGreaterThan(keys.length);
});
