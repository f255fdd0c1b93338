// What goes wrong around replicas: their database goes away and comes back, one of them is killed in the middle of writes.
import { once } from 'node:events';
import { connect, createServer } from 'node:net';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import {
  anAddress,
  invitations,
  listOf,
  memberOf,
  textOf,
  type HttpAnswer,
} from '../../running.suite.ts';
import { killAmidWrites } from './kills.suite.ts';
import { startPostgres, type PostgresServer } from './postgres-server.suite.ts';
import { startReplicas } from './replicas.suite.ts';

let postgres: PostgresServer;

beforeAll(async () => {
  postgres = await startPostgres({ isDurable: true });
});

afterAll(() => postgres.end());

test('nothing that was answered is lost with a replica that is killed, and nothing is there twice', async () => {
  await killAmidWrites(await postgres.newAddress(), 1);
});

test('while the database is away requests are refused for now, and all goes on by itself', async () => {
  const fake = await startReplicas(await postgres.newAddress(), 2, { validation: 'off' });
  const { ask, each } = fake;
  const [one] = each;
  const { json } = await ask('GET', '/_mock/sandboxes/default');
  const as = textOf(memberOf(memberOf(json, 'credentials'), 'OWNER'), 'api_key');
  const answers: HttpAnswer[] = [];
  let isOver = false;
  const write = async (): Promise<void> => {
    while (!isOver) {
      answers.push(
        await ask('POST', invitations, { as, json: { email: anAddress(), role: 'VIEWER' } }),
      );
    }
  };
  const until = async (isSo: () => boolean | Promise<boolean>): Promise<void> => {
    while (!(await isSo())) await new Promise(setImmediate);
  };
  const made = (): readonly HttpAnswer[] => answers.filter(({ status }) => status === 201);
  const writers = [write(), write(), write(), write()];
  await until(() => made().length > 20);

  await postgres.stop();
  await until(() => answers.at(-1)?.status === 503);
  expect(await one?.('GET', invitations, { as })).toMatchObject({
    status: 503,
    headers: { 'retry-after': '1' },
  });
  expect(await one?.('GET', '/_mock/sandboxes/default')).toMatchObject({ status: 503 });
  expect(await one?.('GET', '/_mock/health/ready')).toMatchObject({
    status: 503,
    json: { status: 'store-away' },
  });
  expect(await one?.('GET', '/_mock/health/live')).toMatchObject({ status: 200 });

  await postgres.start();
  const before = made().length;
  await until(() => made().length > before + 20);
  isOver = true;
  await Promise.all(writers);
  expect(await one?.('GET', '/_mock/health/ready')).toMatchObject({ status: 200 });
  expect(new Set(answers.map(({ status }) => status))).toEqual(new Set([201, 503]));
  for (const look of each) {
    const shown = await look('GET', '/_mock/sandboxes/default/invitations?limit=1000');
    const ids = listOf(shown.json, 'invitations').map((invitation) => textOf(invitation, 'id'));
    expect(new Set(ids).size).toBe(ids.length);
    expect(made().filter(({ json: own }) => !ids.includes(textOf(own, 'id')))).toEqual([]);
  }
  await fake.close();
});

/** Before a database: passes everything on, but once told to it ends a connection in the place of the word that all is kept. */
const startForgetful = async (address: string) => {
  const url = new URL(address);
  const port = Number(url.port);
  let isForgetful = false;
  const server = createServer((client) => {
    const onward = connect(port, url.hostname);
    client.pipe(onward);
    onward.on('data', (told) => {
      if (!isForgetful || !told.includes('COMMIT\0')) {
        client.write(told);
        return;
      }
      isForgetful = false;
      client.destroy();
    });
    for (const [from, to] of [
      [client, onward],
      [onward, client],
    ] as const) {
      from.on('error', () => to.destroy()).on('close', () => to.destroy());
    }
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const bound = server.address();
  url.port = typeof bound === 'object' && bound !== null ? String(bound.port) : '';
  return {
    address: url.href,
    forget: () => {
      isForgetful = true;
    },
    close: () => server.close(),
  };
};

test('who was not told whether it is kept says so, and keeps it for all that', async () => {
  const forgetful = await startForgetful(await postgres.newAddress());
  const fake = await startReplicas(forgetful.address, 1, { validation: 'off' });
  const { json } = await fake.ask('GET', '/_mock/sandboxes/default');
  const as = textOf(memberOf(memberOf(json, 'credentials'), 'OWNER'), 'api_key');
  const invitation = { email: anAddress(), role: 'VIEWER' };
  forgetful.forget();
  expect(await fake.ask('POST', invitations, { as, json: invitation })).toMatchObject({
    status: 503,
    json: { detail: expect.stringContaining('Look whether it has happened') },
  });
  const listed = await fake.ask('GET', `${invitations}?email=${invitation.email}`, { as });
  expect(JSON.stringify(listed.json)).toContain(invitation.email);
  await fake.close();
  forgetful.close();
});
