// The quick way is taken by what is right, in every shape in which it comes: else each exchange would cost a hundred times
// as much, and nobody would notice.
import { loadEdition } from './editions.ts';
import { beforeAll, describe, expect, test } from '@jest/globals';
import type { ExchangeRequest, ExchangeResponse } from './exchange.ts';
import { toOperations, type Operation } from './operation.ts';
import { toPrismOperations } from './prism-operations.ts';
import { clearsRequest, clearsResponse } from './quick.ts';
import { createRoutes, type Routes } from './routes.ts';
import { id, invitation, invitations, own, person } from './sample-invitation.suite.ts';

let operations: readonly Operation[];
let routes: Routes<Operation>;

beforeAll(async () => {
  operations = toOperations(toPrismOperations(await loadEdition()));
  routes = createRoutes(operations);
});

type Headers = ExchangeRequest['headers'];

const jwt: Headers = { authorization: 'Bearer a.b.c' };
const key: Headers = { authorization: 'Api-Key k' };
const json: Headers = { ...jwt, 'content-type': 'application/json' };
const urlencoded: Headers = { ...jwt, 'content-type': 'application/x-www-form-urlencoded' };
const multipart: Headers = { ...jwt, 'content-type': 'multipart/form-data; boundary=b' };
const none = { kind: 'none' } as const;
const fields = { kind: 'form', fields: person } as const;
const value = { kind: 'json', value: person } as const;

const clearsAsked = (line: string, headers: Headers, body: ExchangeRequest['body']): boolean => {
  const [method = '', target = ''] = line.split(' ');
  const route = routes.find(target);
  const operation = route?.path.operations.get(method);
  if (route === undefined || operation === undefined) throw new Error(`There is no ${line}.`);
  return clearsRequest(operation, route, { method, target, headers, body });
};

describe('a request takes it', () => {
  test.each<[string, Headers, ExchangeRequest['body']]>([
    [`GET ${invitations}`, jwt, none],
    [`GET ${invitations}`, key, none],
    [`GET ${invitations}?`, jwt, none],
    [`GET ${invitations}?page=2&role=OWNER&state=sent&email=a%40b.example`, jwt, none],
    [`GET ${invitations}?role=&page=`, jwt, none],
    [`GET ${invitations}?x=1&x=2`, jwt, none],
    [`GET ${own}`, { ...jwt, 'content-length': '0' }, none],
    [`GET ${own}`, { ...jwt, 'content-type': 'text/plain' }, none],
    [`POST ${invitations}`, json, value],
    [`POST ${invitations}`, { ...json, 'content-type': 'Application/JSON; charset=utf-8' }, value],
    [`POST ${invitations}`, urlencoded, fields],
    [`POST ${invitations}`, multipart, fields],
    [`POST ${invitations}`, multipart, { kind: 'form', fields: { ...person, x: '%' } }],
    [`POST ${invitations}`, json, { kind: 'unreadable' }],
    [`PATCH ${own}`, jwt, none],
    [`PATCH ${own}`, urlencoded, { kind: 'form', fields: { role: 'VIEWER' } }],
    [`PATCH ${own}`, json, { kind: 'json', value: {} }],
    [`POST ${own}accept/`, {}, none],
    [`DELETE ${own}`, jwt, none],
    ['GET /api/v1/users/auth0%7C61949e36c0ba4d7a58f391c5/', jwt, none],
  ])('%s %j %j', (line, headers, body) => {
    expect(clearsAsked(line, headers, body)).toBe(true);
  });
});

describe('a request does not take it', () => {
  test.each<[string, Headers, ExchangeRequest['body']]>([
    [`GET ${invitations}`, {}, none],
    [`GET ${invitations}`, { authorization: 'Basic YTpi' }, none],
    [`GET ${invitations}?page=1&page=2`, jwt, none],
    [`GET ${invitations}?page=x`, jwt, none],
    [`GET ${own}`, { ...jwt, 'content-length': '5' }, none],
    [`GET ${own}`, { ...jwt, 'content-type': 'text' }, none],
    [`GET ${invitations}${id},${id}/`, jwt, none],
    [`POST ${invitations}`, json, none],
    [`POST ${invitations}`, jwt, value],
    [`POST ${invitations}`, { ...jwt, 'content-type': 'text/plain' }, value],
    [`POST ${invitations}`, multipart, value],
    [`POST ${invitations}`, json, fields],
    [`POST ${invitations}`, json, { kind: 'json', value: [] }],
    [`POST ${invitations}`, urlencoded, { kind: 'form', fields: { email: person.email } }],
  ])('%s %j %j', (line, headers, body) => {
    expect(clearsAsked(line, headers, body)).toBe(false);
  });
});

const headers = { 'content-type': 'application/json', allow: 'GET, HEAD, OPTIONS' };
const text = JSON.stringify(invitation);
const head = '{"count":2,"next":null,"previous":null,"results":[';
const tail = ']}';

const clearsAnswered = (name: string, response: ExchangeResponse, bodyless = false): boolean => {
  const operation = operations.find((one) => one.id === name);
  const documented = operation?.responses.get(response.status);
  if (documented === undefined) throw new Error(`There is no ${response.status} of ${name}.`);
  return clearsResponse(documented, response, bodyless);
};

const toPage = (...texts: readonly string[]): ExchangeResponse => {
  const items = texts.map((one) => ({ text: one }));
  return { status: 200, headers, body: head + texts.join(',') + tail, page: { head, tail, items } };
};

describe('an answer takes it', () => {
  test.each<[string, string, ExchangeResponse]>([
    ['with a text', 'invitations_retrieve', { status: 200, headers, body: text }],
    [
      'with a charset',
      'invitations_retrieve',
      {
        status: 200,
        headers: { ...headers, 'content-type': 'application/json; charset=utf-8' },
        body: text,
      },
    ],
    [
      'with a fragment',
      'invitations_retrieve',
      { status: 200, headers, body: text, fragment: { text } },
    ],
    [
      'with what its fragment was made of',
      'invitations_retrieve',
      { status: 200, headers, body: text, fragment: { text, value: JSON.parse(text) } },
    ],
    ['with a page', 'invitations_list', toPage(text, text)],
    ['with a page of one', 'invitations_list', toPage(text)],
    ['with an empty page', 'invitations_list', toPage()],
    ['without a body', 'invitations_destroy', { status: 204, headers: { allow: 'GET' } }],
    ['with an empty body', 'invitations_destroy', { status: 204, headers, body: '' }],
  ])('%s', (_title, name, response) => {
    expect(clearsAnswered(name, response)).toBe(true);
    // What is remembered of a fragment is as good.
    expect(clearsAnswered(name, response)).toBe(true);
  });

  test('to a HEAD', () => {
    for (const given of [headers, { allow: 'GET' }]) {
      expect(clearsAnswered('invitations_retrieve', { status: 200, headers: given }, true)).toBe(
        true,
      );
    }
  });

  test('each item of a page is read once, and never again', () => {
    const items = [{ text }];
    const page = { head, tail, items };
    const response: ExchangeResponse = { status: 200, headers, body: head + text + tail, page };
    expect(clearsAnswered('invitations_list', response)).toBe(true);
    const known = operations.find((one) => one.id === 'invitations_list')?.responses.get(200);
    expect(known?.body?.page?.property).toBe('results');
    expect(known?.body?.page?.items.clean.has(items[0] ?? { text: '' })).toBe(true);
  });
});

describe('an answer does not take it', () => {
  const good = { status: 200, headers, body: text };
  test.each<[string, string, ExchangeResponse]>([
    [
      'with another text than its fragment',
      'invitations_retrieve',
      { ...good, fragment: { text: 'x' } },
    ],
    [
      'with another text than was made of its value',
      'invitations_retrieve',
      { ...good, fragment: { text: 'x', value: JSON.parse(text) } },
    ],
    [
      'whose fragment was made of something else',
      'invitations_retrieve',
      { ...good, fragment: { text, value: {} } },
    ],
    ['that is no JSON', 'invitations_retrieve', { ...good, body: '{' }],
    ['without its body', 'invitations_retrieve', { status: 200, headers }],
    ['with an empty body', 'invitations_retrieve', { ...good, body: '' }],
    [
      'with a field of nobody',
      'invitations_retrieve',
      { ...good, body: text.replace('{', '{"x":1,') },
    ],
    [
      'of another type',
      'invitations_retrieve',
      { ...good, headers: { ...headers, 'content-type': 'text/json' } },
    ],
    ['of no type', 'invitations_retrieve', { ...good, headers: { allow: 'GET' } }],
    [
      'without Allow',
      'invitations_retrieve',
      { ...good, headers: { 'content-type': 'application/json' } },
    ],
    [
      'with an item that is wrong',
      'invitations_list',
      toPage(text, text.replace('CONTRIB', 'BOSS')),
    ],
    [
      'with a page that is longer than its pieces',
      'invitations_list',
      { ...toPage(text), body: `${head}${text} ${tail}` },
    ],
    ['with a body where none may be', 'invitations_destroy', { status: 204, headers, body: '{}' }],
  ])('%s', (_title, name, response) => {
    expect(clearsAnswered(name, response)).toBe(false);
  });

  test('to a HEAD that has a body', () => {
    expect(clearsAnswered('invitations_retrieve', good, true)).toBe(false);
  });
});
