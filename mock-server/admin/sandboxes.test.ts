// Isolated sandboxes over HTTP: how they are made, what separates them, how they end.
import { describe, expect, test } from '@jest/globals';
import { anAddress, invitations, listOf, memberOf, running, textOf } from '../running.suite.ts';

const fake = running({ sandboxLimit: 12 });

const sandboxes = '/_mock/sandboxes';

type Role = 'OWNER' | 'ADMIN' | 'VIEWER' | 'OUTSIDER' | 'INVITEE' | 'EXPIRED';

const credential = (sandbox: unknown, role: Role, kind: 'api_key' | 'jwt' = 'api_key'): string =>
  textOf(memberOf(memberOf(sandbox, 'credentials'), role), kind);

const put = async (name: string, options?: object): Promise<unknown> => {
  const { status, json } = await fake.ask('PUT', `${sandboxes}/${name}`, { json: options ?? {} });
  expect([200, 201]).toContain(status);
  return json;
};

const countInvitations = async (as: string): Promise<unknown> => {
  const answer = await fake.ask('GET', invitations, { as });
  expect(answer.status).toBe(200);
  return memberOf(answer.json, 'count');
};

describe('a sandbox', () => {
  test('is made with its credentials, and described with the same people', async () => {
    const made = await fake.ask('PUT', `${sandboxes}/made`, {
      json: { scenario: 'empty', seed: 7, page_size: 5, time_to_live: 'PT1H' },
    });
    expect(made.status).toBe(201);
    const described = await fake.ask('GET', `${sandboxes}/made`);
    for (const { json } of [made, described]) {
      expect(json).toMatchObject({
        name: 'made',
        scenario: 'empty',
        seed: 7,
        page_size: 5,
        time_to_live: 'PT1H',
        counts: { invitations: { pending: 0, sent: 0, bounced: 0, accepted: 0 } },
      });
    }
    expect(credential(described.json, 'OWNER')).toBe(credential(made.json, 'OWNER'));
    const { json } = await fake.ask('PUT', `${sandboxes}/made`, { json: {} });
    expect(json).toMatchObject({ scenario: 'team', page_size: 100, time_to_live: 'P1D' });
  });

  test('is selected by its credentials alone, of either scheme', async () => {
    const sandbox = await put('selected', { scenario: 'empty' });
    const email = anAddress('selected');
    const asKey = { as: credential(sandbox, 'OWNER'), json: { email, role: 'VIEWER' } };
    const created = await fake.ask('POST', invitations, asKey);
    expect(created.status).toBe(201);
    expect(await countInvitations(credential(sandbox, 'ADMIN', 'jwt'))).toBe(1);
    const environment = memberOf(sandbox, 'environment');
    expect(textOf(environment, 'CONTRACT_TARGET')).toBe(fake.server.url);
    const token = await fake.ask(
      'POST',
      new URL(textOf(environment, 'CONTRACT_TOKEN_URL')).pathname,
      { json: { email: textOf(environment, 'CONTRACT_INVITEE_EMAIL') } },
    );
    expect(token.status).toBe(201);
  });

  test('shares no state, ids or keys with another one', async () => {
    const one = await put('one');
    const other = await put('other');
    expect(credential(one, 'OWNER')).not.toBe(credential(other, 'OWNER'));
    const before = await countInvitations(credential(other, 'OWNER'));
    const json = { email: anAddress('one'), role: 'VIEWER' };
    const created = await fake.ask('POST', invitations, { as: credential(one, 'OWNER'), json });
    const path = `${invitations}${textOf(created.json, 'id')}/`;
    expect((await fake.ask('GET', path, { as: credential(one, 'VIEWER') })).status).toBe(200);
    for (const as of [credential(other, 'OWNER'), fake.server.credentials.apiKeys.OWNER]) {
      expect((await fake.ask('GET', path, { as })).status).toBe(404);
    }
    expect(await countInvitations(credential(other, 'OWNER'))).toBe(before);
    const traffic = await fake.ask('GET', `${sandboxes}/one/traffic`);
    expect(JSON.stringify(traffic.json)).toContain(path);
    const others = await fake.ask('GET', `${sandboxes}/other/traffic`);
    expect(JSON.stringify(others.json)).toContain('/api/v1/invitations/');
  });

  test('does not honour a JWT whose header names the key of another one', async () => {
    const one = await put('one');
    const other = await put('other');
    const [ours = ''] = credential(one, 'OWNER', 'jwt').slice('Bearer '.length).split('.');
    const [, claims, signature] = credential(other, 'OWNER', 'jwt').split('.');
    const as = `Bearer ${[ours, claims, signature].join('.')}`;
    expect((await fake.ask('GET', invitations, { as })).status).toBe(401);
  });

  test('ends when it is deleted, and its credentials with it', async () => {
    const as = credential(await put('brief'), 'OWNER');
    expect((await fake.ask('DELETE', `${sandboxes}/brief`)).status).toBe(204);
    expect((await fake.ask('GET', invitations, { as })).status).toBe(401);
    const missing = await fake.ask('GET', `${sandboxes}/brief`);
    expect(missing.status).toBe(404);
    expect(textOf(missing.json, 'detail')).toContain('PUT /_mock/sandboxes/brief');
    expect((await fake.ask('DELETE', `${sandboxes}/default`)).status).toBe(409);
  });

  test('ends when nobody has used it for its time to live', async () => {
    await put('idle', { time_to_live: 'PT0S' });
    const names = async (): Promise<unknown[]> =>
      listOf((await fake.ask('GET', sandboxes)).json, 'sandboxes').map((one) =>
        memberOf(one, 'name'),
      );
    while ((await names()).includes('idle')) {
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
  });
});

describe('begins anew', () => {
  test('by a reset: as it was made, with the same credentials', async () => {
    const sandbox = await put('reset', {
      start_time: '2026-01-31T09:00:00Z',
      delivery: { mode: 'by-hand' },
    });
    const as = credential(sandbox, 'OWNER');
    const before = await countInvitations(as);
    await fake.ask('POST', invitations, { as, json: { email: anAddress(), role: 'VIEWER' } });
    await fake.ask('PATCH', `${sandboxes}/reset/clock`, {
      json: { advance: 'P30D', frozen: true },
    });
    await fake.ask('PATCH', `${sandboxes}/reset/delivery`, { json: { mode: 'at-once' } });
    const reset = await fake.ask('POST', `${sandboxes}/reset/reset`);
    expect(reset.json).toMatchObject({
      clock: { frozen: false },
      delivery: { mode: 'by-hand', waiting: 0 },
      counts: { exchanges: 0 },
    });
    expect(textOf(memberOf(reset.json, 'clock'), 'now')).toMatch(/^2026-01-31T09:00/);
    expect(await countInvitations(as)).toBe(before);
    expect((await fake.ask('GET', `${sandboxes}/reset/events`)).json).toMatchObject({ count: 0 });
  });

  test('by another scenario, which it keeps', async () => {
    const as = credential(await put('seeded', { scenario: 'empty' }), 'OWNER');
    const json = { scenario: 'many-pages', scenario_size: 120 };
    const seeded = await fake.ask('POST', `${sandboxes}/seeded/seed`, { json });
    expect(seeded.json).toMatchObject({ scenario: 'many-pages', scenario_size: 120 });
    expect(await countInvitations(as)).toBe(120);
    const reset = await fake.ask('POST', `${sandboxes}/seeded/reset`);
    expect(reset.json).toMatchObject({ scenario: 'many-pages' });
  });
});

test('there are no more of them than the limit, and the refusal says what to do', async () => {
  const answers = await Promise.all(
    Array.from({ length: 14 }, (_, index) => fake.ask('PUT', `${sandboxes}/many-${index}`)),
  );
  const refused = answers.filter(({ status }) => status === 409);
  expect(refused.length).toBeGreaterThan(0);
  expect(textOf(refused[0]?.json, 'detail')).toContain('--sandbox-limit');
  const all = await fake.ask('GET', sandboxes);
  expect(all.json).toMatchObject({ count: 12, limit: 12 });
  for (let index = 0; index < 14; index += 1) {
    await fake.ask('DELETE', `${sandboxes}/many-${index}`);
  }
});

test.each([
  ['UPPER', {}, 'no name of a sandbox'],
  ['bad', { scenario: 'nothing' }, 'empty, team, many-pages, edge-cases'],
  ['bad', { sede: 1, page_size: 0 }, '"sede" is not known here'],
  [
    'bad',
    { sede: 1, page_size: 0 },
    '"page_size" is 0, but it takes a whole number from 1 to 10000',
  ],
  ['bad', { time_to_live: 'P1M' }, 'ISO 8601 duration'],
  ...['P3651D', 'P3650DT1S', 'PT315360001S', 'P3650DT87600H'].map(
    (time_to_live) => ['bad', { time_to_live }, 'of ten years at most'] as const,
  ),
  ['bad', { delivery: { delay: 'P3650DT1S' } }, 'of ten years at most'],
  ['bad', { delivery: { mode: 'never' } }, 'at-once, after-delay, after-reads, by-hand'],
  ['bad', { delivery: { bounce_rules: [{ patern: '*' }] } }, 'patern'],
  ['bad', { scenario_size: 100_001 }, 'from 1 to 100000'],
  ['bad', [], 'it has to be an object'],
  ['default', { time_to_live: 'PT1H' }, 'takes no "time_to_live"'],
])('%s with %j is refused in words', async (name, json, words) => {
  const answer = await fake.ask('PUT', `${sandboxes}/${name}`, { json });
  expect(answer.status).toBe(400);
  expect(textOf(answer.json, 'detail')).toContain(words);
});
