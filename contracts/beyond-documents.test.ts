// Which of the judge's findings rest on an assumption alone, by answers that are wrong in one way each.
import { beforeAll, describe, expect, test } from '@jest/globals';
import { createJudge, type Judge } from '../spec/judge.ts';
import { isAssumed } from './beyond-documents.ts';

let judge: Judge;

beforeAll(async () => {
  judge = await createJudge();
});

type Answer = {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body?: string;
};

const json = { 'content-type': 'application/json', allow: 'GET, POST, HEAD, OPTIONS' };
const page = JSON.stringify({ count: 0, next: null, previous: null, results: [] });
const detail = JSON.stringify({ detail: 'No.' });

const target = '/api/v1/invitations/';

/** Of the findings that count at all, which an assumption alone is behind. */
const assumptionsIn = (answer: Answer, method = 'GET'): readonly boolean[] =>
  judge
    .response({ method, target }, answer)
    .filter(({ severity }) => severity !== 'information')
    .map((finding) => isAssumed(finding, { status: answer.status, text: answer.body ?? '' }));

test('an answer that is right has no findings', () => {
  expect(assumptionsIn({ status: 200, headers: json, body: page })).toEqual([]);
  expect(assumptionsIn({ status: 403, headers: json, body: detail })).toEqual([]);
});

describe('only assumed', () => {
  const { allow, ...withoutAllow } = json;
  test.each<[string, Answer]>([
    ['`Allow` of a success', { status: 200, headers: withoutAllow, body: page }],
    ['the body of a refusal', { status: 403, headers: json, body: '{"error":"No."}' }],
    ['that a refusal has a body', { status: 403, headers: { allow } }],
    ['`WWW-Authenticate`', { status: 401, headers: json, body: detail }],
    ['the statuses of refusals', { status: 409, headers: json, body: detail }],
  ])('%s', (_title, answer) => {
    const found = assumptionsIn(answer);
    expect(found).not.toEqual([]);
    expect(found).not.toContain(false);
  });
});

describe('documented', () => {
  test.each<[string, Answer]>([
    ['the body of a success', { status: 200, headers: json, body: '{"results":[]}' }],
    ['the statuses of successes', { status: 202, headers: json, body: page }],
    [
      'the media type of a success',
      { status: 200, headers: { ...json, 'content-type': 'text/html' }, body: page },
    ],
    [
      'the media type of a refusal',
      { status: 403, headers: { ...json, 'content-type': 'text/html' }, body: '<h1>No</h1>' },
    ],
  ])('%s', (_title, answer) => {
    expect(assumptionsIn(answer)).toContain(false);
  });
});
