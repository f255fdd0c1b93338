// People who are new, and people who go.
import { expect, test } from '@jest/globals';
import { anAddress, invitations, listOf, memberOf, running, textOf } from '../running.suite.ts';

const fake = running();
const strict = running({ strictPeople: true });
const world = '/_mock/sandboxes/default';

const people = async (): Promise<readonly unknown[]> =>
  listOf((await fake.ask('GET', `${world}/people?limit=1000`)).json, 'people');

const find = async (email: string): Promise<unknown> =>
  (await people()).find((person) => memberOf(person, 'email') === email);

const tokenFor = async (email: string, organization?: true): Promise<string> => {
  const json = organization === undefined ? { email } : { email, organization };
  return textOf((await fake.ask('POST', '/_mock/tokens', { json })).json, 'authorization');
};

const invite = async (email: string): Promise<string> => {
  const as = fake.server.credentials.apiKeys.OWNER;
  const answer = await fake.ask('POST', invitations, { as, json: { email, role: 'OWNER' } });
  return textOf(answer.json, 'id');
};

test('somebody whom nobody registered is invited, asks for a token, accepts, and comes in', async () => {
  const email = anAddress('zoe.van-dam');
  const id = await invite(email);
  const as = await tokenFor(email);
  expect((await fake.ask('POST', `${invitations}${id}/accept/`, { as })).status).toBe(200);
  const inside = await tokenFor(email, true);
  expect((await fake.ask('GET', invitations, { as: inside })).status).toBe(200);
  const [, number = ''] = /-(\d+)@/.exec(email) ?? [];
  expect(await find(email)).toMatchObject({
    name: `Zoe Van Dam ${number}`,
    kind: 'person',
    memberships: [{ role: 'OWNER', invited_by: { name: 'Service account (owner)' } }],
  });
});

test('a person is registered with a name, once', async () => {
  const json = { email: anAddress('kim'), name: 'Kim Lee' };
  const first = await fake.ask('POST', `${world}/people`, { json });
  expect([first.status, memberOf(first.json, 'name')]).toEqual([201, 'Kim Lee']);
  const again = { ...json, email: json.email.toUpperCase() };
  expect((await fake.ask('POST', `${world}/people`, { json: again })).status).toBe(409);
});

test('people are found by a part of name or address, a window at a time', async () => {
  const found = await fake.ask('GET', `${world}/people?search=SERVICE-acc&limit=2&offset=1`);
  expect(memberOf(found.json, 'count')).toBe(5);
  expect(listOf(found.json, 'people').map((one) => memberOf(one, 'name'))).toEqual([
    'Service account (admin)',
    'Service account (contrib)',
  ]);
});

test('who goes takes along the invitations that it sent and the one that it accepted', async () => {
  const email = anAddress();
  const id = await invite(email);
  const as = await tokenFor(email);
  await fake.ask('POST', `${invitations}${id}/accept/`, { as });
  const inside = await tokenFor(email, true);
  const sent = await fake.ask('POST', invitations, {
    as: inside,
    json: { email: anAddress(), role: 'VIEWER' },
  });
  const person = textOf(await find(email), 'id');
  expect((await fake.ask('DELETE', `${world}/people/${person}`)).status).toBe(204);
  expect(await find(email)).toBeUndefined();
  const owner = fake.server.credentials.apiKeys.OWNER;
  for (const gone of [id, textOf(sent.json, 'id')]) {
    expect((await fake.ask('GET', `${invitations}${gone}/`, { as: owner })).status).toBe(404);
  }
  expect((await fake.ask('GET', invitations, { as: inside })).status).toBe(401);
  expect((await fake.ask('DELETE', `${world}/people/${person}`)).status).toBe(404);
});

test('a world without one of its first people is saved and loaded like any other', async () => {
  const at = '/_mock/sandboxes/without-owner';
  const made = await fake.ask('PUT', at, { json: { scenario: 'empty' } });
  const owner = memberOf(memberOf(memberOf(made.json, 'credentials'), 'OWNER'), 'user');
  await fake.ask('DELETE', `${at}/people/${textOf(owner, 'id')}`);
  const file = await fake.ask('GET', `${at}/export`);
  expect((await fake.ask('PUT', `${at}/import`, { json: file.json })).status).toBe(200);
});

test('--strict-people registers nobody who asks for a token, and says who does', async () => {
  const json = { email: 'nobody@example.com' };
  const answer = await strict.ask('POST', '/_mock/tokens', { json });
  expect(answer.status).toBe(404);
  expect(textOf(answer.json, 'detail')).toContain('POST /_mock/sandboxes/default/people');
  expect((await strict.ask('POST', `${world}/people`, { json })).status).toBe(201);
  expect((await strict.ask('POST', '/_mock/tokens', { json })).status).toBe(201);
});
