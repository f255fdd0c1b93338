// A world of one's own, from a few lines.
import { expect, test } from '@jest/globals';
import { invitations, listOf, memberOf, running, textOf } from '../running.suite.ts';

const fake = running();
const at = '/_mock/sandboxes/own';

const world = {
  organization: 'Fairwind',
  people: [
    { email: 'ada@fairwind.example', name: 'Ada', role: 'ADMIN' },
    { email: 'guest@fairwind.example' },
  ],
  invitations: [
    { email: 'new@fairwind.example' },
    {
      email: 'gone@fairwind.example',
      state: 'bounced',
      reason: '550 no',
      by: 'ada@fairwind.example',
    },
    { email: 'in@fairwind.example', state: 'accepted', role: 'CONTRIB', age: 'P3D' },
    { email: 'sent@fairwind.example', state: 'sent' },
  ],
};
const start = { start_time: '2026-01-31T09:00:00Z', seed: 5 };

const statesIn = async (sandbox: unknown): Promise<readonly unknown[]> => {
  const as = textOf(memberOf(memberOf(sandbox, 'credentials'), 'OWNER'), 'api_key');
  const { json } = await fake.ask('GET', invitations, { as });
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
  const as = textOf(memberOf(memberOf(made.json, 'credentials'), 'OWNER'), 'api_key');
  await fake.ask('POST', invitations, { as, json: { email: 'x@example.com', role: 'VIEWER' } });
  expect(await statesIn((await fake.ask('POST', `${at}/reset`)).json)).toEqual(expected);
});

test('the same world, seed and start give the same bytes', async () => {
  const events = async (): Promise<unknown> => {
    await fake.ask('PUT', at, { json: { world, ...start } });
    return memberOf((await fake.ask('GET', `${at}/export`)).json, 'events');
  };
  expect(await events()).toEqual(await events());
});

test.each([
  [{ people: [{ email: 'a@b.example' }, { email: 'A@b.example' }] }, 'world.people[1]'],
  [{ invitations: [{ email: 'a@b.example' }, { email: 'A@b.example' }] }, 'world.invitations[1]'],
  [{ invitations: [{ email: 'a@b.example', by: 'nobody@b.example' }] }, 'world.invitations[0]'],
  [{ invitations: [{ email: 'a@b.example', state: 'snt' }] }, 'Did you mean "sent"?'],
  [{ invitations: [{ email: 'a@b.example', reason: 'x' }] }, '"reason" only beside'],
  [{ people: [{ email: 'a' }] }, 'world.people[0].email'],
])('%j is refused, with its place', async (wrong, words) => {
  const answer = await fake.ask('PUT', at, { json: { world: wrong } });
  expect(answer.status).toBe(400);
  expect(textOf(answer.json, 'detail')).toContain(words);
});
