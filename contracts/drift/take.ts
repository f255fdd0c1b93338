// Takes one step on both targets at once, and keeps for the steps after it what its answers show.
import { parse } from '../engine/reply.ts';
import { setTimeout as sleep } from 'node:timers/promises';
import { isRecord } from '../invitation.ts';
import type { Expectation } from '../sequences/model/command.ts';
import { toKeyHolder } from '../sequences/model/askers.ts';
import { expectationOf, judge } from '../sequences/model/expect.ts';
import type { Claim, Model } from '../sequences/model/model.ts';
import { isRole, isRuleId, type RuleId } from '../../spec/vocabulary.ts';
import { list, on } from '../sequences/build-step.ts';
import { toStepPair, type Both, type StepPair } from './difference.ts';
import { idFor, perform, remember, type Exchange, type Session, type Side } from './side.ts';
import { fieldsOf, isList, isOfAccounts, isOwnList, makes, slotOf } from '../sequences/step.ts';
import type { Asking, Settling, Step } from '../sequences/step.ts';

export type Execution = {
  readonly sessions: Both<Session>;
  readonly answersPending: boolean;
  /** Slots of what was there before. */
  readonly picked: Set<number>;
  /** Nothing is waited for any more once it is aborted. */
  readonly signal: AbortSignal;
};

const stateOf = ({ json }: Exchange): unknown => (isRecord(json) ? json['state'] : undefined);

const toAsking = (step: Step): Asking => {
  if (step.kind === 'ask') return step;
  if (step.kind === 'settle') return on(step.slot, 'invitations_retrieve', step.as);
  return list({ state: step.state }, step.as);
};

/** Asks again and again, less and less often, until the state is one to stop at, or the deadline. */
const poll = async (
  asking: Asking,
  session: Session,
  isEnough: (state: unknown) => boolean,
  signal: AbortSignal,
): Promise<Exchange | undefined> => {
  const id = idFor(asking, session);
  if (id === undefined) return undefined;
  const deadline = performance.now() + session.side.settings.timeoutMs;
  for (let pauseMs = 10; ; pauseMs = Math.min(pauseMs * 1.5, 500)) {
    const exchange = await perform(asking, id, session);
    const isLate = signal.aborted || performance.now() + pauseMs > deadline;
    if (isLate || exchange.reply?.status !== 200 || isEnough(stateOf(exchange))) return exchange;
    await sleep(pauseMs);
  }
};

/** The deployment is waited for until it says what the fake says. */
const settle = async (
  { slot, as }: Settling,
  { sessions, signal }: Execution,
): Promise<Both<Exchange> | undefined> => {
  const asking = on(slot, 'invitations_retrieve', as);
  const fake = await poll(asking, sessions.fake, (state) => state !== 'pending', signal);
  if (fake === undefined) return undefined;
  const isSame = (state: unknown): boolean => state === stateOf(fake);
  const deployment = await poll(asking, sessions.deployment, isSame, signal);
  return deployment === undefined ? undefined : { fake, deployment };
};

const ask = async (
  asking: Asking,
  { sessions }: Execution,
): Promise<Both<Exchange> | undefined> => {
  const ids = {
    fake: idFor(asking, sessions.fake),
    deployment: idFor(asking, sessions.deployment),
  };
  if (ids.fake === undefined || ids.deployment === undefined) return undefined;
  const [fake, deployment] = await Promise.all([
    perform(asking, ids.fake, sessions.fake),
    perform(asking, ids.deployment, sessions.deployment),
  ]);
  return { fake, deployment };
};

const firstIn = ({ json }: Exchange): unknown => {
  const results = isRecord(json) ? json['results'] : undefined;
  return Array.isArray(results) ? results[0] : undefined;
};

const keepOn = (step: Step, session: Session, exchange: Exchange): void => {
  const kind = step.kind === 'ask' && isOfAccounts(step) ? 'user' : 'invitation';
  const made = makes(step);
  const status = exchange.reply?.status;
  if (made !== undefined && (status === 201 || step.kind === 'pick')) {
    remember(made, step.kind === 'pick' ? firstIn(exchange) : exchange.json, session, kind, true);
  }
  const about = step.kind === 'ask' ? step.on : undefined;
  if (typeof about === 'object' && about.through === undefined && status === 200) {
    remember(about.slot, exchange.json, session, kind, false);
  }
};

/** Undefined where it is the operation's own. */
const ruleInTraffic = async ({ line }: Side, { reply }: Exchange): Promise<RuleId | undefined> => {
  if (reply === undefined) return undefined;
  const path = '/_mock/traffic?limit=10';
  const headers = { accept: 'application/json' };
  const { text } = await line({ method: 'GET', path, headers });
  const told = parse(text);
  const exchanges = isRecord(told) && Array.isArray(told['exchanges']) ? told['exchanges'] : [];
  const own = exchanges.filter(isRecord).find(({ id }) => id === reply.headers['x-request-id']);
  const rule = own?.['rule'];
  const id = isRecord(rule) ? rule['id'] : undefined;
  return typeof id === 'string' && isRuleId(id) ? id : undefined;
};

const sideNames = ['fake', 'deployment'] as const;

/** Whether the message has arrived where it was sent to, on both sides; undefined for what the model does not know. */
const isSettled = (slot: number, { sessions }: Execution): boolean =>
  sideNames.every((side) => sessions[side].model.slots.get(slot)?.states.length === 1);

const isLoose = (asking: Asking, execution: Execution): boolean => {
  const { operation, on: about } = asking;
  if (!operation.startsWith('invitations_') || typeof about !== 'object') return false;
  const isUpdate = /_update$/.test(operation) && fieldsOf(asking)['email'] !== undefined;
  const sends = operation === 'invitations_resend_create' || isUpdate;
  return !isSettled(about.slot, execution) || (sends && !execution.answersPending);
};

const isForeign = (step: Step, asking: Asking, { picked }: Execution): boolean =>
  isList(asking) ? !isOwnList(asking) : picked.has(slotOf(step) ?? 0);

const judgeSide = (expect: Expectation | undefined, { json, reply }: Exchange): readonly Claim[] =>
  expect === undefined || reply === undefined ? [] : judge(expect, { ...reply, json });

/** A new account's key acts as it. */
const noteKey = (step: Step, { reply }: Exchange, { askers }: Model): void => {
  if (step.kind !== 'ask' || !isOfAccounts(step) || reply?.status !== 201) return;
  const key = `<key:${step.makes ?? 0}>` as const;
  const { role = 'VIEWER' } = fieldsOf(step);
  if (isRole(role)) askers.set(key, toKeyHolder(key, role));
};

type Taken = { readonly exchanges: Both<Exchange>; readonly claims: Both<readonly Claim[]> };

const takeJudged = async (step: Step, execution: Execution): Promise<Taken | undefined> => {
  const { sessions, picked } = execution;
  const expectOn = (side: keyof Both<unknown>): Expectation | undefined =>
    expectationOf(step, sessions[side].model, sessions[side].fill);
  const expects = { fake: expectOn('fake'), deployment: expectOn('deployment') };
  const exchanges = await (step.kind === 'settle'
    ? settle(step, execution)
    : ask(toAsking(step), execution));
  if (exchanges === undefined) return undefined;
  if (step.kind === 'pick') picked.add(step.slot);
  const claimsOf = (side: keyof Both<unknown>): readonly Claim[] => {
    keepOn(step, sessions[side], exchanges[side]);
    noteKey(step, exchanges[side], sessions[side].model);
    return judgeSide(expects[side], exchanges[side]);
  };
  return { exchanges, claims: { fake: claimsOf('fake'), deployment: claimsOf('deployment') } };
};

/** What a list shows of our own must not depend on the moment; nor that of which the slot is about to be lost. */
const settleAll = async (execution: Execution, only?: number): Promise<void> => {
  for (const [slot, { isGone, organization }] of execution.sessions.fake.model.slots) {
    if (isGone || slot !== (only ?? slot) || isSettled(slot, execution)) continue;
    const as = organization === 'theirs' ? 'OUTSIDER' : 'OWNER';
    await takeJudged({ kind: 'settle', slot, as }, execution);
  }
};

/** Undefined when there was nothing to ask: the slot holds nothing. */
export const take = async (step: Step, execution: Execution): Promise<StepPair | undefined> => {
  const { sessions } = execution;
  const asking = toAsking(step);
  const made = makes(step);
  if (isOwnList(asking) || made !== undefined) await settleAll(execution, made);
  const circumstances = {
    sessions,
    foreign: isForeign(step, asking, execution),
    loose: step.kind !== 'settle' && isLoose(asking, execution),
  };
  const taken = await takeJudged(step, execution);
  if (taken === undefined) return undefined;
  const { exchanges, claims } = taken;
  const wrong = claims.deployment.filter(({ holds }) => !holds);
  const pair = toStepPair(step, asking, exchanges, { ...circumstances, wrong });
  if (pair.differences.length === 0) return pair;
  const rule = await ruleInTraffic(sessions.fake.side, pair.fake);
  return { ...pair, rule, due: claims.fake[0]?.rule };
};
