// What the judge finds in responses, kind by kind.

import { beforeAll, describe, expect, test } from '@jest/globals';

import type { ExchangeRequest, ExchangeResponse } from './exchange.ts';
import { createJudge, type Judge } from './judge.ts';
import { invitation, invitations, own } from './sample-invitation.suite.ts';

let judge: Judge;

beforeAll(async () => {
  judge = await createJudge();
});

const page = { count: 1, next: null, previous: null, results: [invitation] };
const headers = { 'content-type': 'application/json', allow: 'GET, HEAD, OPTIONS' };
const refusal = { detail: 'No.' };

const answer = (
  status: number,
  value: unknown,
  changes: ExchangeResponse['headers'] = {},
): ExchangeResponse => ({
  status,
  headers: { ...headers, ...changes },
  body: JSON.stringify(value),
});

const bare = (status: number, changes: ExchangeResponse['headers'] = {}): ExchangeResponse => ({
  status,
  headers: { allow: 'GET', ...changes },
});

/** Place, severity and code of each finding, in short. */
const find = (line: string, response: ExchangeResponse): readonly string[] => {
  const [method = '', target = ''] = line.split(' ');
  return judge
    .response({ method, target }, response)
    .map(({ location, severity, code }) => `${location.slice(1).join('.')} ${severity} ${code}`);
};

const read = `GET ${own}`;
const list = `GET ${invitations}`;
const challenge = { 'www-authenticate': 'Bearer realm="api"' };

describe('a right response', () => {
  test.each<[string, string, ExchangeResponse]>([
    ['to a retrieve', read, answer(200, invitation)],
    [
      'with a charset',
      read,
      answer(200, invitation, { 'content-type': 'application/json;charset=UTF-8' }),
    ],
    ['to a list', list, answer(200, page)],
    ['to a destroy', `DELETE ${own}`, bare(204)],
    ['to a HEAD', `HEAD ${own}`, bare(200, headers)],
    ['to a HEAD, without a media type', `HEAD ${own}`, bare(200)],
    ['without credentials', read, answer(401, refusal, challenge)],
    ['to too many requests', read, answer(429, refusal, { 'retry-after': '30' })],
    ['with a number in a header', read, answer(429, refusal, { 'retry-after': 30 })],
    ['to a wrong body', `POST ${invitations}`, answer(400, { email: ['Wrong.'] })],
    ['to a method that the path has not', `PUT ${invitations}`, answer(405, refusal)],
    ['to that method without credentials', `PUT ${invitations}`, answer(401, refusal, challenge)],
  ])('%s', (_title, line, response) => {
    expect(find(line, response)).toEqual([]);
  });
});

describe('a wrong response', () => {
  test.each<[string, string, ExchangeResponse, readonly string[]]>([
    ['an undocumented error', read, answer(500, refusal), [' error undocumented-status']],
    ['an undocumented success', read, answer(202, refusal), [' error undocumented-status']],
    ['a status that is none', read, bare(NaN), [' error undocumented-status']],
    [
      'a missing Allow',
      read,
      answer(200, invitation, { allow: undefined }),
      ['header error required'],
    ],
    [
      'an Allow that is no list',
      read,
      answer(200, invitation, { allow: '?' }),
      ['header.allow error pattern'],
    ],
    ['a missing challenge', read, answer(401, refusal), ['header error required']],
    ['a missing Retry-After', read, answer(429, refusal), ['header error required']],
    [
      'a wrong media type',
      read,
      answer(200, invitation, { 'content-type': 'text/json' }),
      ['header.content-type error media-type'],
    ],
    [
      'a problem document',
      read,
      answer(404, refusal, { 'content-type': 'application/problem+json' }),
      ['header.content-type error media-type'],
    ],
    [
      'JSON that is said to be in UTF-16',
      read,
      answer(200, invitation, { 'content-type': 'application/json; charset=utf-16le' }),
      ['header.content-type error media-type'],
    ],
    [
      'JSON that is called plain text',
      read,
      answer(200, invitation, { 'content-type': 'text/plain' }),
      ['header.content-type error media-type'],
    ],
    [
      'wrong JSON that is called plain text',
      read,
      answer(200, { ...invitation, role: 'BOSS' }, { 'content-type': 'text/plain' }),
      ['header.content-type error media-type', 'body.role error enum'],
    ],
    [
      'a web page',
      read,
      { status: 200, headers: { ...headers, 'content-type': 'text/html' }, body: '<html></html>' },
      ['header.content-type error media-type'],
    ],
    [
      'a media type that cannot be read',
      read,
      answer(200, invitation, { 'content-type': 'json; x' }),
      ['header.content-type error media-type'],
    ],
    [
      'a parameter that cannot be read',
      read,
      answer(200, invitation, { 'content-type': 'application/json; x' }),
      ['header.content-type error media-type'],
    ],
    [
      'no media type',
      read,
      answer(200, invitation, { 'content-type': undefined }),
      ['header.content-type error media-type'],
    ],
    [
      'a body that is no JSON',
      read,
      { status: 200, headers, body: '{' },
      ['body error invalid-json'],
    ],
    ['a missing body', read, { status: 200, headers }, ['body error missing-body']],
    ['an empty body', read, { status: 200, headers, body: '' }, ['body error missing-body']],
    ['a body with a 204', `DELETE ${own}`, answer(204, {}), ['body error unexpected-body']],
    ['a body with a HEAD', `HEAD ${own}`, answer(200, invitation), ['body error unexpected-body']],
    [
      'a missing field',
      read,
      answer(200, { ...invitation, url: undefined }),
      ['body error required'],
    ],
    ['a wrong format', read, answer(200, { ...invitation, id: '7' }), ['body.id error format']],
    ['a wrong type', list, answer(200, { ...page, count: '1' }), ['body.count error type']],
    [
      'a wrong item',
      list,
      answer(200, { ...page, results: [invitation, 5] }),
      ['body.results.1 error type'],
    ],
    [
      'an undocumented field',
      read,
      answer(200, { ...invitation, x: 1 }),
      ['body.x information undocumented-field'],
    ],
    [
      'an undocumented field of an item',
      list,
      answer(200, { ...page, results: [{ ...invitation, x: 1 }] }),
      ['body.results.0.x information undocumented-field'],
    ],
    ['a wrong refusal of a method', `PUT ${invitations}`, answer(405, {}), ['body error required']],
    [
      'success of a method that the path has not',
      `PUT ${invitations}`,
      answer(200, invitation),
      [' warning unknown-operation'],
    ],
    [
      'an answer of an unknown path',
      'GET /api/v2/',
      answer(200, {}),
      [' warning unknown-operation'],
    ],
    ['an answer to OPTIONS', `OPTIONS ${own}`, answer(200, {}), [' information unknown-operation']],
  ])('%s', (_title, line, response, expected) => {
    expect(find(line, response)).toEqual(expected);
  });
});

describe('a page of fragments', () => {
  const head = '{"count":2,"next":null,"previous":null,"results":[';
  const tail = ']}';
  const toPage = (...texts: readonly string[]): ExchangeResponse => ({
    status: 200,
    headers,
    body: head + texts.join(',') + tail,
    page: { head, tail, items: texts.map((text) => ({ text })) },
  });
  const good = JSON.stringify(invitation);

  test('is right when all of them are', () => {
    expect(find(list, toPage())).toEqual([]);
    expect(find(list, toPage(good, good))).toEqual([]);
  });

  test('is wrong where one of them is wrong', () => {
    const bad = JSON.stringify({ ...invitation, role: 'BOSS' });
    expect(find(list, toPage(good, bad))).toEqual(['body.results.1.role error enum']);
  });

  test('is judged by its text when the pieces do not make it up', () => {
    const { page: pieces, ...rest } = toPage(good);
    const response = { ...rest, body: '[]', ...(pieces === undefined ? {} : { page: pieces }) };
    expect(find(list, response)).toEqual(['body error type']);
  });

  test('is wrong where its surroundings are, each time', () => {
    const item = { text: good };
    const broken = '{"count":-1,"next":null,"previous":null,"results":[';
    const toBroken = (first: string): ExchangeResponse => ({
      ...toPage(good),
      body: first + good + tail,
      page: { head: first, tail, items: [item] },
    });
    expect(find(list, toBroken(head))).toEqual([]);
    expect(find(list, toBroken(broken))).toEqual(['body.count error minimum']);
  });
});

describe('one fragment', () => {
  test('found right in one operation is not taken for right in another', () => {
    const fragment = { text: JSON.stringify(invitation) };
    const response: ExchangeResponse = { status: 200, headers, body: fragment.text, fragment };
    expect(find(read, response)).toEqual([]);
    expect(find(list, response)).toContain('body error required');
    expect(find(read, { ...response, body: '{}' })).toContain('body error required');
  });
});

describe('an exchange', () => {
  const request: ExchangeRequest = {
    method: 'GET',
    target: `${invitations}7/`,
    headers: { authorization: 'Bearer a' },
    body: { kind: 'none' },
  };

  test('has the findings of its request and of its response', () => {
    const sides = judge.exchange(request, answer(404, {})).map(({ location }) => location[0]);
    expect(sides).toEqual(['request', 'response']);
  });

  test('that is not of the contract is told of once', () => {
    for (const target of ['/elsewhere', `${invitations}7`]) {
      expect(judge.exchange({ ...request, target }, bare(301))).toHaveLength(1);
    }
    expect(judge.exchange({ ...request, method: 'OPTIONS' }, bare(200))).toHaveLength(1);
  });
});
