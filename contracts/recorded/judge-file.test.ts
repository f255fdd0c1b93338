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
import type { Answered, Requested } from './recording.suite.ts';

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

describe('what one exchange shows', () => {
  test.each<[string, Requested, Answered, readonly string[]]>([
    ['nothing', { path: list }, { status: 200, body: page }, []],
    ['a 201', { method: 'POST', path: list, body: sent }, { status: 201, body: invitation }, []],
    [
      'a 401 without a challenge',
      { path: list },
      { status: 401, body: detail },
      ['authentication.challenge'],
    ],
    ['a 404 without detail', { path: one }, { status: 404, body: {} }, ['errors.not-found-detail']],
    [
      'a 405 that allows what it refuses',
      { method: 'PATCH', path: list },
      { status: 405, body: detail, headers: { Allow: 'GET, PATCH' } },
      ['errors.allowed-methods'],
    ],
    [
      'a 400 of another shape',
      { method: 'POST', path: list, body: {} },
      { status: 400, body: { email: 'bad' } },
      ['errors.invalid-body'],
    ],
    [
      'a 429 without a time',
      { path: list },
      { status: 429, body: detail, headers: { 'Retry-After': 'soon' } },
      ['errors.retry-after'],
    ],
    [
      'a filter that is not kept',
      { path: `${list}?role=OWNER&state=sent&email=bob@example.com` },
      { status: 200, body: page },
      ['list.filter-by-email', 'list.filter-by-role', 'list.filter-by-state'],
    ],
    [
      'links that lose the filter',
      { path: `${list}?role=VIEWER` },
      { status: 200, body: { ...page, count: 2, next: `${base}/invitations/?page=2` } },
      ['pages.links-keep-filters'],
    ],
    ['page 0', { path: `${list}?page=0` }, { status: 200, body: page }, ['pages.zero-or-negative']],
    [
      'a filter of no known value',
      { path: `${list}?state=gone` },
      { status: 200, body: { ...page, count: 0, results: [] } },
      ['list.filter-outside-enumeration'],
    ],
    [
      'a create that does other than asked',
      { method: 'POST', path: list, body: { email: 'bob@example.com', role: 'ADMIN' } },
      { status: 201, body: { ...invitation, state: 'sent', membership: `${base}/memberships/1/` } },
      [
        ...['create.no-membership', 'create.starts-pending', 'schema.email'],
        ...['schema.membership', 'schema.role'],
      ],
    ],
    [
      'a create that takes too little',
      { method: 'POST', path: list, body: { role: 'VIEWER' } },
      { status: 201, body: invitation },
      ['create.requires-email'],
    ],
    [
      'an accept that accepts nothing',
      { method: 'POST', path: `${one}accept/` },
      { status: 200, body: invitation },
      ['accept.becomes-accepted', 'accept.makes-membership'],
    ],
    [
      'another invitation than asked for',
      { path: `${list}${id.replace('0', '1')}/` },
      { status: 200, body: invitation },
      ['schema.id'],
    ],
    [
      'a PATCH without effect',
      { method: 'PATCH', path: one, body: { role: 'OWNER' } },
      { status: 200, body: invitation },
      ['update.role'],
    ],
    [
      'an invitation that lacks a field',
      { path: one },
      { status: 200, body: { ...invitation, role: undefined } },
      ['schema.every-field'],
    ],
    [
      'a bounce without a reason',
      { path: one },
      { status: 200, body: { ...invitation, state: 'bounced' } },
      ['lifecycle.bounce-reason'],
    ],
    [
      'a key that is told again',
      { path: `/api/v1/serviceaccounts/${id}/` },
      { status: 200, body: { ...serviceAccount, apikey: 'sesame' } },
      ['serviceaccounts.key'],
    ],
    [
      'another user than asked for',
      { path: '/api/v1/users/auth0%7C1/' },
      { status: 200, body: { ...user, url: `${base}/users/auth0%7C2/` } },
      ['linked.inviter'],
    ],
    [
      'a right user',
      { path: '/api/v1/users/auth0%7C1/' },
      { status: 200, body: { ...user, url: `${base}/users/auth0%7c1/` } },
      [],
    ],
    [
      'a refused media type of the three',
      { method: 'POST', path: list, body: sent },
      { status: 415, body: detail },
      ['media-types.takes-json'],
    ],
    [
      'a method that a spelled out path does not have',
      { method: 'DELETE', path: '/api/v1/users/current/' },
      { status: 405, body: detail, headers: { Allow: 'GET, HEAD, OPTIONS' } },
      [],
    ],
    [
      'a method that is taken, or not found',
      { method: 'POST', path: one },
      { status: 404, body: detail },
      ['errors.method-not-allowed'],
    ],
    [
      'an empty page in the middle',
      { path: `${list}?page=6` },
      { status: 200, body: { ...page, next: `${base}/invitations/?page=7`, results: [] } },
      ['pages.by-number'],
    ],
    [
      'an empty page behind the last',
      { path: `${list}?page=6` },
      { status: 200, body: { ...page, results: [] } },
      ['pages.beyond-last'],
    ],
    [
      'more results than asked for',
      { path: `${list}?page_size=1` },
      { status: 200, body: { ...page, count: 2, results: [invitation, invitation] } },
      ['list.page-size'],
    ],
    [
      'an empty parameter that is refused',
      { path: `${list}?role=` },
      { status: 400, body: { role: ['No.'] } },
      ['list.empty-parameter'],
    ],
    [
      'a DELETE with a body',
      { method: 'DELETE', path: one },
      { status: 204, body: detail },
      ['destroy.answer'],
    ],
  ])('%s', async (_title, asked, answered, rules) => {
    const { code, text } = await judge(har(entry(asked, answered)), strictly);
    expect(rulesIn(text)).toEqual(rules);
    expect(code).toBe(rules.length === 0 ? 0 : 1);
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
