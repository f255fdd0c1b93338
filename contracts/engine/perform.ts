// One check, made to its end: once more where the way to the target failed, and blamed for its own rule alone.
import { setTimeout as sleep } from 'node:timers/promises';
import { isDocumented } from '../catalog.ts';
import { toCurrent, type Current } from '../kit/current.ts';
import type { Kit } from '../kit/kit.ts';
import { NotExercised } from '../not-exercised.ts';
import { CouldNotRun, Lost, NotArranged, Unreadable } from './could-not-run.ts';
import type { Check } from './check.ts';
import type { Contract } from './contract.ts';
import { toLooking } from './edition.ts';
import type { CheckEnded, Fault } from './events.ts';
import { harmlessAs, operationOf } from './repeating.ts';
import { answerRule } from '../../spec/rule-of-finding.ts';
import type { Running } from './running.ts';
import type { CheckVerdict } from './verdict.ts';

const tries = 3;
/** Of what is lost at the same place each time: seldom enough by chance. */
export const steadyTries = 5;
const firstPauseMs = 200;
/** Made once more because it was found out that writes show late. */
export const lateTries = 2;

type Outcome = Pick<CheckEnded, 'verdict' | 'message' | 'faults'>;

export const fileOf = ({ name }: Contract): string => `contracts/checks/${name}.contract.ts`;

const failed = ({ rule }: Current): CheckVerdict =>
  isDocumented(rule) ? 'violation' : 'divergence';

const textOf = ({ message, exchange }: Fault): string =>
  [exchange?.text ?? '', message].filter((part) => part !== '').join('\n');

/** A list of what is wrong, each exchange once. */
const describe = (message: string, faults: readonly Fault[], last: string): string => {
  const byExchange = new Map<string, string[]>(last === '' ? [] : [[last, []]]);
  const alone: string[] = [];
  for (const fault of faults) {
    const text = fault.exchange?.text;
    if (text === undefined) alone.push(textOf(fault));
    else byExchange.set(text, [...(byExchange.get(text) ?? []), fault.message]);
  }
  const exchanges = [...byExchange].map(([text, found]) => [text, ...found].join('\n'));
  return [message, ...exchanges, ...alone].join('\n\n').trim();
};

const byFaults = (check: Current): Outcome => ({
  verdict: failed(check),
  message: describe('An answer breaks the spec', check.faults, ''),
  faults: check.faults,
});

const byError = (check: Current, error: unknown): Outcome => {
  const message = error instanceof Error ? error.message : String(error);
  const { exchange, last } = check.log;
  const fault: Fault = { rule: check.rule.id, message, exchange, finding: undefined };
  return {
    verdict: failed(check),
    message: describe(message, check.faults, message.includes('curl -i') ? '' : last()),
    faults: [fault, ...check.faults],
  };
};

const without = (verdict: CheckVerdict, message: string): Outcome => ({
  verdict,
  message,
  faults: [],
});

/** What could not be made is the business of the rule that says it can be. */
const byArrangement = (check: Current, error: NotArranged, run: Running): Outcome => {
  const { answer, isDue, message } = error;
  const rule = answerRule(answer.exchange.operation);
  if (rule === check.rule.id) return byError(check, error);
  const { exchange } = answer;
  // A refusal that the judge has words for is told by them.
  if (isDue && rule !== undefined) {
    run.elsewhere.push({ rule, message, exchange, finding: undefined });
  }
  return without('could not run', message);
};

/** Whichever check asked for it first, where several share what it was to give. */
const isBlamedElsewhere = ({ rule }: Current, { answer: { exchange } }: Unreadable): boolean =>
  answerRule(exchange.operation) !== rule.id &&
  exchange.findings.some((finding) => finding.rule !== rule.id);

const isOfRun = (error: unknown): boolean =>
  error instanceof NotExercised || error instanceof CouldNotRun;

const toOutcome = (check: Current, error: unknown, run: Running): Outcome => {
  if (error === undefined) {
    return check.faults.length > 0 ? byFaults(check) : without('passed', '');
  }
  const { refused } = check.log;
  const isOfRefused = refused !== undefined && (error instanceof NotArranged || !isOfRun(error));
  if (check.faults.length > 0) return isOfRefused ? byFaults(check) : byError(check, error);
  if (isOfRefused) return without('not exercised', refused);
  if (error instanceof NotExercised) return without('not exercised', error.message);
  if (error instanceof NotArranged) return byArrangement(check, error, run);
  if (error instanceof CouldNotRun) return without('could not run', error.message);
  if (error instanceof Unreadable && isBlamedElsewhere(check, error)) {
    return without('could not run', `${error.message}. That is told by another rule.`);
  }
  return byError(check, error);
};

/** Noted as the answer that it is, so that an operation which only ever fails is told from a target that is gone. */
const answersOther = async ({ line, outages, settings }: Running): Promise<boolean> => {
  for (const asked of harmlessAs(toLooking(settings, line).authorization)) {
    const reply = await line(asked).catch(() => undefined);
    if (reply === undefined) continue;
    outages.note(operationOf(asked));
    return true;
  }
  return false;
};

/** What is lost each time while something else is answered is no weather: the operation fails for what it is asked. */
const bySteadyLoss = (check: Current, error: Lost, run: Running): Outcome => {
  const { operation = '', exchange } = error.place ?? {};
  const rule = answerRule(operation);
  const message = `${operation} failed ${steadyTries} times in a row at this, while others were answered: ${error.message}`;
  if (rule === check.rule.id) return byError(check, new Error(message));
  run.elsewhere.push({ rule, message, exchange, finding: undefined });
  return without('could not run', message);
};

/** Writes that show later than was known may be why it failed. */
const mayBeLate = ({ faults, log }: Current, error: unknown): boolean =>
  (error !== undefined || faults.length > 0) &&
  log.refused === undefined &&
  (error instanceof NotArranged || !isOfRun(error));

export type Performing = { readonly kit: Kit; readonly run: Running; readonly signal: AbortSignal };

export const perform = async (check: Check, { kit, run, signal }: Performing): Promise<Outcome> => {
  let [steady, late] = ['', 0];
  for (let time = 1; ; time += 1) {
    const current = toCurrent(check);
    const lagBefore = run.lag.ms;
    let error: unknown;
    let isLate = false;
    try {
      await kit.runAs(current, check.body);
    } catch (thrown) {
      error = thrown;
    } finally {
      if (mayBeLate(current, error) && late < lateTries && !signal.aborted) {
        isLate = await kit.findsLate(current, lagBefore);
      }
      await run.made.clear(current.scope);
    }
    if (isLate) {
      [late, time] = [late + 1, time - 1];
      continue;
    }
    if (!(error instanceof Lost) || signal.aborted) return toOutcome(current, error, run);
    // One of many of an operation that is lost, now this and now that, is lost by chance.
    const place = error.place === undefined ? '' : `${error.place.operation} ${error.place.time}`;
    const isSame = time === 1 || place === steady;
    steady = isSame && (await answersOther(run)) ? place : '';
    if (steady !== '' && time === steadyTries) return bySteadyLoss(current, error, run);
    if (steady === '' && time >= tries) return toOutcome(current, error, run);
    await sleep(firstPauseMs * time);
  }
};
