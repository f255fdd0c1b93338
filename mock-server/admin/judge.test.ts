// The same judge over the testers' API: other credentials, several parameters in a path, streams.

import { beforeAll, describe, expect, test } from '@jest/globals';

import type { ExchangeRequest, ExchangeResponse } from '../../spec/exchange.ts';
import { createJudge, type Judge } from '../../spec/judge.ts';
import { dereference } from '../../spec/openapi-document.ts';
import { describeTestersApi } from './describe.ts';

let judge: Judge;

beforeAll(async () => {
  judge = await createJudge(dereference(describeTestersApi()));
});

const asking = (method: string, target: string, authorization?: string): ExchangeRequest => ({
  method,
  target,
  headers: { authorization },
  body: { kind: 'none' },
});

const answering = (status: number, type: string, body: string): ExchangeResponse => ({
  status,
  headers: { 'content-type': type },
  body,
});

const restore = '/sandboxes/alice/snapshots/1/restore';

describe("the judge of the testers' API", () => {
  test.each([undefined, 'Bearer token', 'bearer token', 'Basic dXNlcjp0b2tlbg=='])(
    'takes the credentials %s',
    (authorization) => {
      expect(judge.request(asking('GET', '/sandboxes', authorization))).toEqual([]);
    },
  );

  test.each(['Api-Key key', 'Bearer', 'token'])('finds the credentials %s', (authorization) => {
    expect(judge.request(asking('GET', '/sandboxes', authorization)).at(-1)).toMatchObject({
      location: ['request', 'header', 'authorization'],
      code: 'authorization-scheme',
    });
  });

  test.each([
    [restore, []],
    ['/sandboxes/Alice/snapshots/1/restore', [['request', 'path', 'name']]],
    ['/sandboxes/alice/snapshots/%E0%A4%A/restore', [['request', 'path', 'id']]],
    ['/sandboxes/alice/snapshots//restore', [['request']]],
  ])('judges every parameter of %s', (target, places) => {
    expect(judge.request(asking('POST', target)).map(({ location }) => location)).toEqual(places);
  });

  test.each([
    ['id: 1\ndata: {}\n\n', []],
    [': still there\n\n', []],
    ['{"id":1}', ['pattern']],
    ['nothing of a stream', ['pattern']],
  ])('judges the beginning of a stream: %j', (body, codes) => {
    const request = asking('GET', '/sandboxes/alice/traffic/stream');
    const found = judge.exchange(request, answering(200, 'text/event-stream', body));
    expect(found.map(({ code }) => code)).toEqual(codes);
  });

  test('finds a member that is not described', () => {
    const body = JSON.stringify({ status: 'live', uptime: 1 });
    const found = judge.exchange(
      asking('GET', '/health/live'),
      answering(200, 'application/json', body),
    );
    expect(found.map(({ code }) => code)).toContain('additionalProperties');
  });

  test('finds an error that is no problem document', () => {
    const found = judge.exchange(
      asking('POST', restore),
      answering(404, 'application/json', '{"detail":"No."}'),
    );
    expect(found.map(({ code }) => code)).toEqual(
      expect.arrayContaining(['required', 'media-type']),
    );
  });
});
