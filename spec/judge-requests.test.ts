// What the judge finds in requests, kind by kind.

import { beforeAll, describe, expect, test } from '@jest/globals';

import type { ExchangeRequest } from './exchange.ts';
import { createJudge, type Judge } from './judge.ts';
import { id, invitations, own as invitation, person } from './sample-invitation.suite.ts';

let judge: Judge;

beforeAll(async () => {
  judge = await createJudge();
});

type Changes = Partial<ExchangeRequest>;

const get = (target: string, changes: Changes = {}): ExchangeRequest => {
  const headers = { authorization: 'Bearer a.b.c', ...changes.headers };
  return { method: 'GET', target, body: { kind: 'none' }, ...changes, headers };
};

const post = (body: ExchangeRequest['body'], type: string | undefined, changes: Changes = {}) => {
  const headers = { 'content-type': type, ...changes.headers };
  return get(changes.target ?? invitations, { method: 'POST', body, ...changes, headers });
};

const json = (value: unknown): ExchangeRequest['body'] => ({ kind: 'json', value });

const form = (fields: Readonly<Record<string, string>>): ExchangeRequest['body'] => ({
  kind: 'form',
  fields,
});

/** Place, severity and code of each finding, in short. */
const find = (request: ExchangeRequest): readonly string[] =>
  judge
    .request(request)
    .map(({ location, severity, code }) => `${location.slice(1).join('.')} ${severity} ${code}`);

const urlencoded = 'application/x-www-form-urlencoded';
const multipart = 'multipart/form-data; boundary=x';
const patch = { method: 'PATCH', target: invitation };

describe('a right request', () => {
  test.each<[string, ExchangeRequest]>([
    ['lists', get(invitations)],
    ['lists with filters', get(`${invitations}?role=OWNER&state=sent&page=2&email=a%40b.example`)],
    ['lists with an empty filter', get(`${invitations}?role=`)],
    ['lists with an unknown parameter', get(`${invitations}?x=1&x=2`)],
    ['asks for the head only', get(invitation, { method: 'HEAD' })],
    ['has an API key', get(invitation, { headers: { authorization: 'Api-Key a.b' } })],
    ['creates with JSON', post(json(person), 'application/json')],
    ['creates with JSON in a charset', post(json(person), 'Application/JSON; charset=utf-8')],
    ['creates with a form', post(form(person), urlencoded)],
    ['creates with multipart', post(form(person), multipart)],
    ['creates with fields that nobody knows', post(form({ ...person, x: '%' }), urlencoded)],
    ['changes without a body', get(invitation, patch)],
    ['sends read-only fields back', post(json({ ...person, id: 5 }), 'application/json', patch)],
    [
      'accepts without credentials, which the contract lists',
      get(`${invitation}accept/`, { method: 'POST', headers: { authorization: undefined } }),
    ],
    ['could not be read, but is of a known kind', post({ kind: 'unreadable' }, multipart)],
  ])('%s', (_title, request) => {
    expect(find(request)).toEqual([]);
  });
});

describe('a wrong request', () => {
  test.each<[string, ExchangeRequest, readonly string[]]>([
    ['no credentials', get(invitation, { headers: { authorization: undefined } }), [' error 401']],
    [
      'credentials of another scheme',
      get(invitation, { headers: { authorization: 'Basic YTpi' } }),
      ['header.authorization error authorization-scheme'],
    ],
    [
      'a scheme without credentials',
      get(invitation, { headers: { authorization: 'Bearer' } }),
      ['header.authorization error authorization-scheme'],
    ],
    ['an id that is no UUID', get(`${invitations}7/`), ['path.id error format']],
    ['an id with commas', get(`${invitations}${id},${id}/`), ['path.id error type']],
    [
      'an id that cannot be decoded',
      get(`${invitations}%E0%A4%A/`),
      ['path.id error percent-encoding'],
    ],
    ['a page that is no number', get(`${invitations}?page=last`), ['query.page error type']],
    ['an unknown role', get(`${invitations}?role=BOSS`), ['query.role error enum']],
    [
      'a filter given twice',
      get(`${invitations}?state=sent&state=sent`),
      ['query.state error type', 'query.state error enum'],
    ],
    ['no body', post({ kind: 'none' }, 'application/json'), [' error required']],
    ['a list for a body', post(json([]), 'application/json'), ['body error type']],
    ['a null for a body', post(json(null), 'application/json', patch), ['body error type']],
    ['a missing field', post(json({ role: 'OWNER' }), 'application/json'), ['body error required']],
    [
      'a wrong address',
      post(json({ ...person, email: 'x' }), 'application/json'),
      ['body.email error format'],
    ],
    [
      'a wrong role in a form',
      post(form({ ...person, role: 'x' }), urlencoded),
      ['body.role error enum'],
    ],
    [
      'a wrong role in multipart',
      post(form({ ...person, role: '%41DMIN' }), multipart),
      ['body.role error enum'],
    ],
    [
      'a plus sign in a form',
      post(form({ ...person, role: 'OWNER+' }), urlencoded),
      ['body.role error enum'],
    ],
    ['a body of another kind', post({ kind: 'unreadable' }, 'text/plain'), [' error 415']],
    [
      'a body of nearly the right kind',
      post(json(person), 'application/vnd.x+json'),
      ['header.content-type error media-type'],
    ],
    ['a body of no kind', post(json(person), undefined), ['header.content-type error media-type']],
    [
      'a kind that cannot be read',
      post(json(person), 'json'),
      ['header.content-type error media-type'],
    ],
    ['JSON where a form is announced', post(json('%'), multipart), [' error 422']],
    [
      'a body where there is none',
      post(json({}), 'application/json', { target: `${invitation}resend/` }),
      [' error 415'],
    ],
    [
      'a length where there is no body',
      get(invitation, { headers: { 'content-length': '5' } }),
      [' error 415'],
    ],
  ])('%s', (_title, request, expected) => {
    expect(find(request)).toEqual(expected);
  });
});

describe('what the contract does not have', () => {
  test.each<[string, ExchangeRequest, string, RegExp]>([
    ['a path', get('/api/v2/'), 'warning', /no path \/api\/v2\/$/],
    ['a path without its slash', get(`${invitations}${id}?x=1`), 'warning', /slash at its end/],
    ['a method', get(invitations, { method: 'PUT' }), 'warning', /no PUT .* only GET, POST/],
    ['OPTIONS', get(invitations, { method: 'OPTIONS' }), 'information', /no part of the contract/],
    [
      'HEAD where there is no GET',
      get(`${invitation}accept/`, { method: 'HEAD' }),
      'warning',
      /HEAD/,
    ],
  ])('%s is an unknown operation', (_title, request, severity, message) => {
    expect(judge.request(request)).toEqual([
      expect.objectContaining({
        location: ['request'],
        code: 'unknown-operation',
        severity,
        message: expect.stringMatching(message),
      }),
    ]);
  });
});

test('a request is not changed by being judged', () => {
  const request = post(json({ ...person, role: 5 }), 'application/json');
  const before = structuredClone(request);
  judge.request(request);
  expect(request).toEqual(before);
});
