// Runs of the suites against deployments behind gateways: what stands before an API is told apart from the API.
import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, jest, test } from '@jest/globals';
import { runContracts } from './engine/run.ts';
import { isFailure } from './engine/verdict.ts';
import { authority, clientIdentity, serverIdentity } from './gateway/certificates.suite.ts';
import { startGateway, type GatewayOptions, type Habit } from './gateway/gateway.suite.ts';
import {
  answers,
  compresses,
  every,
  everyNthOf,
  html,
  isMethod,
  json,
  only,
  refusesDomains,
  rewrites,
  strips,
  throttles,
  wants,
} from './gateway/habits.suite.ts';
import { exitCodeOf } from './result.ts';
import type { Target } from './target.ts';
import { startFake } from './targets/fake.ts';
import { toRemote } from './targets/remote.ts';

jest.setTimeout(120_000);

let fake: Target;
beforeAll(async () => {
  fake = await startFake({}, { validation: 'off' });
});
afterAll(() => fake.close());

const folder = mkdtempSync(join(tmpdir(), 'deployments-'));
const file = (name: string, content: string): string => {
  writeFileSync(join(folder, name), content);
  return join(folder, name);
};

type Env = Readonly<Record<string, string>>;

const run = async (options: GatewayOptions, env: Env = {}, { signal } = new AbortController()) => {
  const gateway = await startGateway(fake.env['CONTRACT_TARGET'] ?? '', options);
  try {
    const target = toRemote(gateway.url, {
      CONTRACT_YES: '1',
      ...fake.env,
      CONTRACT_RUNS: '0',
      ...env,
    });
    const { result, events } = await runContracts({ target, signal, warn: () => undefined });
    const of = (verdict: string): readonly string[] => [
      ...new Set(
        result.checks.filter((check) => check.verdict === verdict).map(({ rule }) => rule),
      ),
    ];
    return {
      code: exitCodeOf(result),
      violated: of('violation'),
      diverging: of('divergence'),
      passed: of('passed'),
      lost: of('could not run'),
      failures: result.checks.filter(({ verdict }) => isFailure(verdict)),
      causes: events
        .filter((event) => event.kind === 'cause found')
        .map(({ sentence }) => sentence)
        .toSorted(),
      asked: gateway.asked,
    };
  } finally {
    await gateway.close();
  }
};

const create = { CONTRACT_ONLY: 'list.unknown-parameter,create.inviter' };

test('a gateway that wants a header of its own gets it', async () => {
  const habits = [wants('X-Team', 'qa')];
  expect(await run({ habits }, { ...create, CONTRACT_HEADER: 'X-Team: qa' })).toMatchObject({
    code: 0,
    passed: ['create.inviter', 'list.unknown-parameter'],
  });
});

test('a demand for a certificate is told, and --cert and --key meet it', async () => {
  const tls = { ...serverIdentity, ca: authority, requestCert: true };
  const ca = { ...create, CONTRACT_CA: file('ca.pem', authority) };
  await expect(run({ tls }, create)).rejects.toThrow('--ca FILE');
  await expect(run({ tls }, ca)).rejects.toThrow('--cert FILE and --key FILE');
  const identity = {
    CONTRACT_CERT: file('cert.pem', clientIdentity.cert),
    CONTRACT_KEY: file('key.pem', clientIdentity.key),
  };
  expect(await run({ tls }, { ...ca, ...identity })).toMatchObject({ code: 0 });
});

test('links with http behind https diverge from the rule about links, once', async () => {
  const ca = { CONTRACT_CA: file('links.pem', authority) };
  const some = { CONTRACT_ONLY: 'linked,list.answer,pages.next,create.answer,retrieve.answer' };
  const { failures } = await run({ tls: serverIdentity }, { ...some, ...ca });
  expect(failures.map(({ rule, verdict }) => [rule, verdict])).toEqual([
    ['linked.same-origin', 'divergence'],
  ]);
});

test.each(['next', 'url', 'inviter'])(
  'a doubled slash in %s diverges from the rule about links, once',
  async (field) => {
    const doubled = (text: string): string =>
      text.replaceAll(new RegExp(`("${field}":"http://[^/]+)/`, 'g'), '$1//');
    const { failures } = await run(
      { habits: [rewrites(doubled)] },
      { CONTRACT_ONLY: 'linked.same-origin,pages.next,create.answer' },
    );
    expect(failures.map(({ rule, verdict }) => [rule, verdict])).toEqual([
      ['linked.same-origin', 'divergence'],
    ]);
  },
);

test('compressed answers are read', async () => {
  expect(await run({ habits: [compresses('br')] }, create)).toMatchObject({ code: 0 });
});

test('a stripped Allow diverges from the rules about it, and from no other', async () => {
  const { violated, diverging } = await run(
    { habits: [strips('allow')] },
    { CONTRACT_ONLY: 'list,headers,errors' },
  );
  expect(violated).toEqual([]);
  expect(
    diverging.filter((rule) => !['headers.allow', 'errors.allowed-methods'].includes(rule)),
  ).toEqual([]);
  expect(diverging).toContain('headers.allow');
});

const refusesAll = (status: number, words: unknown): Habit =>
  only(isMethod('POST'), answers(json(status, words)));

const wrongKey = { ...create, CONTRACT_AUTH_OWNER: 'Api-Key wrong' };
const domains = ['example.com', 'example.org', 'example.net'];
const domain = 'CONTRACT_EMAIL_DOMAIN';

test.each<[string, Habit, Env, string]>([
  ['takes no address at example.com', refusesDomains(...domains), {}, domain],
  ['says so in a list', refusesAll(400, ['No such domain.']), {}, domain],
  ['says so of no field', refusesAll(400, { non_field_errors: ['No domain.'] }), {}, domain],
  ['forbids it', refusesAll(403, { detail: 'Domain not allowed.' }), {}, domain],
  [
    'is a gateway that refuses everything',
    answers(html(403, 'Forbidden')),
    create,
    'did not answer',
  ],
  ['knows no such key', strips('none'), wrongKey, 'CONTRACT_AUTH_OWNER'],
])('a deployment that %s is told before the run', async (_title, habit, env, sentence) => {
  await expect(run({ habits: [habit] }, env)).rejects.toThrow(sentence);
});

test('what several checks share and could not be made is no longer in their way', async () => {
  const accepted: Habit = async (asked, next) => {
    const passed = await next(asked);
    return typeof passed === 'object' && passed.status === 201
      ? { ...passed, status: 202 }
      : passed;
  };
  const some = 'create.answer,authentication.challenge,scope.accept-without,linked.membership';
  const { asked, causes } = await run({ habits: [accepted] }, { CONTRACT_ONLY: some });
  expect(causes).toEqual(['invitations_create answers 202 where 201 is due']);
  const invitee = fake.env['CONTRACT_INVITEE_EMAIL'] ?? '';
  const claims = asked.filter(({ method, body }) => method === 'POST' && body.includes(invitee));
  expect(claims.length).toBeGreaterThan(1);
  expect(claims.length).toBeLessThan(60);
});

test('a DELETE that always fails is a violation, of which one cause is told', async () => {
  const habits = [only(isMethod('DELETE'), answers(html(500, 'Oops')))];
  const { code, causes } = await run({ habits }, { CONTRACT_ONLY: 'destroy,update.address-taken' });
  expect(code).toBe(1);
  expect(causes).toHaveLength(1);
});

const hourMs = 3_600_000;
test('who throttles for ever does not keep a run from being interrupted', async () => {
  const controller = new AbortController();
  const throttled = throttles(new Date(Date.now() - hourMs).toUTCString());
  let asked = 0;
  const habits = [
    (...it: Parameters<typeof throttled>) => {
      asked += 1;
      if (asked === 2) controller.abort();
      return throttled(...it);
    },
  ];
  await expect(run({ habits }, { CONTRACT_TIMEOUT: '60000' }, controller)).rejects.toThrow(
    'interrupted',
  );
  expect(asked).toBe(2);
});

test('a 429 that does not say when is told once, under the rule about it', async () => {
  const habits = [only(every(10), throttles())];
  const only429 = { CONTRACT_ONLY: 'list.filter-by-role,errors.retry-after' };
  const { failures, lost } = await run({ habits }, only429);
  expect(failures.map(({ rule }) => rule)).toEqual(['errors.retry-after']);
  expect(lost).toEqual([]);
});

test('a page of users that went away while others were removed is read once more', async () => {
  let isFirst = true;
  const goesOnce: Habit = (asked, next) => {
    const isMeant = isFirst && asked.path.startsWith('/api/v1/users/?ordering=');
    if (isMeant) isFirst = false;
    return isMeant ? Promise.resolve(json(404, { detail: 'Invalid page.' })) : next(asked);
  };
  const { code, failures } = await run({ habits: [goesOnce] }, { CONTRACT_ONLY: 'users.ordering' });
  expect(failures).toEqual([]);
  expect([code, isFirst]).toEqual([0, false]);
});

test('a field that gets lost now and then, and a failure now and then, are two causes', async () => {
  const isResend = ({ path }: { path: string }) => path.endsWith('/resend/');
  const habits = [
    everyNthOf(
      3,
      isMethod('PATCH'),
      rewrites((text) => text.replace(/"state_detail":\s*"[^"]*",?/, '')),
    ),
    everyNthOf(4, isResend, answers(html(503, 'Out of order'))),
  ];
  const both = { CONTRACT_ONLY: 'partial-update.answer,invitations_resend_create' };
  const { code, causes } = await run({ habits }, both);
  expect(code).toBe(1);
  expect(causes).toEqual([
    expect.stringContaining('"state_detail" is missing'),
    expect.stringContaining('invitations_resend_create'),
  ]);
});
