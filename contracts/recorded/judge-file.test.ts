// Recordings written by hand, in which everything is wrong that one exchange can show, and recordings that cannot be read.
import { gzipSync } from 'node:zlib';
import { describe, expect, test } from '@jest/globals';
import {
  base,
  entry,
  har,
  id,
  invitation,
  judge,
  list,
  one,
  page,
  strictly,
  write,
} from './recording.suite.ts';
import type { Answered, Headers, Requested } from './recording.suite.ts';

const rulesIn = (text: string): readonly string[] =>
  [...text.matchAll(/^ {2}([a-z.-]+) \(/gm)].map(([, rule]) => rule ?? '').sort();

const sent = { email: 'ada@example.com', role: 'VIEWER' };
const detail = { detail: 'No.' };
const times = {
  created_at: '2026-01-13T01:15:45.105000Z',
  modified_at: '2026-01-13T01:15:45.105000Z',
};
const user = {
  ...{ url: `${base}/users/auth0%7C1/`, id: 'auth0|1', name: 'Ada', email: 'ada@example.com' },
  ...{ picture_url: null, type: 'service', organization_name: 'Acme', membership_id: id },
  ...{ role: 'OWNER', ...times },
};
const serviceAccount = {
  ...{ url: `${base}/serviceaccounts/${id}/`, id, owner: null, user, description: '' },
  ...{ last_used_at: null, ...times },
};

const get = (path: string, method = 'GET'): Requested => ({ path, method });
const post = (body: unknown, method = 'POST', path = list): Requested => ({ method, path, body });
const answers = (status: number, body: unknown, headers: Headers = {}): Answered => ({
  ...{ status, body, headers },
});
const shows = (more: object): Answered => answers(200, { ...invitation, ...more });
const pages = (more: object): Answered => answers(200, { ...page, ...more });
const user1 = '/api/v1/users/auth0%7C1/';
const another = { email: 'bob@example.com', role: 'ADMIN' };
const unlike = { state: 'sent', membership: `${base}/memberships/1/` };
const lost = { count: 2, next: `${base}/invitations/?page=2` };
const hollow = { next: `${base}/invitations/?page=7`, results: [] };
const second = { count: 2, results: [invitation, { ...invitation, state: 'accepted' }] };
const reads = { Allow: 'GET, HEAD, OPTIONS' };

describe('what one exchange shows', () => {
  test.each<[string, Requested, Answered, string?]>([
    ['nothing', get(list), pages({})],
    ['a 201', post(sent), answers(201, invitation)],
    ['a 401 without a challenge', get(list), answers(401, detail), 'authentication.challenge'],
    ['a 404 without detail', get(one), answers(404, {}), 'errors.not-found-detail'],
    [
      'a 405 that allows what it refuses',
      get(list, 'PATCH'),
      answers(405, detail, { Allow: 'GET, PATCH' }),
      'errors.allowed-methods',
    ],
    ['a 400 of another shape', post({}), answers(400, { email: 'bad' }), 'errors.invalid-body'],
    [
      'a 429 without a time',
      get(list),
      answers(429, detail, { 'Retry-After': 'soon' }),
      'errors.retry-after',
    ],
    [
      'a filter that is not kept',
      get(`${list}?role=OWNER&state=sent&email=bob@example.com`),
      pages({}),
      'list.filter-by-email list.filter-by-role list.filter-by-state',
    ],
    [
      'links that lose a filter',
      get(`${list}?role=VIEWER`),
      pages(lost),
      'pages.links-keep-filters',
    ],
    ['page 0', get(`${list}?page=0`), pages({}), 'pages.zero-or-negative'],
    [
      'a filter of no known value',
      get(`${list}?state=gone`),
      pages({ count: 0, results: [] }),
      'list.filter-outside-enumeration',
    ],
    [
      'a create that does other than asked',
      post(another),
      answers(201, { ...invitation, ...unlike }),
      'create.no-membership create.starts-pending schema.email schema.membership schema.role',
    ],
    [
      'a create that takes too little',
      post({ role: 'VIEWER' }),
      answers(201, invitation),
      'create.requires-email',
    ],
    [
      'an accept that accepts nothing',
      get(`${one}accept/`, 'POST'),
      shows({}),
      'accept.becomes-accepted accept.makes-membership',
    ],
    ['another invitation', get(`${list}${id.replace('0', '1')}/`), shows({}), 'schema.id'],
    ['a PATCH without effect', post({ role: 'OWNER' }, 'PATCH', one), shows({}), 'update.role'],
    ['one that lacks a field', get(one), shows({ role: undefined }), 'schema.every-field'],
    ['one of a page without a membership', get(list), pages(second), 'schema.membership'],
    ['no reason for a bounce', get(one), shows({ state: 'bounced' }), 'lifecycle.bounce-reason'],
    [
      'a key that is told again',
      get(`/api/v1/serviceaccounts/${id}/`),
      answers(200, { ...serviceAccount, apikey: 'sesame' }),
      'serviceaccounts.key',
    ],
    [
      'another user than asked for',
      get(user1),
      answers(200, { ...user, url: `${base}/users/auth0%7C2/` }),
      'linked.inviter',
    ],
    ['a right user', get(user1), answers(200, { ...user, url: `${base}/users/auth0%7c1/` })],
    ['a refusal of one of the three', post(sent), answers(415, detail), 'media-types.takes-json'],
    [
      'a method that a spelled out path does not have',
      get('/api/v1/users/current/', 'DELETE'),
      answers(405, detail, reads),
    ],
    ['a method not found', get(one, 'POST'), answers(404, detail), 'errors.method-not-allowed'],
    ['an empty page in the middle', get(`${list}?page=6`), pages(hollow), 'pages.by-number'],
    ['one behind the last', get(`${list}?page=6`), pages({ results: [] }), 'pages.beyond-last'],
    [
      'more results than asked for',
      get(`${list}?page_size=1`),
      pages({ count: 2, results: [invitation, invitation] }),
      'list.page-size',
    ],
    [
      'an empty parameter that is refused',
      get(`${list}?role=`),
      answers(400, { role: ['No.'] }),
      'list.empty-parameter',
    ],
    ['a DELETE with a body', get(one, 'DELETE'), answers(204, detail), 'destroy.answer'],
  ])('%s', async (_title, asked, answered, rules = '') => {
    const { code, text } = await judge(har(entry(asked, answered)), strictly);
    expect(rulesIn(text).join(' ')).toBe(rules);
    expect(code).toBe(rules === '' ? 0 : 1);
    expect(text).not.toContain('sesame');
  });

  test('is one cause, at however many places', async () => {
    const at = (path: string) => entry({ path }, { status: 404, body: {} });
    const { text } = await judge(har(at(one), at(list), at('/api/v1/users/1/')), strictly);
    expect(rulesIn(text)).toEqual(['errors.not-found-detail']);
    expect(text).toContain(`GET /api/v1/users/{id}/ 404, 1 exchange\n`);
  });

  test('is told by entry, and as curl', async () => {
    const ignored = entry({ path: 'https://example.com/app.js' }, { status: 200 });
    const wrong = entry({ path: one }, { status: 404, body: {} });
    const { text, code } = await judge(har(ignored, wrong));
    expect(text).toMatch(
      /entry 1, GET \/below\/api\/v1\/invitations\/.+: 404 without a sentence in detail\n +curl -i -X GET/,
    );
    expect(text).toContain('-H "Authorization: $CONTRACT_AUTH_OWNER"');
    expect(text).toContain('1 exchange judged, 1 about other things');
    // It is assumed, so that it does not fail the run unless that is asked for.
    expect(code).toBe(0);
  });
});

describe('the edition', () => {
  const { inviter_name: _name, organization: _organization, ...early } = invitation;
  const file = har(entry({ path: list }, { status: 200, body: { ...page, results: [early] } }));

  test('is that of the answers', async () => {
    const { code, text } = await judge(file);
    expect(text).toContain('judged by edition 2021-10-07');
    expect(text).toContain('0 violations, 0 divergences');
    expect(code).toBe(0);
  });

  test('is that of the users where invitations are as in several', async () => {
    const at = '2024-01-31T09:00:00.000000Z';
    const url = 'https://api.example.com/api/v1/users/auth0%7C61949e36c0ba61949e36c0ba/';
    const user = { url, id: 'auth0|61949e36c0ba61949e36c0ba', name: 'Ada', email: 'a@b.example' };
    const body = { ...user, picture_url: null, created_at: at, modified_at: null };
    const read = entry({ path: '/api/v1/users/current/' }, { status: 200, body });
    const listed = entry({ path: list }, { status: 200, body: page });
    expect((await judge(har(read))).text).toContain('judged by edition 2023-01-28');
    const { code, text } = await judge(har(listed, read));
    expect(text).toContain('judged by edition 2023-01-28');
    expect(text).toContain('0 violations, 0 divergences');
    expect(code).toBe(0);
  });

  test('may be told', async () => {
    const { code, text } = await judge(file, { edition: '2022-03-17' });
    expect(text).toContain('inviter_name');
    expect(code).toBe(1);
  });
});

describe('could not run: exit 2 and one line', () => {
  const good = entry({ path: list }, { status: 200, body: page });
  test.each([
    ['no JSON', 'text', /no JSON/],
    ['no log', {}, /no list log\.entries/],
    [
      'an address without host',
      { log: { entries: [{ ...good, request: { ...good.request, url: list } }] } },
      /entry 0 has no request\.url/,
    ],
    [
      'no method',
      { log: { entries: [{ ...good, request: { ...good.request, method: null } }] } },
      /entry 0 has no request\.method/,
    ],
    ['an archive', Buffer.from('PK\u0003\u0004'), /ZIP archive/],
    ['a part of a gzipped file', gzipSync('{}').subarray(0, 15), /cannot be unpacked/],
    ['nothing in it', { log: { entries: [] } }, /Nothing in .* 0 in all/],
    [
      'nothing of the API in it',
      { log: { entries: [entry({ path: '/api/v1/others/' }, { status: 200 })] } },
      /1 about other things/,
    ],
    [
      'no answer in it',
      { log: { entries: [entry({ path: list }, { status: 0 })] } },
      /1 without an answer/,
    ],
  ])('%s', async (_title, content, message) => {
    const { code, text } = await judge(write(content));
    expect(text).toMatch(message);
    expect(text.split('\n')).toHaveLength(1);
    expect(code).toBe(2);
  });

  test('no such file', async () => {
    expect(await judge('/nowhere.har')).toMatchObject({ code: 2 });
  });
});
