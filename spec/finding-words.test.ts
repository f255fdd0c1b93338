// What the judge says, whole: place, severity, code and words of what Prism does not find.
import { beforeAll, describe, expect, test } from '@jest/globals';
import type { ExchangeRequest, ExchangeResponse } from './exchange.ts';
import { createJudge, type Judge } from './judge.ts';
import { id, invitations, own as invitation, person } from './sample-invitation.suite.ts';

let judge: Judge;

beforeAll(async () => {
  judge = await createJudge();
});

const documented = 'application/json, application/x-www-form-urlencoded, multipart/form-data';

const ask = (changes: Partial<ExchangeRequest>): ExchangeRequest => {
  const headers = { authorization: 'Bearer a.b.c', ...changes.headers };
  return { method: 'GET', target: invitation, body: { kind: 'none' }, ...changes, headers };
};

const post = (type: string | undefined, value: unknown = person): ExchangeRequest => {
  const headers = type === undefined ? {} : { 'content-type': type };
  return ask({ method: 'POST', target: invitations, headers, body: { kind: 'json', value } });
};

describe('of a request', () => {
  test.each<[string, ExchangeRequest, string, string, string]>([
    [
      'other credentials',
      ask({ headers: { authorization: 'Basic YTpi' } }),
      'request.header.authorization',
      'authorization-scheme',
      'Request header authorization must be "Api-Key KEY" or "Bearer JWT"',
    ],
    [
      'an id that cannot be decoded',
      ask({ target: `${invitations}%E0%A4%A/` }),
      'request.path.id',
      'percent-encoding',
      'Request path parameter "%E0%A4%A" cannot be decoded',
    ],
    [
      'a media type that cannot be read',
      post('json'),
      'request.header.content-type',
      'media-type',
      'Request media type "json" cannot be read',
    ],
    [
      'a media type that is not documented',
      post('application/vnd.x+json'),
      'request.header.content-type',
      'media-type',
      `Request media type "application/vnd.x+json" is not documented: ${documented}`,
    ],
    [
      'no media type',
      post(undefined),
      'request.header.content-type',
      'media-type',
      `Request media type "" is not documented: ${documented}`,
    ],
    [
      'null for a body that need not be there',
      { ...post('application/json', null), method: 'PATCH', target: invitation },
      'request.body',
      'type',
      'Request body must not be null',
    ],
  ])('%s', (_title, request, location, code, message) => {
    expect(judge.request(request)).toEqual([
      { location: location.split('.'), severity: 'error', code, message },
    ]);
  });
});

describe('of a response', () => {
  const headers = { 'content-type': 'application/json', allow: 'GET' };
  const refusal = '{"detail":"No."}';

  test.each<[string, string, ExchangeResponse, string, string, string]>([
    [
      'a media type that is not documented',
      'GET',
      {
        status: 404,
        headers: { ...headers, 'content-type': 'application/problem+json' },
        body: refusal,
      },
      'response.header.content-type',
      'media-type',
      'Response media type "application/problem+json" is not documented: application/json',
    ],
    [
      'no body where one is documented',
      'GET',
      { status: 404, headers },
      'response.body',
      'missing-body',
      'Response body is documented, but there is none',
    ],
    [
      'a body where none may be',
      'DELETE',
      { status: 204, headers: { allow: 'GET' }, body: refusal },
      'response.body',
      'unexpected-body',
      'Response body is present where there must be none',
    ],
    [
      'a body that is no JSON',
      'GET',
      { status: 404, headers, body: '{' },
      'response.body',
      'invalid-json',
      'Response body is not JSON',
    ],
  ])('%s', (_title, method, response, location, code, message) => {
    expect(judge.response({ method, target: invitation }, response)).toEqual([
      { location: location.split('.'), severity: 'error', code, message },
    ]);
  });
});

describe('of what is not in the contract', () => {
  const answer: ExchangeResponse = { status: 200, headers: {} };

  test.each([
    ['GET', '/api/v2/?x=1', 'warning', 'The contract has no path /api/v2/'],
    ['OPTIONS', '/api/v2/', 'information', 'The contract has no path /api/v2/'],
    [
      'GET',
      `${invitations}${id}`,
      'warning',
      `The contract has no path ${invitations}${id}; with a slash at its end it is ${invitations}{id}/`,
    ],
    ['PUT', invitations, 'warning', `The contract has no PUT on ${invitations}, only GET, POST`],
    ['OPTIONS', invitations, 'information', 'OPTIONS is no part of the contract; not judged'],
  ])('%s %s', (method, target, severity, message) => {
    const expected = { severity, code: 'unknown-operation', message };
    expect(judge.request(ask({ method, target }))).toEqual([
      { location: ['request'], ...expected },
    ]);
    expect(judge.response({ method, target }, answer)).toEqual([
      { location: ['response'], ...expected },
    ]);
  });
});
