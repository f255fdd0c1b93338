// Given sequences, at a fake and at another one behind a gateway: what lags is waited for, and nothing stays without a word.
import { afterEach, expect, test } from '@jest/globals';
import { lost, startGateway, type GatewayRequest, type Habit } from '../gateway/gateway.suite.ts';
import { answers, html, isMethod, json, lags, loses, only } from '../gateway/habits.suite.ts';
import { readSettings } from '../settings.ts';
import { create, createAccount, on } from '../sequences/build-step.ts';
import type { Step } from '../sequences/step.ts';
import { startFake } from '../targets/fake.ts';
import { countAt } from './count.suite.ts';
import { runDrift } from './drift.ts';
import { toSide } from './side.ts';

const { signal } = new AbortController();
const opened: (() => Promise<void>)[] = [];

afterEach(async () => {
  for (const close of opened.splice(0).reverse()) await close();
});

const open = async (habits: readonly Habit[], lagMs = 0) => {
  const targets = [await startFake({}), await startFake({})] as const;
  const [fake, deployment] = targets.map(({ env }) => readSettings(env));
  if (fake === undefined || deployment === undefined) throw new Error('There are two.');
  const gateway = await startGateway(deployment.target, { habits });
  opened.push(...targets.map(({ close }) => close), gateway.close);
  const sides = {
    fake: toSide(fake, signal),
    deployment: toSide({ ...deployment, target: gateway.url }, signal, lagMs),
  };
  return { sides, behind: targets[1] };
};

const compare = async (
  { sides, behind }: Awaited<ReturnType<typeof open>>,
  ...sequences: readonly (readonly Step[])[]
) => {
  const kept: string[] = [];
  const before = await countAt(behind);
  let executions = 0;
  const { found } = await runDrift({
    meeting: {
      ...{ sides, signal, answersPending: false },
      newExecution: () => String((executions += 1)),
      onLeftBehind: ({ left, unseen }) => kept.push(...left.map(({ id }) => id), ...unseen),
    },
    known: [],
    budget: { next: (index) => sequences[index] ?? [], runs: sequences.length, seconds: 60 },
    lost: () => Promise.resolve(undefined),
  });
  const told = found.map(({ operations, difference: { path, deployment } }) => {
    const [first = '', ...others] = operations;
    return [`${first} ${path}: ${deployment}`, ...others].join(', ');
  });
  return { told, kept, isAsBefore: (await countAt(behind)) === before };
};

const nothing = { told: [], kept: [], isAsBefore: true };

test('what was just made is not written to, nor removed, before it shows', async () => {
  const opened = await open([lags(150)], 150);
  const sequences = [[create(1)], [create(1), on(1, 'invitations_destroy')]];
  expect(await compare(opened, ...sequences)).toEqual(nothing);
});

test('an address that may have an invitation is named where nobody can look', async () => {
  const swallows: Habit = async (asked, next) => {
    await next(asked);
    return lost;
  };
  const opened = await open([
    only(isMethod('POST'), swallows),
    only(isMethod('GET'), answers(html(403, 'Forbidden'))),
  ]);
  const { kept } = await compare(opened, [create(1)]);
  expect(kept).toContainEqual(expect.stringMatching(/^drift-1-1@/));
});

test('what fails is told of two operations of a method, and the others show at the first', async () => {
  const isAt =
    (end: string) =>
    ({ method, path }: GatewayRequest) =>
      method === 'POST' && path.endsWith(end);
  const opened = await open([
    only(isAt('/resend/'), answers(json(500, { detail: 'Oops.' }))),
    only(isAt('/accept/'), loses),
    only(isAt('/serviceaccounts/'), answers(json(500, { detail: 'Oops.' }))),
  ]);
  const { told } = await compare(opened, [
    create(1),
    create(2),
    on(1, 'invitations_resend_create'),
    on(2, 'invitations_accept_create'),
    createAccount(3, 'VIEWER'),
  ]);
  expect(told).toEqual([
    'invitations_resend_create status: 500, serviceaccounts_create',
    'invitations_accept_create status: no answer',
  ]);
});
