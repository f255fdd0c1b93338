// Invitations over HTTP: their life, their pages, and who sees them.
import { describe, expect, test } from '@jest/globals';
import {
  anAddress,
  invitations,
  listOf,
  memberOf,
  noSuchId,
  running,
  textOf,
  type HttpAnswer,
} from '../running.suite.ts';

const fake = running({ pageSize: 10 });
const owner = (): string => fake.server.credentials.apiKeys.OWNER;
const outsider = (): string => fake.server.credentials.outsider;

const create = async (email = anAddress(), role = 'VIEWER', as = owner()): Promise<string> => {
  const answer = await fake.ask('POST', invitations, { as, json: { email, role } });
  expect(answer.status).toBe(201);
  return textOf(answer.json, 'id');
};

const list = (query = '', as = owner()): Promise<HttpAnswer> =>
  fake.ask('GET', invitations + query, { as });

/** The answers of all pages, by their own links. */
const readThrough = async (query = ''): Promise<readonly HttpAnswer[]> => {
  const answers = [await list(query)];
  for (;;) {
    const next = memberOf(answers.at(-1)?.json, 'next');
    if (typeof next !== 'string') return answers;
    const { pathname, search } = new URL(next);
    answers.push(await fake.ask('GET', pathname + search, { as: owner() }));
  }
};

describe('an invitation', () => {
  test('is answered as pending and read as sent, in the published shape', async () => {
    const email = anAddress();
    const created = await fake.ask('POST', invitations, {
      as: owner(),
      json: { email, role: 'CONTRIB', state: 'accepted', id: noSuchId, nonsense: 1 },
    });
    const id = textOf(created.json, 'id');
    const url = `${fake.server.url}${invitations}${id}/`;
    expect(id).not.toBe(noSuchId);
    expect(created.json).toMatchObject({
      url,
      email,
      role: 'CONTRIB',
      state: 'pending',
      membership: null,
      state_detail: '',
    });
    const read = await fake.ask('GET', `${invitations}${id}/`, { as: owner() });
    expect(read.json).toEqual({ ...Object(created.json), state: 'sent' });
    expect(created.headers['sl-violations']).toBeUndefined();
  });

  test('leads to its inviter and its organization', async () => {
    const id = await create();
    const { json } = await fake.ask('GET', `${invitations}${id}/`, { as: owner() });
    const at = (name: string): string => new URL(textOf(json, name)).pathname;
    const inviter = await fake.ask('GET', at('inviter'), { as: owner() });
    expect(inviter.json).toMatchObject({ name: textOf(json, 'inviter_name') });
    const organization = await fake.ask('GET', at('organization'), { as: owner() });
    expect(organization.json).toMatchObject({ current: true });
    for (const name of ['inviter', 'organization']) {
      expect((await fake.ask('GET', at(name), { as: outsider() })).status).toBe(404);
    }
  });

  test('has a membership once it is accepted', async () => {
    const { invitee, inviteeEmail } = fake.server.credentials;
    const path = `${invitations}${await create(inviteeEmail)}/`;
    const accepted = await fake.ask('POST', `${path}accept/`, { as: invitee });
    const membership = textOf(accepted.json, 'membership');
    expect(membership).toContain(`${fake.server.url}/api/v1/memberships/`);
    const { json } = await fake.ask('GET', new URL(membership).pathname, { as: owner() });
    expect(json).toMatchObject({ url: membership, role: 'VIEWER' });
  });

  test('bounces with a reason, and is sent after it got another address', async () => {
    const path = `${invitations}${await create(anAddress('bounce'))}/`;
    const bounced = await fake.ask('GET', path, { as: owner() });
    expect(bounced.json).toMatchObject({ state: 'bounced' });
    expect(textOf(bounced.json, 'state_detail')).not.toBe('');
    const resent = await fake.ask('POST', `${path}resend/`, { as: owner() });
    expect(resent.json).toMatchObject({ state: 'pending', state_detail: '' });
    const changed = await fake.ask('PATCH', path, { as: owner(), json: { email: anAddress() } });
    expect(changed.json).toMatchObject({ state: 'pending', state_detail: '' });
    expect((await fake.ask('GET', path, { as: owner() })).json).toMatchObject({ state: 'sent' });
  });

  test('changes nothing but what a PATCH names, and nothing at all without a body', async () => {
    const path = `${invitations}${await create()}/`;
    const before = await fake.ask('GET', path, { as: owner() });
    expect((await fake.ask('PATCH', path, { as: owner() })).json).toEqual(before.json);
    const changed = await fake.ask('PATCH', path, { as: owner(), json: { role: 'ADMIN' } });
    expect(changed.json).toEqual({ ...Object(before.json), role: 'ADMIN' });
    expect((await fake.ask('PUT', path, { as: owner(), json: { role: 'ADMIN' } })).status).toBe(
      400,
    );
  });

  test('is gone after it was deleted', async () => {
    const path = `${invitations}${await create()}/`;
    const deleted = await fake.ask('DELETE', path, { as: owner() });
    expect(deleted).toMatchObject({ status: 204, text: '' });
    for (const [method, target] of [
      ['GET', path],
      ['DELETE', path],
      ['POST', `${path}resend/`],
    ] as const) {
      expect((await fake.ask(method, target, { as: owner() })).status).toBe(404);
    }
  });

  test('of another organization is as good as none', async () => {
    const path = `${invitations}${await create()}/`;
    const missing = await fake.ask('GET', `${invitations}${noSuchId}/`, { as: outsider() });
    for (const method of ['GET', 'PUT', 'PATCH', 'DELETE']) {
      const answer = await fake.ask(method, path, { as: outsider() });
      expect(answer).toMatchObject({ status: 404, text: missing.text });
    }
    expect((await fake.ask('POST', `${path}resend/`, { as: outsider() })).status).toBe(404);
    expect((await fake.ask('GET', path, { as: owner() })).status).toBe(200);
  });

  test('speaks of itself by the address that the client used', async () => {
    const path = `${invitations}${await create()}/`;
    const read = async (headers: Record<string, string>): Promise<string> =>
      textOf((await fake.ask('GET', path, { as: owner(), headers })).json, 'url');
    expect(await read({ host: 'api.test:99' })).toBe(`http://api.test:99${path}`);
    expect(await read({ host: 'other.test' })).toBe(`http://other.test${path}`);
    const headers = { host: 'evil.test/x' };
    expect((await fake.ask('GET', path, { as: owner(), headers })).status).toBe(400);
    const forwarded = {
      host: 'api.test',
      'x-forwarded-host': 'evil.test',
      'x-forwarded-proto': 'https',
    };
    expect(await read(forwarded)).toBe(`http://api.test${path}`);
  });
});

describe('pages', () => {
  test('lead from the first to the last, have all invitations once, the oldest first', async () => {
    const [first, second] = [await create(), await create()];
    const pages = await readThrough();
    const ids = pages.flatMap(({ json }) =>
      listOf(json, 'results').map((one) => textOf(one, 'id')),
    );
    expect(pages.length).toBeGreaterThan(2);
    expect(new Set(ids).size).toBe(ids.length);
    expect(ids.slice(-2)).toEqual([first, second]);
    for (const { json } of pages) expect(memberOf(json, 'count')).toBe(ids.length);
    expect(textOf(pages[1]?.json, 'previous')).toBe(fake.server.url + invitations);
    expect((await list('?page=last')).json).toEqual(pages.at(-1)?.json);
    expect((await list('?page=1')).json).toEqual(pages[0]?.json);
  });

  test('have links that keep the filters and whatever else was asked', async () => {
    const { json } = await list('?state=sent&page=1&x=%26&role=');
    const next = textOf(json, 'next');
    expect(next).toBe(`${fake.server.url}${invitations}?state=sent&page=2&x=%26&role=`);
    const second = await list(new URL(next).search);
    expect(textOf(second.json, 'previous')).toBe(
      `${fake.server.url}${invitations}?state=sent&x=%26&role=`,
    );
    expect(memberOf(json, 'previous')).toBeNull();
  });

  test.each(['02', '%2B2', '000000002', 'last&page=2'])('have the second at %s', async (page) => {
    const { status, json } = await list(`?page=${page}`);
    expect(status).toBe(200);
    expect(listOf(json, 'results')).toEqual(listOf((await list('?page=2')).json, 'results'));
  });

  test.each([
    ['0', '0'],
    ['-1', '-1'],
    ['x', 'x'],
    ['x2', 'x2'],
    ['2x', '2x'],
    ['999', '999'],
    ['1.5', '1.5'],
    ['1e1', '1e1'],
    ['0x1', '0x1'],
    ['99999999999999999999', '99999999999999999999'],
    ['%00', '\u0000'],
    ['Last', 'Last'],
    ['1&page=%C3%BC', 'ü'],
  ])('there is none called %s', async (page, asked) => {
    expect(await list(`?page=${page}`)).toMatchObject({
      status: 404,
      json: {
        detail: `There is no page ${JSON.stringify(asked)}; pages are numbered from 1, and "last" is the last one.`,
      },
    });
  });

  test('of nothing are one empty page', async () => {
    for (const page of ['', '&page=1', '&page=last']) {
      const answer = await list(`?email=nobody@example.com${page}`);
      expect(answer.json).toEqual({ count: 0, next: null, previous: null, results: [] });
    }
    expect((await list('?email=nobody@example.com&page=2')).status).toBe(404);
  });

  test('show each change at once, however often they were asked for', async () => {
    const email = anAddress();
    const query = `?email=${email.toUpperCase()}`;
    const shown = async (): Promise<unknown> => {
      await list(query);
      const { json } = await list(query);
      return listOf(json, 'results').map((one) => [memberOf(one, 'state'), memberOf(one, 'role')]);
    };
    expect(await shown()).toEqual([]);
    const path = `${invitations}${await create(email)}/`;
    expect(await shown()).toEqual([['sent', 'VIEWER']]);
    await fake.ask('PATCH', path, { as: owner(), json: { role: 'ADMIN' } });
    expect(await shown()).toEqual([['sent', 'ADMIN']]);
    await fake.ask('DELETE', path, { as: owner() });
    expect(await shown()).toEqual([]);
  });

  test('are each organization’s own, at each address', async () => {
    const ours = await list();
    const theirs = await list('', outsider());
    expect(theirs.json).not.toEqual(ours.json);
    const other = await fake.ask('GET', invitations, {
      as: owner(),
      headers: { host: 'api.test' },
    });
    expect(other.text).toContain('http://api.test/');
    expect((await list()).text).toBe(ours.text);
    expect((await list('', outsider())).text).toBe(theirs.text);
  });
});

describe('filters', () => {
  const noRole = '"owner" is none of the choices; they are OWNER, ADMIN, CONTRIB, VIEWER.';
  const noState = '"x" is none of the choices; they are pending, sent, bounced, accepted.';

  test.each([
    ['?role=owner', { role: [noRole] }],
    ['?state=x', { state: [noState] }],
    ['?role=OWNER&state=x', { state: [noState] }],
    ['?role=owner&state=x', { role: [noRole], state: [noState] }],
  ])('%s is refused with %j', async (query, json) => {
    const answer = await list(query);
    expect(answer.status).toBe(400);
    expect(answer.json).toEqual(json);
  });

  test('that are empty or unknown count for nothing, and of two the last', async () => {
    const all = memberOf((await list()).json, 'count');
    for (const query of ['?role=', '?state=&email=', '?nonsense=1', '?__proto__=1', '?page=']) {
      expect(memberOf((await list(query)).json, 'count')).toBe(all);
    }
    const last = await list('?role=nope&role=VIEWER');
    expect(listOf(last.json, 'results').every((one) => memberOf(one, 'role') === 'VIEWER')).toBe(
      true,
    );
  });

  test('work together', async () => {
    for (const answer of await readThrough('?role=VIEWER&state=sent')) {
      for (const one of listOf(answer.json, 'results')) {
        expect(one).toMatchObject({ role: 'VIEWER', state: 'sent' });
      }
    }
  });
});
