// Users and service accounts: who is listed, who is whom, and what goes with them.
import { beforeEach, describe, expect, test } from '@jest/globals';
import {
  anAddress,
  invitations,
  listOf,
  memberOf,
  noSuchId,
  running,
  textOf,
  type HttpAnswer,
} from '../../running.suite.ts';

const fake = running();
const users = '/api/v1/users/';
const accounts = '/api/v1/serviceaccounts/';

const keys = (): Record<'OWNER' | 'ADMIN' | 'CONTRIB' | 'VIEWER', string> =>
  fake.server.credentials.apiKeys;

beforeEach(async () => {
  await fake.ask('POST', '/_mock/sandboxes/default/reset');
});

const ownerKeyOf = ({ json }: HttpAnswer): string =>
  textOf(memberOf(memberOf(json, 'credentials'), 'OWNER'), 'api_key');

const pathOf = (answer: HttpAnswer): string => new URL(textOf(answer.json, 'url')).pathname;

const makeAccount = (fields: object = {}, as = keys().OWNER): Promise<HttpAnswer> =>
  fake.ask('POST', accounts, { as, json: { name: 'Nightly import', ...fields } });

const invite = (as: string, email = anAddress()): Promise<HttpAnswer> =>
  fake.ask('POST', invitations, { as, json: { email, role: 'VIEWER' } });

const current = async (as: string): Promise<HttpAnswer> =>
  fake.ask('GET', `${users}current/`, { as });

/** A new member of the organization, as a person: where it is, and its token. */
const join = async (role: string): Promise<{ path: string; as: string; invitation: string }> => {
  const email = anAddress();
  const json = { email, role };
  const created = await fake.ask('POST', invitations, { as: keys().OWNER, json });
  const token = await fake.ask('POST', '/_mock/tokens', { json: { email } });
  const invitation = pathOf(created);
  const outside = textOf(token.json, 'authorization');
  await fake.ask('POST', `${invitation}accept/`, { as: outside });
  const organization = textOf(created.json, 'organization').split('/').at(-2);
  const scoped = await fake.ask('POST', '/_mock/tokens', { json: { email, organization } });
  const as = textOf(scoped.json, 'authorization');
  return { path: pathOf(await current(as)), as, invitation };
};

describe('users', () => {
  test('are listed page by page, service accounts among them, each by type', async () => {
    const all = await fake.ask('GET', `${users}?page_size=500`, { as: keys().VIEWER });
    const types = listOf(all.json, 'results').map((one) => textOf(one, 'type'));
    expect(new Set(types)).toEqual(new Set(['interactive', 'service']));
    expect(all.json).toMatchObject({ count: types.length, next: null, previous: null });
    for (const type of ['interactive', 'service', 'robot']) {
      const { json } = await fake.ask('GET', `${users}?type=${type}`, { as: keys().VIEWER });
      expect(json).toMatchObject({ count: types.filter((one) => one === type).length });
    }
    const second = await fake.ask('GET', `${users}?page=2&page_size=2`, { as: keys().VIEWER });
    expect(second.json).toMatchObject({
      next: `${fake.server.url}${users}?page=3&page_size=2`,
      previous: `${fake.server.url}${users}?page_size=2`,
    });
    for (const page of ['0', 'x', '99']) {
      const path = `${users}?page=${page}`;
      expect((await fake.ask('GET', path, { as: keys().VIEWER })).status).toBe(404);
    }
  });

  test.each(['name', 'email', 'created_at', 'id'])('come in the order of %s', async (field) => {
    const read = async (ordering: string): Promise<string[]> => {
      const path = `${users}?ordering=${ordering}&page_size=500`;
      const { json } = await fake.ask('GET', path, { as: keys().OWNER });
      return listOf(json, 'results').map((one) => textOf(one, field));
    };
    const values = await read(field);
    expect(values).toEqual([...values].sort((one, other) => (one < other ? -1 : 1)));
    expect(await read(`-${field}`)).toEqual(values.toReversed());
  });

  test('know who asks', async () => {
    const { json } = await current(keys().CONTRIB);
    expect(json).toMatchObject({ type: 'service', role: 'CONTRIB' });
    expect((await current(fake.server.credentials.invitee)).status).toBe(403);
    expect((await fake.ask('GET', `${users}current/`)).status).toBe(401);
  });

  test('go with their membership, the invitations that they sent, and the one that they accepted', async () => {
    const { path, as, invitation } = await join('ADMIN');
    const membership = textOf((await current(as)).json, 'membership_id');
    const sent = pathOf(await invite(as));
    expect((await fake.ask('DELETE', path, { as: keys().ADMIN })).status).toBe(204);
    const gone = [path, sent, invitation, `/api/v1/memberships/${membership}/`];
    for (const one of gone) {
      expect((await fake.ask('GET', one, { as: keys().OWNER })).status).toBe(404);
    }
    expect((await fake.ask('GET', users, { as })).status).toBe(401);
  });

  test('are removed by OWNER and ADMIN, not above their role and not by themselves', async () => {
    const { path } = await join('OWNER');
    const remove = (as: string): Promise<HttpAnswer> => fake.ask('DELETE', path, { as });
    for (const as of [keys().VIEWER, keys().CONTRIB, keys().ADMIN]) {
      expect((await remove(as)).status).toBe(403);
    }
    const own = pathOf(await current(keys().OWNER));
    expect((await fake.ask('DELETE', own, { as: keys().OWNER })).status).toBe(403);
    expect((await fake.ask('DELETE', own, { as: fake.server.credentials.outsider })).status).toBe(
      404,
    );
    expect((await remove(keys().OWNER)).status).toBe(204);
    expect((await remove(keys().OWNER)).status).toBe(404);
  });

  test('have ids that are no UUIDs, and nobody is told that they were', async () => {
    for (const id of ['x', 'auth0%7C61949e36c0ba4d7a58f391c5', noSuchId]) {
      for (const collection of [users, accounts]) {
        const answer = await fake.ask('GET', `${collection}${id}/`, { as: keys().OWNER });
        expect(answer.status).toBe(404);
        expect(answer.text).not.toContain('UUID');
      }
    }
  });
});

describe('service accounts', () => {
  test('are users of the same id that act by a key, which is told once', async () => {
    const made = await makeAccount({ role: 'ADMIN', description: 'Copies members.' });
    expect(made.status).toBe(201);
    expect(made.headers.location).toBe(textOf(made.json, 'url'));
    expect(made.json).toMatchObject({
      id: expect.stringMatching(/^auth0\|[0-9a-f]{24}$/),
      owner: null,
      user: { id: textOf(made.json, 'id'), name: 'Nightly import', type: 'service', role: 'ADMIN' },
      description: 'Copies members.',
    });
    const key = textOf(made.json, 'apikey');
    expect((await current(`Api-Key ${key}`)).json).toMatchObject({ id: textOf(made.json, 'id') });
    const read = await fake.ask('GET', pathOf(made), { as: keys().VIEWER });
    expect(read.status).toBe(200);
    const listed = await fake.ask('GET', `${accounts}?page_size=500`, { as: keys().VIEWER });
    expect(listOf(listed.json, 'results')).toContainEqual(read.json);
    for (const { text } of [read, listed]) expect(text).not.toContain(key);
  });

  test('are deleted with their key and their invitations', async () => {
    const made = await makeAccount({ role: 'ADMIN' });
    const as = `Api-Key ${textOf(made.json, 'apikey')}`;
    const sent = pathOf(await invite(as));
    expect((await fake.ask('DELETE', pathOf(made), { as })).status).toBe(403);
    expect((await fake.ask('DELETE', pathOf(made), { as: keys().ADMIN })).status).toBe(204);
    expect((await fake.ask('GET', sent, { as: keys().OWNER })).status).toBe(404);
    expect((await current(as)).status).toBe(401);
    const person = pathOf(await current(fake.server.credentials.jwts.VIEWER));
    const path = person.replace('users', 'serviceaccounts');
    expect((await fake.ask('DELETE', path, { as: keys().OWNER })).status).toBe(404);
  });

  test('are known in a sandbox of their own too', async () => {
    const sandbox = await fake.ask('PUT', '/_mock/sandboxes/accounts', { json: {} });
    const made = await makeAccount({}, ownerKeyOf(sandbox));
    const { json } = await current(`Api-Key ${textOf(made.json, 'apikey')}`);
    expect(json).toMatchObject({ id: textOf(made.json, 'id'), role: 'VIEWER' });
  });

  test('belong to a user who can be seen, or to nobody', async () => {
    const owner = textOf((await current(keys().VIEWER)).json, 'url');
    expect((await makeAccount({ owner })).json).toMatchObject({ owner });
    expect((await makeAccount({ owner: null })).json).toMatchObject({ owner: null });
  });

  test.each([
    [{ name: '' }, 'name'],
    [{ name: null }, 'name'],
    [{ name: 'x'.repeat(129) }, 'name'],
    [{ role: 'BOSS' }, 'role'],
    [{ owner: 'http://elsewhere.example/api/v1/users/x/' }, 'owner'],
    [{ description: 7, owner: 7 }, 'owner'],
  ])('are refused with %j', async (fields, field) => {
    const { status, json } = await makeAccount(fields);
    expect(status).toBe(400);
    expect(json).toHaveProperty(field);
  });

  test('are made by OWNER and ADMIN, with a role not above their own', async () => {
    for (const as of [keys().VIEWER, keys().CONTRIB]) {
      expect((await makeAccount({ name: '' }, as)).status).toBe(403);
    }
    expect((await makeAccount({ role: 'OWNER' }, keys().ADMIN)).status).toBe(403);
    expect((await makeAccount({ role: 'ADMIN' }, keys().ADMIN)).status).toBe(201);
  });
});

test('an edition that lacks fields and parameters has none of them', async () => {
  const made = await fake.ask('PUT', '/_mock/sandboxes/early', { json: { edition: '2021-07-08' } });
  const as = ownerKeyOf(made);
  const { json } = await fake.ask('GET', `${users}?page_size=1&type=service`, { as });
  const [first] = listOf(json, 'results');
  expect(listOf(json, 'results').length).toBeGreaterThan(1);
  expect(first).not.toHaveProperty('type');
  expect(first).not.toHaveProperty('role');
  const invitation = await invite(as);
  const seen = await fake.ask('GET', `${users}current/`, { as });
  expect(pathOf(seen)).toBe(new URL(textOf(invitation.json, 'inviter')).pathname);
});
