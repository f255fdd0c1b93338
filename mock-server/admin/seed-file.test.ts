// A world of one's own, from a few lines.
import { expect, test } from '@jest/globals';
import { Ajv } from 'ajv';
import { invitations, listOf, memberOf, running, textOf } from '../running.suite.ts';

const fake = running();
const at = '/_mock/sandboxes/own';

const world = {
  organization: 'Fairwind',
  people: [
    { email: 'ada@fairwind.example', name: 'Ada', role: 'ADMIN' },
    { email: 'guest@fairwind.example' },
  ],
  service_accounts: [{ name: 'Deploy bot', role: 'CONTRIB' }],
  invitations: [
    { email: 'new@fairwind.example' },
    {
      email: 'gone@fairwind.example',
      state: 'bounced',
      reason: '550 no',
      by: 'ada@fairwind.example',
    },
    { email: 'in@fairwind.example', state: 'accepted', role: 'CONTRIB', age: 'P3D' },
    { email: 'sent@fairwind.example', state: 'sent', by: 'Deploy bot' },
  ],
  organizations: [
    {
      name: 'Northwind',
      people: [{ email: 'ada@fairwind.example', role: 'VIEWER', age: 'P900D' }],
      invitations: [{ email: 'new@fairwind.example', by: 'OWNER', age: 'P800D' }],
    },
  ],
};
const start = { start_time: '2026-01-31T09:00:00Z', seed: 5 };
const behaviour = {
  frozen: true,
  page_size: 2,
  edition: '2022-03-17',
  readings: { 'list.email-letter-case': 'exact' },
  delivery: { mode: 'by-hand', accept_url: 'https://app.example/{id}' },
  faults: [{ operations: ['invitations_list'], first: 1, status: 503 }],
};

const ownerOf = (sandbox: unknown): string =>
  textOf(memberOf(memberOf(sandbox, 'credentials'), 'OWNER'), 'api_key');

const statesIn = async (sandbox: unknown): Promise<readonly unknown[]> => {
  const { json } = await fake.ask('GET', invitations, { as: ownerOf(sandbox) });
  return listOf(json, 'results').map((one) => [memberOf(one, 'email'), memberOf(one, 'state')]);
};

const expected = [
  ['in@fairwind.example', 'accepted'],
  ['new@fairwind.example', 'pending'],
  ['gone@fairwind.example', 'bounced'],
  ['sent@fairwind.example', 'sent'],
];

test('a sandbox is made from it, and a reset goes back to it', async () => {
  const made = await fake.ask('PUT', at, { json: { world, ...start } });
  expect(memberOf(memberOf(made.json, 'organization'), 'name')).toBe('Fairwind');
  expect(await statesIn(made.json)).toEqual(expected);
  const people = listOf((await fake.ask('GET', `${at}/people`)).json, 'people');
  expect(people).toContainEqual(expect.objectContaining({ name: 'Guest', memberships: [] }));
  const as = ownerOf(made.json);
  await fake.ask('POST', invitations, { as, json: { email: 'x@example.com', role: 'VIEWER' } });
  expect(await statesIn((await fake.ask('POST', `${at}/reset`)).json)).toEqual(expected);
});

test('it has several organizations, in which one address is one person', async () => {
  await fake.ask('PUT', at, { json: { world, ...start } });
  const { json } = await fake.ask('GET', `${at}/people?search=ada@fairwind`);
  expect(listOf(json, 'people')).toEqual([
    expect.objectContaining({
      name: 'Ada',
      memberships: [
        expect.objectContaining({ role: 'ADMIN' }),
        expect.objectContaining({ role: 'VIEWER' }),
      ],
    }),
  ]);
  const elsewhere = await fake.ask('GET', `${at}/invitations?search=Northwind`);
  expect(listOf(elsewhere.json, 'invitations')).toEqual([
    expect.objectContaining({
      email: 'new@fairwind.example',
      created_at: '2023-11-23T09:00:00.000Z',
    }),
  ]);
});

test('a service account of it has a key that is told, and acts in its role', async () => {
  await fake.ask('PUT', at, { json: { world, ...start } });
  const { json } = await fake.ask('GET', `${at}/people?search=Deploy%20bot`);
  const [bot] = listOf(json, 'people');
  const as = textOf(bot, 'api_key');
  expect(as).toMatch(/^Api-Key deploy-bot-/);
  expect(memberOf(bot, 'invitations')).toBe(1);
  expect((await fake.ask('GET', invitations, { as })).status).toBe(200);
});

test('clock, faults, deliveries, edition and readings are as it says, also after a reset', async () => {
  const made = await fake.ask('PUT', at, { json: { world, ...start, ...behaviour } });
  const as = ownerOf(made.json);
  for (const begin of ['made', 'reset']) {
    const again = begin === 'reset' ? await fake.ask('POST', `${at}/reset`) : made;
    expect(again.json).toMatchObject({
      own_world: true,
      page_size: 2,
      edition: behaviour.edition,
      readings: behaviour.readings,
      clock: { now: '2026-01-31T09:00:00.000Z', frozen: true },
      delivery: behaviour.delivery,
      counts: { faults: 1 },
    });
    expect((await fake.ask('GET', invitations, { as })).status).toBe(503);
    await fake.ask('PATCH', `${at}/clock`, { json: { advance: 'P1D', frozen: false } });
    await fake.ask('DELETE', `${at}/faults`);
  }
});

test('what a sandbox was made from can be read, and makes it again, also where it was exported', async () => {
  const events = async (name: string): Promise<unknown> =>
    memberOf((await fake.ask('GET', `/_mock/sandboxes/${name}/export`)).json, 'events');
  await fake.ask('PUT', at, { json: { world, ...start, ...behaviour } });
  const seed = await fake.ask('GET', `${at}/seed`);
  expect(seed.json).toMatchObject({ ...start, start_time: '2026-01-31T09:00:00.000Z', world });
  await fake.ask('PUT', '/_mock/sandboxes/again', { json: seed.json });
  const file = await fake.ask('GET', `${at}/export`);
  await fake.ask('PUT', '/_mock/sandboxes/again/import', { json: file.json });
  await fake.ask('POST', '/_mock/sandboxes/again/reset');
  const once = JSON.stringify(await events('own'));
  expect(JSON.stringify(await events('again'))).toBe(once);
  await fake.ask('PUT', at, { json: { world, ...start, ...behaviour } });
  expect(JSON.stringify(await events('own'))).toBe(once);
});

test('YAML is taken too, and all its mistakes are told with their lines', async () => {
  const put = (body: string) =>
    fake.ask('PUT', at, { body, headers: { 'content-type': 'application/yaml' } });
  const made = await put('world:\n  invitations:\n    - { email: zoe@new.example, state: sent }\n');
  expect(await statesIn(made.json)).toEqual([['zoe@new.example', 'sent']]);
  const refused = await put(
    'sed: 5\nworld:\n  people:\n    - { email: a }\n    - { email: b@c.example, age: x }\n',
  );
  expect(refused.status).toBe(400);
  expect(textOf(refused.json, 'detail').split('\n')).toEqual([
    expect.stringMatching(/^Line 1: "sed" is not known here.*Did you mean "seed"\?$/),
    expect.stringMatching(/^line 4: "world.people\[0\].email" is "a"/),
    expect.stringMatching(/^line 5: "world.people\[1\].age" is "x"/),
  ]);
  const deep = await put(`world: ${'['.repeat(40_000)}`);
  expect(deep.status).toBe(400);
});

test.each([
  [{ people: [{ email: 'a@b.example' }, { email: 'A@b.example' }] }, 'world.people[1]'],
  [{ invitations: [{ email: 'a@b.example' }, { email: 'A@b.example' }] }, 'world.invitations[1]'],
  [{ invitations: [{ email: 'a@b.example', by: 'nobody@b.example' }] }, 'world.invitations[0]'],
  [{ invitations: [{ email: 'a@b.example', state: 'snt' }] }, 'Did you mean "sent"?'],
  [{ invitations: [{ email: 'a@b.example', reason: 'x' }] }, '"reason" only beside'],
  [{ people: [{ email: 'a' }] }, 'world.people[0].email'],
  [{ service_accounts: [{ name: 'a' }, { name: 'a' }] }, 'world.service_accounts[1]'],
  [
    { organizations: [{ name: 'N', invitations: [{ email: 'a@b.example', by: 'ADMIN' }] }] },
    'world.organizations[0].invitations[0]',
  ],
  [
    {
      people: [{ email: 'a@b.example', role: 'OWNER', age: 'P1D' }],
      invitations: [{ email: 'c@b.example', by: 'a@b.example', age: 'P2D' }],
    },
    'an "age" of at most that of "a@b.example", who invites',
  ],
  [
    {
      people: [{ email: 'a@b.example' }],
      invitations: [{ email: 'a@b.example', state: 'accepted' }],
    },
    'not both',
  ],
])('%j is refused, with its place', async (wrong, words) => {
  const answer = await fake.ask('PUT', at, { json: { world: wrong } });
  expect(answer.status).toBe(400);
  expect(textOf(answer.json, 'detail')).toContain(words);
});

test('a scenario and a world do not go together', async () => {
  const answer = await fake.ask('PUT', at, { json: { scenario: 'team', world } });
  expect(textOf(answer.json, 'detail')).toBe(
    '"scenario" is "team", but it takes "empty" beside a "world", or to be left out there.',
  );
});

test('editors have a schema of it', async () => {
  const { json } = await fake.ask('GET', '/_mock/seed.schema.json');
  if (typeof json !== 'object' || json === null) throw new Error('The schema is no object.');
  const validate = new Ajv({ strict: false, validateFormats: false }).compile(json);
  expect(validate({ world, ...start, ...behaviour })).toBe(true);
  expect(validate({ world: { people: [{ email: 'a@b.example', role: 'BOSS' }] } })).toBe(false);
});
