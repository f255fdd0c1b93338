// Bodies that break the contract on purpose: the judge sees each of them, whatever the operation, and they go out all the same.
import { beforeAll, describe, expect, test } from '@jest/globals';
import type { Judge } from '../../spec/judge.ts';
import { judges } from '../../spec/judges.ts';
import { newestEdition } from '../../spec/vocabulary.ts';
import { violations, type Violation } from '../sandbox/fault-rule.ts';
import { replyJson, type Reply } from '../web/reply.ts';
import {
  anAddress,
  invitations,
  listOf,
  noSuchId,
  running,
  textOf,
  type HttpAnswer,
  type AskOptions,
} from '../running.suite.ts';
import { spoil } from './spoil.ts';

const fake = running();
const enforcing = running({ validation: 'enforce' });

type Good = { readonly method: string; readonly target: string; readonly reply: Reply };

const good: Record<string, Good> = {};
const made: { judge?: Judge } = {};

const ask = async (
  name: string,
  method: string,
  target: string,
  asked: AskOptions = {},
): Promise<HttpAnswer> => {
  const as = fake.server.credentials.apiKeys.OWNER;
  const answer = await fake.ask(method, target, { as, ...asked });
  const { status, headers, text } = answer;
  const type = headers['content-type'] ?? '';
  const allow = headers.allow ?? '';
  const reply = { status, headers: { 'content-type': type, allow }, body: text };
  good[name] = { method, target, reply };
  return answer;
};

/** One good answer of each kind that has a body. */
beforeAll(async () => {
  made.judge = await judges(newestEdition);
  const { invitee, inviteeEmail: email } = fake.server.credentials;
  const role = 'VIEWER';
  const { json } = await ask('create', 'POST', invitations, { json: { email: anAddress(), role } });
  const own = `${invitations}${textOf(json, 'id')}/`;
  await ask('list', 'GET', invitations);
  await ask('empty page', 'GET', `${invitations}?email=nobody@example.com`);
  await ask('retrieve', 'GET', own);
  await ask('update', 'PUT', own, { json: { email: anAddress(), role } });
  await ask('partial update', 'PATCH', own, { json: { role: 'ADMIN' } });
  await ask('resend', 'POST', `${own}resend/`);
  await ask('user', 'GET', new URL(textOf(json, 'inviter')).pathname);
  await ask('organization', 'GET', new URL(textOf(json, 'organization')).pathname);
  const invited = await ask('other create', 'POST', invitations, { json: { email, role } });
  const accept = `${invitations}${textOf(invited.json, 'id')}/accept/`;
  const accepted = await ask('accept', 'POST', accept, { as: invitee });
  await ask('membership', 'GET', new URL(textOf(accepted.json, 'membership')).pathname);
  await ask('refusal', 'GET', `${invitations}${noSuchId}/`);
  await ask('invalid input', 'POST', invitations, { json: { email: 'x', role } });
});

const kinds = [
  'create',
  'list',
  'empty page',
  'retrieve',
  'update',
  'partial update',
  'resend',
  'accept',
  'user',
  'organization',
  'membership',
  'refusal',
  'invalid input',
] as const;

const withoutInvitation = [
  'empty page',
  'user',
  'organization',
  'membership',
  'refusal',
  'invalid input',
];

/** Whether an answer has anything to break in this way. */
const applies = (violation: Violation, kind: string): boolean => {
  if (violation === 'unknown-state') return !withoutInvitation.includes(kind);
  return kind !== 'invalid input' || violation === 'wrong-type';
};

const goodOne = (kind: string): Good => {
  const one = good[kind];
  if (one === undefined) throw new Error(`There is no ${kind}.`);
  return one;
};

const findings = (kind: string, reply: Reply): ReturnType<Judge['response']> =>
  made.judge?.response(goodOne(kind), reply) ?? [];

const seeds = Array.from({ length: 30 }, (_none, seed) => seed * 7_919);

describe.each(kinds)('the answer of %s', (kind) => {
  test('is good before it is spoilt', () => {
    expect(findings(kind, goodOne(kind).reply)).toEqual([]);
  });

  test.each(violations)('with %s breaks the contract, which the judge sees', (violation) => {
    const { reply } = goodOne(kind);
    for (const seed of seeds) {
      const spoilt = spoil(reply, { kind: 'body', body: 'violating', violation }, seed);
      expect(spoilt !== undefined).toBe(applies(violation, kind));
      if (spoilt === undefined) continue;
      const [found] = findings(kind, spoilt.reply);
      const severity = violation === 'extra-field' ? 'information' : 'error';
      expect(spoilt.words).toMatch(/^body violates the contract: ".+" is /);
      expect(found).toMatchObject({ severity });
      expect(found?.location.slice(0, 2)).toEqual(['response', 'body']);
    }
  });

  test.each(['truncated', 'malformed'] as const)('%s is no JSON', (body) => {
    const spoilt = spoil(goodOne(kind).reply, { kind: 'body', body }, 1);
    expect(findings(kind, spoilt?.reply ?? goodOne(kind).reply)).toMatchObject([
      { code: 'invalid-json' },
    ]);
  });
});

test('chance picks the violation where none is named, and repeats itself', () => {
  const { reply } = goodOne('retrieve');
  const wordsOf = (): readonly (string | undefined)[] =>
    seeds.map(
      (seed) => spoil(reply, { kind: 'body', body: 'violating', violation: null }, seed)?.words,
    );
  expect(wordsOf()).toEqual(wordsOf());
  for (const words of ['is missing', 'is 4711', 'is "lost"', 'is no field']) {
    expect(wordsOf().some((one) => one?.includes(words))).toBe(true);
  }
});

test('chance picks only what the answer can break', () => {
  const { reply } = goodOne('invalid input');
  for (const seed of seeds) {
    const spoilt = spoil(reply, { kind: 'body', body: 'violating', violation: null }, seed);
    expect(spoilt?.words).toMatch(/ is 4711$/);
  }
});

test('chance reaches every field of every invitation of a page', () => {
  const [first, second] = [
    { id: 1, state: 'sent' },
    { id: 2, state: 'sent' },
  ];
  const page = replyJson(200, { count: 2, results: [first, second] });
  const effect = { kind: 'body', body: 'violating', violation: 'missing-field' } as const;
  expect(new Set(seeds.map((seed) => spoil(page, effect, seed)?.reply.body))).toEqual(
    new Set(
      [
        [{ state: 'sent' }, second],
        [{ id: 1 }, second],
        [first, { state: 'sent' }],
        [first, { id: 2 }],
      ].map((results) => JSON.stringify({ count: 2, results })),
    ),
  );
});

test('an answer without a body cannot be spoilt', () => {
  expect(
    spoil({ status: 204, headers: {} }, { kind: 'body', body: 'truncated' }, 1),
  ).toBeUndefined();
});

test.each([
  ['null', 'extra-field'],
  ['7', 'extra-field'],
  ['[]', 'extra-field'],
  ['{}', 'missing-field'],
  ['{}', 'wrong-type'],
  ['{}', 'unknown-state'],
] as const)('a body of %s has nothing to break with %s', (body, violation) => {
  const reply = { status: 200, headers: {}, body };
  expect(spoil(reply, { kind: 'body', body: 'violating', violation }, 1)).toBeUndefined();
});

type BodyEffect = Parameters<typeof spoil>[1];

const violating = (violation: Violation): BodyEffect => ({
  kind: 'body',
  body: 'violating',
  violation,
});

const contract = 'body violates the contract:';

test.each<[string, BodyEffect, string, string]>([
  ['{"count":1}', { kind: 'body', body: 'truncated' }, '{"cou', 'body truncated'],
  ['{"count":1}', { kind: 'body', body: 'malformed' }, '{,"count":1}', 'body malformed: "{,"'],
  ['{"count":1}', violating('missing-field'), '{}', `${contract} "count" is missing`],
  ['{"count":1}', violating('wrong-type'), '{"count":"a text"}', `${contract} "count" is "a text"`],
  ['{"id":"x"}', violating('wrong-type'), '{"id":4711}', `${contract} "id" is 4711`],
  [
    '{"state":"sent"}',
    violating('unknown-state'),
    '{"state":"lost"}',
    `${contract} "state" is "lost"`,
  ],
  [
    '{"count":1}',
    violating('extra-field'),
    '{"count":1,"unheard_of":true}',
    `${contract} "unheard_of" is no field of the contract`,
  ],
  [
    '{"results":[]}',
    violating('extra-field'),
    '{"results":[],"unheard_of":true}',
    `${contract} "unheard_of" is no field of the contract`,
  ],
  [
    '{"results":[{"id":"x"}]}',
    violating('missing-field'),
    '{"results":[{}]}',
    `${contract} "results.0.id" is missing`,
  ],
])('%s with %j becomes %s', (body, effect, spoiltBody, words) => {
  const reply = { status: 200, headers: { allow: 'GET' } };
  expect(spoil({ ...reply, body }, effect, 1)).toStrictEqual({
    reply: { ...reply, body: spoiltBody },
    words,
  });
});

test('a spoilt refusal keeps its rule, and nothing that was made of the body it had', () => {
  const text = '{"detail":"No."}';
  const reply = { status: 404, headers: {}, body: text, rule: 'errors.not-found-detail' } as const;
  const kept = { bytes: Buffer.from(text), fragment: { text } };
  const spoilt = spoil({ ...reply, ...kept }, { kind: 'body', body: 'truncated' }, 1);
  expect(spoilt?.reply).toStrictEqual({ ...reply, body: '{"detail' });
});

test.each([
  ['report', fake],
  ['enforce', enforcing],
])(
  'with --validation %s it goes out as it was asked for, with what the judge says',
  async (_mode, there) => {
    const faults = '/_mock/sandboxes/default/faults';
    const fault = {
      operations: ['invitations_list'],
      body: 'violating',
      violation: 'unknown-state',
    };
    await there.ask('PUT', faults, { json: { faults: [fault] } });
    const answer = await there.ask('GET', invitations, {
      as: there.server.credentials.apiKeys.OWNER,
    });
    expect(answer.status).toBe(200);
    expect(listOf(answer.json, 'results')).toContainEqual(
      expect.objectContaining({ state: 'lost' }),
    );
    expect(answer.headers['sl-violations']).toContain('"code":"enum"');
    const { json } = await there.ask('GET', '/_mock/traffic?limit=1');
    expect(listOf(json, 'exchanges')[0]).toMatchObject({
      fault: '1',
      fault_effect: expect.stringMatching(
        /^body violates the contract: "results\.\d+\.state" is "lost"$/,
      ),
      response: { status: 200, body: answer.text },
      findings: [{ code: 'enum' }],
    });
  },
);

test('with --validation enforce a planted status stays what it is', async () => {
  const faults = '/_mock/sandboxes/default/faults';
  await enforcing.ask('PUT', faults, { json: { faults: [{ status: 502 }] } });
  const { status, headers } = await enforcing.ask('GET', invitations);
  expect(status).toBe(502);
  expect(headers['sl-violations']).toContain('undocumented-status');
});
