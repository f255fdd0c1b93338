// Traffic that several processes have together: in one order, each exchange once, and for all of them cleared at once.
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { Client } from 'pg';
import { readEvents } from '../../admin/event-reader.suite.ts';
import { invitations, listOf, memberOf, textOf, type Ask } from '../../running.suite.ts';
import type { Store } from '../store.ts';
import { batch, describeTraffic, make, readAll, textsOf, trafficOf } from '../traffic.suite.ts';
import { createPostgresStore } from './postgres.ts';
import { startPostgres, type PostgresServer } from './postgres-server.suite.ts';
import { startReplicas, type Replicas } from './replicas.suite.ts';

let postgres: PostgresServer;
let address = '';
let fake: Replicas;
const stores: Store[] = [];

beforeAll(async () => {
  postgres = await startPostgres();
  address = await postgres.newAddress();
  fake = await startReplicas(address, 3, { validation: 'off' });
});

afterAll(async () => {
  await fake.close();
  await Promise.all(stores.map((store) => store.close()));
  await postgres.end();
});

const ask = async (at: string, statement: string): Promise<readonly unknown[]> => {
  const client = new Client(at);
  await client.connect();
  const { rows } = await client.query<{ told: unknown }>(statement);
  await client.end();
  return rows.map(({ told }) => told);
};

const until = async (isSo: () => Promise<boolean>): Promise<void> => {
  while (!(await isSo()));
};

const lockWaits = `SELECT 1 AS told FROM pg_stat_activity
  WHERE datname = current_database() AND wait_event_type = 'Lock'`;

describeTraffic('postgres', async () =>
  createPostgresStore({ address: await postgres.newAddress() }),
);

/** Two processes, and sandboxes that both know. */
const aPair = async (...names: readonly string[]) => {
  const at = await postgres.newAddress();
  const [here, there] = [
    await createPostgresStore({ address: at }),
    await createPostgresStore({ address: at }),
  ];
  stores.push(here, there);
  await Promise.all(names.map((name) => make(here, name)));
  return { at, here, one: trafficOf(here), other: trafficOf(there) };
};

test('of all that write at the same time each exchange has a place of its own, whatever the order of names', async () => {
  const { one, other } = await aPair('a', 'b');
  const sent: Promise<void>[] = [];
  for (let place = 0; place < 30; place += 1) {
    const [first, second] = [batch('a', one.now(), [`${place}`]), batch('b', one.now(), ['x'])];
    sent.push(one.append([first, second]), other.append([second, first]));
  }
  await Promise.all(sent);
  for (const name of ['a', 'b']) {
    const { exchanges = [] } = (await readAll(other, name)) ?? {};
    expect(exchanges.map(({ sequence }) => sequence)).toEqual(
      Array.from({ length: 60 }, (_none, place) => place + 1),
    );
    expect(await readAll(one, name)).toEqual(await readAll(other, name));
  }
});

test.each([
  ['ends several sandboxes and who tells of their traffic', 'traffic_head', 'world', 0, []],
  ['notes the use of several sandboxes and who has them', 'world', 'name', null, ['a', 'b']],
] as const)('who %s do not wait for each other', async (_who, table, column, timeToLive, used) => {
  const { at, here } = await aPair();
  for (const name of ['b', 'a']) await make(here, name);
  await ask(at, `UPDATE invitations_mock.world SET time_to_live = ${timeToLive}, used_at = 0`);
  const holder = new Client(at);
  await holder.connect();
  const hold = (name: string) =>
    holder.query(`SELECT FROM invitations_mock.${table} WHERE ${column} = $1 FOR UPDATE`, [name]);
  await holder.query('BEGIN');
  await hold('a');
  const swept = here.sharing?.sweep(new Map([...used].reverse().map((name) => [name, 1])));
  await until(async () => (await ask(at, lockWaits)).length > 0);
  await hold('b');
  await holder.end();
  expect((await swept)?.all).toEqual(new Set(used));
});

test('keeps no more than it is told to', async () => {
  const { at, one } = await aPair('a');
  const count = 'SELECT count(*)::int AS told FROM invitations_mock.traffic';
  await one.append([batch('a', one.now(), Array<string>(50).fill('x'.repeat(100)))]);
  const bounds = { exchanges: 20, characters: 1_000_000 };
  await one.append([batch('a', one.now(), ['x'.repeat(100)], { bounds })]);
  expect(await ask(at, count)).toEqual([20]);
  await one.append([batch('a', one.now(), [], { bounds: { exchanges: 20, characters: 500 } })]);
  expect(await ask(at, count)).toEqual([5]);
});

test('tables of the first version get what they lack, and sandboxes that it made meanwhile too', async () => {
  const { at, here } = await aPair('a');
  await ask(at, 'DROP TABLE invitations_mock.traffic, invitations_mock.traffic_head');
  await ask(at, 'UPDATE invitations_mock.schema_version SET version = 1');
  const anew = await createPostgresStore({ address: at });
  stores.push(anew);
  const { append, now } = trafficOf(anew);
  await append([batch('a', now(), ['x'])]);
  expect(textsOf(await readAll(trafficOf(here), 'a'))).toEqual(['1 x']);
  await ask(at, 'DELETE FROM invitations_mock.traffic_head RETURNING 1 AS told');
  // The first ones find it, and are lost.
  await append([batch('a', now(), ['x'])]);
  await append([batch('a', now(), ['y'])]);
  expect(textsOf(await readAll(trafficOf(here), 'a'))).toEqual(['1 y']);
});

const made = async (name: string): Promise<string> => {
  const json = { scenario: 'empty' };
  const answer = await fake.ask('PUT', `/_mock/sandboxes/${name}`, { json });
  return textOf(memberOf(memberOf(answer.json, 'credentials'), 'OWNER'), 'api_key');
};

const idsOf = async (one: Ask, name: string, query = ''): Promise<readonly string[]> => {
  const { json } = await one('GET', `/_mock/sandboxes/${name}/traffic?limit=100${query}`);
  return listOf(json, 'exchanges').map((exchange) => textOf(exchange, 'id'));
};

const askAll = async (as: string, ids: readonly string[]): Promise<void> => {
  for (const id of ids) {
    const target = id.startsWith('missing') ? `${invitations}x/` : invitations;
    await fake.ask('GET', target, { as, headers: { 'x-request-id': id } });
  }
};

test('every replica lists what went through any of them, in one order, each once, and keeps to its filters', async () => {
  const as = await made('lists');
  const ids = ['one', 'missing-two', 'three', 'four', 'missing-five', 'six', 'seven'];
  await askAll(as, ids);
  await until(async () => (await idsOf(fake.ask, 'lists')).length === ids.length);
  const lists = await Promise.all(fake.each.map((one) => idsOf(one, 'lists')));
  expect([...(lists[0] ?? [])].sort()).toEqual([...ids].sort());
  expect(lists).toEqual(lists.map(() => lists[0]));
  for (const one of fake.each) {
    const missing = await idsOf(one, 'lists', '&status=404');
    expect([...missing].sort()).toEqual(['missing-five', 'missing-two']);
    const { json } = await one('GET', '/_mock/sandboxes/lists');
    expect(memberOf(memberOf(json, 'counts'), 'exchanges')).toBe(ids.length);
    const [oldest] = lists[0]?.slice(-1) ?? [];
    expect(await idsOf(one, 'lists', `&after=${oldest}`)).toEqual([]);
    const har = await one('GET', '/_mock/sandboxes/lists/traffic.har');
    expect(listOf(memberOf(har.json, 'log'), 'entries')).toHaveLength(ids.length);
  }
});

test('who follows one replica sees what goes through the others, and goes on at another one', async () => {
  const as = await made('followed');
  const [first, second] = fake.servers;
  const path = '/_mock/sandboxes/followed/traffic/stream';
  const reader = await readEvents(`${first?.url}${path}`);
  await askAll(as, ['one', 'two', 'three']);
  const events = await reader.take(3);
  expect(events.map(({ data }) => textOf(data, 'id')).sort()).toEqual(['one', 'three', 'two']);
  expect(events.map(({ id }) => id)).toEqual(['1', '2', '3']);
  reader.close();
  const resumed = await readEvents(`${second?.url}${path}`, { 'last-event-id': '2' });
  expect(await resumed.next()).toMatchObject({
    id: '3',
    data: { id: textOf(events[2]?.data, 'id') },
  });
  await fake.each[2]?.('DELETE', '/_mock/sandboxes/followed/traffic');
  expect(await resumed.next()).toMatchObject({ event: 'clear' });
  await fake.each[2]?.('DELETE', '/_mock/sandboxes/followed');
  expect(await resumed.next()).toMatchObject({ event: 'end' });
});

test('who looks at a sandbox whose traffic takes its time holds up nobody in it', async () => {
  const as = await made('slow');
  const holder = new Client(address);
  await holder.connect();
  await holder.query('BEGIN; LOCK TABLE invitations_mock.traffic_head IN ACCESS EXCLUSIVE MODE');
  const [one] = fake.each;
  let isLooking = true;
  const look = one?.('GET', '/_mock/sandboxes/slow').finally(() => {
    isLooking = false;
  });
  await until(async () => (await ask(address, lockWaits)).length > 0);
  const json = { email: 'new@example.com', role: 'VIEWER' };
  expect(await one?.('POST', invitations, { as, json })).toMatchObject({ status: 201 });
  expect(isLooking).toBe(true);
  await holder.end();
  expect(await look).toMatchObject({ status: 200 });
});

test('what is cleared by one replica is for all, and so is what a reset forgets', async () => {
  const as = await made('cleared');
  for (const [method, path] of [
    ['DELETE', '/traffic'],
    ['POST', '/reset'],
  ] as const) {
    await askAll(as, ['one', 'two', 'three', 'four', 'five', 'six']);
    await fake.ask(method, `/_mock/sandboxes/cleared${path}`);
    for (const one of fake.each) expect(await idsOf(one, 'cleared')).toEqual([]);
    await askAll(as, ['after']);
    await until(async () => (await idsOf(fake.ask, 'cleared')).length > 0);
    for (const one of fake.each) expect(await idsOf(one, 'cleared')).toEqual(['after']);
  }
});

test('it is there after all processes ended, without what it does not show', async () => {
  const at = await postgres.newAddress();
  const before = await startReplicas(at, 2, { validation: 'off' });
  const { json } = await before.ask('GET', '/_mock/sandboxes/default');
  const as = textOf(memberOf(memberOf(json, 'credentials'), 'OWNER'), 'api_key');
  const headers = { 'x-request-id': 'kept', cookie: 'session=secret-cookie' };
  await before.ask('GET', invitations, { as, headers });
  await before.close();
  const bodies = await ask(at, 'SELECT body AS told FROM invitations_mock.traffic');
  expect(bodies).toHaveLength(1);
  expect(String(bodies[0])).toContain('Api-Key [redacted]');
  for (const secret of [as.split(' ')[1] ?? '', 'secret-cookie']) {
    expect(String(bodies[0])).not.toContain(secret);
  }
  const after = await startReplicas(at, 2, { validation: 'off' });
  for (const one of after.each) expect(await idsOf(one, 'default')).toEqual(['kept']);
  await after.close();
});
