// Three replicas behind a balancer, on one PostgreSQL: a client sees one fake.
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { Client } from 'pg';
import { anAddress, invitations, listOf, memberOf, textOf } from '../../running.suite.ts';
import { startSmtpServer } from '../../smtp-server.suite.ts';
import { startPostgres, type PostgresServer } from './postgres-server.suite.ts';
import { startReplicas, type Replicas } from './replicas.suite.ts';

let postgres: PostgresServer;
let address = '';
let fake: Replicas;

beforeAll(async () => {
  postgres = await startPostgres();
  address = await postgres.newAddress();
  fake = await startReplicas(address, 3);
});

afterAll(async () => {
  await fake.close();
  await postgres.end();
});

const invite = (): { json: { email: string; role: string } } => ({
  json: { email: anAddress(), role: 'VIEWER' },
});

const made = async (name: string, json: unknown = { scenario: 'empty' }): Promise<string> => {
  const answer = await fake.ask('PUT', `/_mock/sandboxes/${name}`, { json });
  return textOf(memberOf(memberOf(answer.json, 'credentials'), 'OWNER'), 'api_key');
};

const numberOf = (json: unknown, name: string): number => Number(memberOf(json, name));

describe('what one replica answered, all of them know', () => {
  test('invitations, and that they were sent', async () => {
    const as = await made('invitations');
    const { json } = await fake.ask('POST', invitations, { as, ...invite() });
    const path = `${invitations}${textOf(json, 'id')}/`;
    for (const ask of fake.each) {
      expect(await ask('GET', path, { as })).toMatchObject({
        status: 200,
        json: { state: 'sent' },
      });
    }
    expect((await fake.ask('DELETE', path, { as })).status).toBe(204);
    for (const ask of fake.each) expect((await ask('GET', path, { as })).status).toBe(404);
  });

  test('credentials of both schemes, from the moment when a sandbox is made until it is removed', async () => {
    const [first, second, third] = fake.each;
    const as = await made('credentials');
    const token = await second?.('POST', '/_mock/sandboxes/credentials/tokens', {
      json: { email: anAddress() },
    });
    const bearer = textOf(token?.json, 'authorization');
    for (const ask of fake.each) {
      expect((await ask('GET', invitations, { as })).status).toBe(200);
      // Known, but without the scope of an organization.
      expect((await ask('GET', invitations, { as: bearer })).status).toBe(403);
    }
    await third?.('DELETE', '/_mock/sandboxes/credentials');
    expect((await first?.('GET', invitations, { as }))?.status).toBe(401);
    expect((await second?.('GET', '/_mock/sandboxes/credentials'))?.status).toBe(404);
    const listed = await first?.('GET', '/_mock/sandboxes');
    const names = listOf(listed?.json, 'sandboxes').map((one) => memberOf(one, 'name'));
    expect(names).not.toContain('credentials');
  });

  test('keys that a client had made, also where nobody has asked for anything yet', async () => {
    const [first, second, third] = fake.each;
    const owner = await made('own-keys');
    const account = { name: 'Nightly import', role: 'OWNER' };
    const answer = await first?.('POST', '/api/v1/serviceaccounts/', { as: owner, json: account });
    const key = `Api-Key ${textOf(answer?.json, 'apikey')}`;
    expect((await second?.('GET', invitations, { as: key }))?.status).toBe(200);
    expect((await third?.('POST', invitations, { as: key, ...invite() }))?.status).toBe(201);
  });

  test('the clock, delivery settings and what waits', async () => {
    const at = '/_mock/sandboxes/clock';
    const as = await made('clock');
    await fake.ask('PATCH', `${at}/delivery`, { json: { mode: 'after-delay', delay: 'PT1H' } });
    await fake.ask('PATCH', `${at}/clock`, { json: { frozen: true, now: '2031-01-01T00:00:00Z' } });
    const { json } = await fake.ask('POST', invitations, { as, ...invite() });
    const path = `${invitations}${textOf(json, 'id')}/`;
    for (const ask of fake.each) {
      expect((await ask('GET', path, { as })).json).toMatchObject({ state: 'pending' });
      expect((await ask('GET', `${at}/clock`)).json).toMatchObject({
        now: '2031-01-01T00:00:00.000Z',
      });
    }
    await fake.ask('PATCH', `${at}/clock`, { json: { advance: 'PT1H' } });
    for (const ask of fake.each) {
      expect((await ask('GET', path, { as })).json).toMatchObject({ state: 'sent' });
    }
    // Of those who looked at once one let it leave.
    expect((await fake.ask('GET', `${at}/messages`)).json).toMatchObject({ count: 1 });
  });

  test('faults and how often they were met', async () => {
    const as = await made('faults');
    const faults = [{ every: 4, status: 503, retry_after: 1 }];
    await fake.ask('PUT', '/_mock/sandboxes/faults/faults', { json: { faults } });
    const statuses: number[] = [];
    for (let count = 0; count < 12; count += 1) {
      statuses.push((await fake.ask('GET', invitations, { as })).status);
    }
    expect(statuses.filter((status) => status === 503)).toHaveLength(3);
    expect([3, 7, 11].map((place) => statuses[place])).toEqual([503, 503, 503]);
  });

  test('reads that are counted until a message leaves', async () => {
    const as = await made('reads');
    const json = { mode: 'after-reads', reads: 4 };
    await fake.ask('PATCH', '/_mock/sandboxes/reads/delivery', { json });
    const { json: own } = await fake.ask('POST', invitations, { as, ...invite() });
    const path = `${invitations}${textOf(own, 'id')}/`;
    const states: unknown[] = [];
    for (let count = 0; count < 6; count += 1) {
      states.push(memberOf((await fake.ask('GET', path, { as })).json, 'state'));
    }
    expect(states).toEqual(['pending', 'pending', 'pending', 'pending', 'sent', 'sent']);
  });

  test('snapshots, and that one was restored', async () => {
    const at = '/_mock/sandboxes/snapshots';
    const as = await made('snapshots');
    await fake.ask('POST', invitations, { as, ...invite() });
    await fake.ask('POST', `${at}/snapshots`, { json: { label: 'early' } });
    await fake.ask('POST', invitations, { as, ...invite() });
    for (const ask of fake.each) {
      expect((await ask('GET', `${at}/snapshots`)).json).toMatchObject({ count: 1 });
    }
    await fake.ask('POST', `${at}/snapshots/early/restore`);
    for (const ask of fake.each) {
      expect((await ask('GET', invitations, { as })).json).toMatchObject({ count: 1 });
    }
  });

  test('a world that was exported from one and imported into another', async () => {
    const as = await made('exported', { scenario: 'team' });
    const { json } = await fake.ask('GET', '/_mock/sandboxes/exported/export');
    const answer = await fake.ask('PUT', '/_mock/sandboxes/imported/import', { json });
    expect(answer.status).toBe(201);
    const key = textOf(memberOf(memberOf(answer.json, 'credentials'), 'OWNER'), 'api_key');
    const count = numberOf((await fake.ask('GET', invitations, { as })).json, 'count');
    for (const ask of fake.each) {
      expect((await ask('GET', invitations, { as: key })).json).toMatchObject({ count });
    }
  });

  test('messages that somebody waits for elsewhere', async () => {
    const [first, second] = fake.each;
    const as = await made('waiting');
    const waited = first?.('GET', '/_mock/sandboxes/waiting/messages?wait=60');
    await second?.('POST', invitations, { as, ...invite() });
    expect((await waited)?.json).toMatchObject({ count: 1 });
    const ended = first?.('GET', '/_mock/sandboxes/waiting/messages?wait=60&to=nobody@example.com');
    await second?.('DELETE', '/_mock/sandboxes/waiting');
    expect((await ended)?.status).toBe(404);
  });
});

test('a mail server gets each message once, whichever replica looks', async () => {
  const smtp = await startSmtpServer();
  const mailing = await startReplicas(await postgres.newAddress(), 2, { smtp: smtp.address });
  const { json } = await mailing.ask('GET', '/_mock/sandboxes/default');
  const as = textOf(memberOf(memberOf(json, 'credentials'), 'OWNER'), 'api_key');
  const emails = Array.from({ length: 12 }, () => anAddress());
  await Promise.all(
    emails.map((email) =>
      mailing.ask('POST', invitations, { as, json: { email, role: 'VIEWER' } }),
    ),
  );
  for (const ask of mailing.each) {
    for (const to of emails) {
      const path = `/_mock/sandboxes/default/messages?wait=60&to=${to}`;
      expect((await ask('GET', path)).json).toMatchObject({ count: 1 });
    }
  }
  expect(smtp.received.flatMap(({ to }) => to).sort()).toEqual([...emails].sort());
  await mailing.close();
  await smtp.close();
});

test('of many who want the same thing at once one gets it', async () => {
  const as = await made('races');
  for (let round = 0; round < 20; round += 1) {
    const asked = invite();
    const answers = await Promise.all(
      Array.from({ length: 9 }, () => fake.ask('POST', invitations, { as, ...asked })),
    );
    const statuses = answers.map(({ status }) => status).sort();
    expect(statuses).toEqual([201, ...Array.from({ length: 8 }, () => 404)]);
  }
  const { json } = await fake.ask('GET', invitations, { as });
  expect(json).toMatchObject({ count: 20 });
});

test('of many who make the same sandbox at once, all have the same one', async () => {
  const asked = Array.from({ length: 9 }, () =>
    fake.ask('PUT', '/_mock/sandboxes/same', { headers: { 'if-none-match': '*' } }),
  );
  const statuses = (await Promise.all(asked)).map(({ status }) => status).sort();
  expect(statuses).toEqual([201, ...Array.from({ length: 8 }, () => 412)]);
});

test('a reset on one replica while others write leaves nothing of the old world', async () => {
  const as = await made('reset');
  for (let round = 0; round < 5; round += 1) {
    const writes = Array.from({ length: 12 }, () =>
      fake.ask('POST', invitations, { as, ...invite() }),
    );
    const reset = await fake.ask('POST', '/_mock/sandboxes/reset/reset');
    expect(reset.status).toBe(200);
    const ids = (await Promise.all(writes)).map(({ json }) => textOf(json, 'id'));
    const shown = await Promise.all(
      fake.each.map(async (ask) => (await ask('GET', `${invitations}?page_size=100`, { as })).json),
    );
    const kept = listOf(shown[0], 'results').map((one) => textOf(one, 'id'));
    expect(kept.every((id) => ids.includes(id))).toBe(true);
    const events = await fake.ask('GET', '/_mock/sandboxes/reset/events?limit=1000');
    const created = listOf(events.json, 'events').filter(
      (one) => memberOf(one, 'type') === 'InvitationCreated',
    );
    expect(created).toHaveLength(kept.length);
    expect(shown.map((json) => numberOf(json, 'count'))).toEqual(shown.map(() => kept.length));
  }
  // Two of three replicas find each time that what they have is of the world before.
  const metrics = await Promise.all(fake.each.map((ask) => ask('GET', '/_mock/metrics')));
  const conflicts = metrics.map(({ text }) =>
    Number(/^invitations_mock_store_conflicts_total (\d+)$/m.exec(text)?.[1]),
  );
  expect(conflicts.reduce((sum, count) => sum + count)).toBeGreaterThan(5);
});

test('a sandbox that a later version has written to is refused and not guessed at, and others go on', async () => {
  const [first] = fake.each;
  const as = await made('later');
  await first?.('GET', invitations, { as });
  const client = new Client(address);
  await client.connect();
  await client.query(`INSERT INTO invitations_mock.event (world, epoch, version, body)
    SELECT name, epoch, version + 1, '[{"type":"InvitationForwarded"}]' FROM invitations_mock.world WHERE name = 'later'`);
  await client.query(
    `UPDATE invitations_mock.world SET version = version + 1 WHERE name = 'later'`,
  );
  for (const ask of fake.each) {
    expect((await ask('GET', invitations, { as })).status).toBe(503);
    expect((await ask('GET', '/_mock/sandboxes/later')).json).toMatchObject({
      detail: expect.stringContaining('this one does not know the event "InvitationForwarded"'),
    });
    expect((await ask('GET', '/_mock/sandboxes/default')).status).toBe(200);
    expect(textOf(await ask('GET', '/_mock/sandboxes'), 'text')).not.toContain('"later"');
    expect(await ask('GET', '/_mock/health/ready')).toMatchObject({
      status: 200,
      json: { status: 'ready', unreadable_sandboxes: 1 },
    });
    const { text } = await ask('GET', '/_mock/metrics');
    expect(text).toContain('invitations_mock_sandboxes_unreadable 1\n');
  }
  await client.query(`DELETE FROM invitations_mock.event e USING invitations_mock.world w
    WHERE w.name = 'later' AND e.world = w.name AND e.version = w.version`);
  await client.query(
    `UPDATE invitations_mock.world SET version = version - 1 WHERE name = 'later'`,
  );
  await client.end();
  for (const ask of fake.each) {
    expect((await ask('GET', invitations, { as })).status).toBe(200);
    expect((await ask('GET', '/_mock/health/ready')).json).toMatchObject({
      unreadable_sandboxes: 0,
    });
  }
});
