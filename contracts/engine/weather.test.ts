// What is lost on the way to a deployment is no violation, every wait has an end, and an operation that keeps failing is broken.
import { afterAll, describe, expect, jest, test } from '@jest/globals';
import { lost, startGateway, type GatewayRequest, type Habit } from '../gateway/gateway.suite.ts';
import {
  answers,
  everyNthOf,
  hangs,
  html,
  json,
  lags,
  limits,
  loses,
  only,
  shiftsClock,
  throttles,
  throttlesByDate,
} from '../gateway/habits.suite.ts';
import { toInvitation } from '../invitation.ts';
import { exitCodeOf } from '../result.ts';
import type { Target } from '../target.ts';
import { startFake } from '../targets/fake.ts';
import { toRemote } from '../targets/remote.ts';
import { NoAnswer } from './could-not-run.ts';
import { runContracts, type Run } from './run.ts';
import { createTransport, type Transport } from './transport.ts';

jest.setTimeout(180_000);

const fakes: Target[] = [];
// They wait most of the time: several at once, each on a fake of its own.
const openFake = async (): Promise<Target> => {
  const fake = await startFake({}, { validation: 'off' });
  fakes.push(fake);
  return fake;
};
afterAll(() => Promise.all(fakes.map((fake) => fake.close())));

const hour = 3_600_000;

const run = async (
  habits: readonly Habit[],
  env: Readonly<Record<string, string>>,
  given?: Target,
  by: Partial<Pick<Run, 'transport'>> = {},
) => {
  const through = given ?? (await openFake());
  const gateway = await startGateway(through.env['CONTRACT_TARGET'] ?? '', { habits });
  const target = toRemote(gateway.url, { ...through.env, CONTRACT_RUNS: '1', ...env });
  const { signal } = new AbortController();
  const warnings: string[] = [];
  try {
    const { result } = await runContracts({
      target,
      signal,
      warn: (it) => warnings.push(it),
      ...by,
    });
    const of = (verdict: string): readonly string[] =>
      result.checks.filter((check) => check.verdict === verdict).map(({ rule }) => rule);
    return { code: exitCodeOf(result), of, warnings, asked: gateway.asked.length };
  } catch (error) {
    const asked = gateway.asked.length;
    return { code: 2, of: () => [], warnings, asked, error: String(error) };
  } finally {
    await gateway.close();
  }
};

const at = '/api/v1/invitations/';

const isCreate = ({ method, path }: GatewayRequest): boolean => method === 'POST' && path === at;

describe('no violation and no check lost where', () => {
  test.concurrent.each<readonly [string, readonly Habit[], string]>([
    [
      'every 40th answer is a 502 of a gateway',
      [everyNthOf(40, () => true, answers(html(502, 'Bad')))],
      'create,resend',
    ],
    ['every 40th connection is closed', [everyNthOf(40, () => true, loses)], 'create,resend'],
    ['a new invitation shows only after 700 ms', [lags(700)], 'create.answer'],
    [
      'a new invitation shows later than the first ones did',
      [lags(300, 300, 300, 300, 900)],
      'create.answer',
    ],
    [
      'a 429 names a time by a clock an hour ahead',
      [shiftsClock(hour), throttlesByDate(30, 2_000, hour)],
      'create.answer',
    ],
  ])('%s', async (_title, habits, topics) => {
    const { code, of } = await run(habits, { CONTRACT_ONLY: topics });
    expect([...of('violation'), ...of('divergence'), ...of('could not run')]).toEqual([]);
    expect(code).toBe(0);
  });
});

test.concurrent('writes that begin to show late in the middle of a run are waited for, and that is told', async () => {
  const begins = lags(...Array.from({ length: 4 }, () => 0), 300);
  const { code, of, warnings } = await run([begins], { CONTRACT_ONLY: 'create.answer' });
  expect([...of('violation'), ...of('divergence'), ...of('could not run')]).toEqual([]);
  expect(code).toBe(0);
  expect(warnings).toEqual([expect.stringMatching(/late by now, after up to \d+ ms/)]);
});

test.concurrent('a page of a gateway that refuses a body for its size is nobody’s breach', async () => {
  const small = only(({ body }) => body.length > 10_000, answers(html(413, 'Too large')));
  const { code, of } = await run([small], { CONTRACT_ONLY: 'errors.body-too-large' });
  expect(new Set(of('not exercised'))).toEqual(new Set(['errors.body-too-large']));
  expect([...of('violation'), ...of('divergence'), ...of('could not run')]).toEqual([]);
  expect(code).toBe(2);
});

test.concurrent('a target that answers 503 under load is asked more slowly, and all checks are made', async () => {
  const { code, of, warnings } = await run([limits(60, html(503, 'Busy'))], {
    CONTRACT_ONLY: 'create,resend',
  });
  expect([...of('violation'), ...of('divergence'), ...of('could not run')]).toEqual([]);
  expect(code).toBe(0);
  expect(warnings.length).toBeLessThan(2);
});

test.concurrent('a refusal of a gateway now and then is asked for again', async () => {
  const refuses = everyNthOf(20, () => true, answers(html(403, 'Forbidden')));
  const { code, of } = await run([refuses], { CONTRACT_ONLY: 'create.answer,roles.who-invites' });
  expect([...of('violation'), ...of('divergence'), ...of('could not run')]).toEqual([]);
  expect(code).toBe(0);
});

test.concurrent('a way that loses every second request ends the run with a sentence', async () => {
  const loses = everyNthOf(2, () => true, answers(html(502, 'Bad')));
  const { code, error } = await run([loses], { CONTRACT_ONLY: 'create,resend' });
  expect(error).toMatch(/The way to the target loses \d+ of 60 requests, .* an HTML page/);
  expect(code).toBe(2);
});

test.concurrent('a 429 to everything with a time that is past ends the run, after a few requests', async () => {
  const past = new Date(Date.now() - hour).toUTCString();
  const { code, asked, error } = await run([throttles(past)], { CONTRACT_TIMEOUT: '2s' });
  expect(error).toContain('the target throttles');
  expect(asked).toBeLessThan(50);
  expect(code).toBe(2);
});

test.concurrent('a role that is lost in the middle of a run is told by name, and nothing is accused', async () => {
  const fake = await openFake();
  const owner = fake.env['CONTRACT_AUTH_OWNER'];
  const demoted = only(
    ({ number, headers }) => number > 40 && headers['authorization'] === owner,
    answers(json(403, { detail: 'Not yours.' })),
  );
  const { code, error } = await run([demoted], { CONTRACT_ONLY: 'resend' }, fake);
  expect(error).toMatch(/CONTRACT_AUTH_OWNER, .* worked at the start and is refused now/);
  expect(code).toBe(2);
});

test.concurrent('an API that goes in the middle of a run is told as gone, and nothing is accused', async () => {
  const gone = only(({ number }) => number > 40, answers(html(404, 'default backend')));
  const { code, error } = await run([gone], { CONTRACT_ONLY: 'resend', CONTRACT_TIMEOUT: '1s' });
  expect(error).toMatch(/The API was there at the start and is gone now: .* answers 404/);
  expect(code).toBe(2);
});

/** What the OWNER sees of the address that exists once. */
const inviteeOf = (target: Target) => {
  const email = target.env['CONTRACT_INVITEE_EMAIL'] ?? '';
  const base = `${target.env['CONTRACT_TARGET'] ?? ''}${at}`;
  const headers = {
    authorization: target.env['CONTRACT_AUTH_OWNER'] ?? '',
    'content-type': 'application/json',
  };
  const body = JSON.stringify({ email, role: 'VIEWER' });
  return {
    email,
    invite: async (): Promise<string | undefined> =>
      toInvitation(await (await fetch(base, { method: 'POST', headers, body })).json())?.id,
    listed: async () =>
      (await fetch(`${base}?email=${encodeURIComponent(email)}`, { headers })).json(),
    remove: (id: string) => fetch(`${base}${id}/`, { method: 'DELETE', headers }),
  };
};

test.concurrent('an invitation whose first answer was lost is removed from an address that exists once', async () => {
  const fake = await openFake();
  const invitee = inviteeOf(fake);
  let isFirst = true;
  const losesFirst: Habit = async (asked, next) => {
    const passed = await next(asked);
    const isLost =
      isFirst && asked.method === 'POST' && asked.body.toString().includes(invitee.email);
    if (isLost) isFirst = false;
    return isLost ? lost : passed;
  };
  const { of } = await run([losesFirst], { CONTRACT_ONLY: 'accept.answer' }, fake);
  expect(isFirst).toBe(false);
  expect(of('violation')).toEqual([]);
  expect(await invitee.listed()).toMatchObject({ count: 0 });
});

test.concurrent('what another run has at that address is left alone, also after a lost answer', async () => {
  const fake = await openFake();
  const invitee = inviteeOf(fake);
  let claims = 0;
  let other: string | undefined;
  const habit: Habit = async (asked, next) => {
    const isClaim = asked.method === 'POST' && asked.body.toString().includes(invitee.email);
    if (isClaim) claims += 1;
    if (isClaim && claims === 2) return lost;
    const passed = await next(asked);
    if (asked.method === 'DELETE' && claims === 1) other ??= await invitee.invite();
    return passed;
  };
  await run([habit], { CONTRACT_ONLY: 'accept.answer', CONTRACT_TIMEOUT: '1s' }, fake);
  expect(claims).toBeGreaterThan(2);
  expect(await invitee.listed()).toMatchObject({ count: 1, results: [{ id: other }] });
  await invitee.remove(other ?? '');
});

test.concurrent('an operation that keeps failing is broken, and nothing else is', async () => {
  const resends = everyNthOf(4, ({ path }) => path.endsWith('/resend/'), answers(html(503, 'No')));
  const { code, of } = await run([resends], { CONTRACT_ONLY: 'resend' });
  expect([...new Set(of('violation'))]).toEqual(['resend.answer']);
  expect(code).toBe(1);
});

describe('what fails each time, while others are answered, is a violation of its operation:', () => {
  test.concurrent.each<readonly [string, string, Habit, string]>([
    ['resends that hang', 'resend', only(({ path }) => path.endsWith('/resend/'), hangs), ''],
    ['creates that hang', 'create.answer', only(isCreate, hangs), ''],
    [
      'one page that a gateway answers, of many',
      'pages.zero-or-negative',
      only(({ path }) => path.includes('page=0'), answers(html(502, 'Bad'))),
      'list.answer',
    ],
  ])('%s', async (_title, topics, habit, rule) => {
    const { code, of } = await run([habit], { CONTRACT_ONLY: topics, CONTRACT_TIMEOUT: '1s' });
    const due = rule === '' ? `${topics.split('.', 1).join()}.answer` : rule;
    expect([...new Set([...of('violation'), ...of('divergence')])]).toEqual([due]);
    expect(code).toBe(1);
  });
});

test.concurrent('large bodies that are cut off are no outage', async () => {
  const whole = createTransport();
  const cuts: Transport = async (message, sending) => {
    if ((message.body?.text.length ?? 0) > 100_000) throw new NoAnswer('It was cut off.');
    return whole(message, sending);
  };
  const env = { CONTRACT_ONLY: 'errors.body-too-large' };
  const { of } = await run([], env, undefined, { transport: cuts });
  expect(new Set(of('not exercised'))).toEqual(new Set(['errors.body-too-large']));
  expect([...of('violation'), ...of('could not run')]).toEqual([]);
});
