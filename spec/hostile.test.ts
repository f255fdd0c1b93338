// Messages made to break what reads them. The judge never throws and never takes long.

import { beforeAll, describe, expect, test } from '@jest/globals';
import fc from 'fast-check';

import type { ExchangeRequest, ExchangeResponse } from './exchange.ts';
import { createJudge, type Judge } from './judge.ts';

let judge: Judge;

beforeAll(async () => {
  judge = await createJudge();
});

const id = '0d9c3b7e-61f4-4e2a-b5d8-7a1f2c4e6908';
const create: ExchangeRequest = {
  method: 'POST',
  target: '/api/v1/invitations/',
  headers: { authorization: 'Bearer x', 'content-type': 'application/json' },
  body: { kind: 'json', value: { email: 'a@example.com', role: 'OWNER' } },
};
const read: ExchangeRequest = {
  ...create,
  method: 'GET',
  target: `/api/v1/invitations/${id}/`,
  headers: { authorization: 'Bearer x' },
  body: { kind: 'none' },
};
const headers = { 'content-type': 'application/json', allow: 'GET' };
const deep = '['.repeat(100_000) + ']'.repeat(100_000);
const long = 'a'.repeat(1_000_000);
const isFound = { severity: 'error' };

/** Of this process: a machine that is busy with others does not count. */
const cpuMs = (): number => process.cpuUsage().user / 1_000;

describe('a hostile request', () => {
  test.each<[string, Partial<ExchangeRequest>]>([
    ['a path that cannot be decoded', { ...read, target: '/api/v1/invitations/%E0%A4%A/' }],
    ['a path with a NUL', { ...read, target: '/api/v1/invitations/%00/' }],
    ['a path with braces', { ...read, target: '/api/v1/invitations/{id}/' }],
    ['a path with regular expressions', { ...read, target: '/api/v1/invitations/(.*)+$/' }],
    ['a very long path', { ...read, target: `/api/v1/invitations/${long}/` }],
    ['a query that cannot be decoded', { ...read, target: '/api/v1/invitations/?page=%E0%A4%A' }],
    ['a media type that cannot be read', { headers: { ...create.headers, 'content-type': ';;' } }],
    [
      'a multipart type without a boundary',
      {
        headers: { ...create.headers, 'content-type': 'multipart/form-data' },
        body: { kind: 'form', fields: {} },
      },
    ],
    [
      'a field for the prototype',
      { body: { kind: 'json', value: JSON.parse('{"__proto__":{"role":"OWNER"}}') } },
    ],
    ['a deep body', { body: { kind: 'json', value: JSON.parse(deep) } }],
    ['a long address', { body: { kind: 'json', value: { email: long, role: 'OWNER' } } }],
    [
      'a long address with dots',
      { body: { kind: 'json', value: { email: `${'a.'.repeat(50_000)}@`, role: 'OWNER' } } },
    ],
    [
      'half a surrogate pair',
      {
        body: { kind: 'form', fields: { email: '\ud800', role: '\udfff' } },
        headers: { ...create.headers, 'content-type': 'application/x-www-form-urlencoded' },
      },
    ],
  ])('%s is found and nothing breaks', (_title, changes) => {
    const started = cpuMs();
    const found = judge.request({ ...create, ...changes });
    expect(found).toContainEqual(expect.objectContaining(isFound));
    expect(found).not.toContainEqual(expect.objectContaining({ code: 'not-judged' }));
    expect(cpuMs() - started).toBeLessThan(1000);
  });

  test('a stray type in a part of a multipart body breaks nothing', () => {
    const request: ExchangeRequest = {
      ...create,
      headers: {
        ...create.headers,
        'content-type': 'multipart/form-data; boundary=x',
        'content-length': '99',
      },
      body: { kind: 'form', fields: { 'email"; type=application/json': '{', role: 'OWNER' } },
    };
    expect(judge.request(request)).toEqual([
      expect.objectContaining({ location: ['request', 'body'], code: 'required' }),
    ]);
  });

  test('a filter named for the prototype is ignored like any unknown one', () => {
    const target = '/api/v1/invitations/?__proto__=1&constructor=2';
    expect(judge.request({ ...read, target })).toEqual([]);
  });
});

describe('a hostile response', () => {
  test.each<[string, ExchangeResponse]>([
    ['a deep body', { status: 200, headers, body: deep }],
    ['a body that ends early', { status: 200, headers, body: '[[[[' }],
    ['a body that is a NUL', { status: 200, headers, body: '\0' }],
    ['a long body', { status: 200, headers, body: JSON.stringify({ url: long, email: long }) }],
    ['a field for the prototype', { status: 404, headers, body: '{"__proto__":{"detail":"x"}}' }],
    ['no status', { status: 0, headers }],
    ['a status that is no whole number', { status: 200.5, headers }],
    ['a status beyond all', { status: 1e21, headers }],
  ])('%s is found and nothing breaks', (_title, response) => {
    const started = cpuMs();
    const found = judge.response(read, response);
    expect(found).toContainEqual(expect.objectContaining(isFound));
    expect(found).not.toContainEqual(expect.objectContaining({ code: 'not-judged' }));
    expect(cpuMs() - started).toBeLessThan(1000);
  });
});

test('no exchange makes the judge throw, or say that it could not judge', () => {
  const header = fc.oneof(
    fc.string({ unit: 'binary' }),
    fc.constantFrom('a/b;c', 'multipart/form-data'),
  );
  const someHeaders = fc.dictionary(
    fc.constantFrom('content-type', 'content-length', 'authorization', 'allow', '__proto__'),
    header,
  );
  const target = fc.oneof(
    fc.string({ unit: 'binary' }),
    fc.string().map((text) => `/api/v1/invitations/${text}/`),
    fc.webQueryParameters().map((query) => `/api/v1/invitations/?${query}`),
  );
  const method = fc.oneof(fc.constantFrom('GET', 'POST', 'PUT', 'PATCH', 'HEAD'), fc.string());
  const body = fc.oneof(
    fc.constant({ kind: 'none' as const }),
    fc.record({ kind: fc.constant('json' as const), value: fc.anything() }),
    fc.record({
      kind: fc.constant('form' as const),
      fields: fc.dictionary(fc.string({ unit: 'binary' }), fc.string({ unit: 'binary' })),
    }),
  );
  const request = fc.record({ method, target, headers: someHeaders, body });
  const response = fc.record({
    status: fc.oneof(fc.constantFrom(200, 201, 204, 400, 404), fc.double()),
    headers: someHeaders,
    body: fc.oneof(fc.json(), fc.string({ unit: 'binary' })),
  });
  const property = fc.property(request, response, (asked, answered) => {
    const codes = judge.exchange(asked, answered).map(({ code }) => code);
    expect(codes).not.toContain('not-judged');
  });
  fc.assert(property, { numRuns: 400 });
});
