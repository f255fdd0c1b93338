// One run from start to end: target, preflight, all checks side by side, removal of what is left, result. Whatever happens on
// the way, the target is closed and what was made is removed.
import { CannotRun } from '../../settings/cannot-run.ts';
import { contracts } from '../checks/contracts.ts';
import { readVersion } from '../ledger/ledger.ts';
import type { CheckResult, RunResult } from '../result.ts';
import { toLeftBehind } from '../left-behind.ts';
import { readSettings, type Settings } from '../settings.ts';
import type { Target } from '../target.ts';
import { causesOf } from './causes.ts';
import type { Contract } from './contract.ts';
import type { Event, Listener } from './events.ts';
import { runAll } from './schedule.ts';
import { openSession, rulesWithoutCheck, type Session } from './session.ts';
import type { Transport } from './transport.ts';
import { isFailure } from './verdict.ts';

export type Run = {
  readonly target: Target;
  /** Ends the run early; what it made is removed all the same. */
  readonly signal: AbortSignal;
  readonly warn: (sentence: string) => void;
  readonly listen?: Listener;
  readonly contracts?: readonly Contract[];
  readonly transport?: Transport;
  /** No further than to the first check that fails. */
  readonly isHasty?: boolean;
};

export type Ended = {
  readonly result: RunResult;
  /** All that the run told. */
  readonly events: readonly Event[];
};

/** What failed after a credential ran out, or after the API went, says nothing of the target. */
const refuseExpired = async (session: Session, left: readonly string[]): Promise<void> => {
  const lost = await session.lost().catch(() => undefined);
  if (lost === undefined) return;
  throw new CannotRun([lost, ...left].join('\n'));
};

const performAll = async (
  session: Session,
  settings: Settings,
  { signal, isHasty = false }: Run,
): Promise<void> => {
  let isOver = false;
  await runAll(session.defined, settings, async (defined) => {
    for (const check of defined.checks) {
      if (signal.aborted || isOver) break;
      const { verdict } = await session.perform(check, defined);
      if (isHasty && isFailure(verdict)) isOver = true;
    }
    if (!signal.aborted) await session.leave(defined);
  });
};

/** In the order of their contracts, whichever ended first. */
const inOrder = (checks: readonly CheckResult[], session: Session): readonly CheckResult[] => {
  const places = new Map<string, number>();
  const keyOf = (rule: string, title: string): string => `[${rule}] ${title}`;
  for (const { checks: those } of session.defined) {
    for (const { rule, title } of those) places.set(keyOf(rule.id, title), places.size);
  }
  const placeOf = ({ rule, title }: CheckResult): number =>
    places.get(keyOf(rule, title)) ?? places.size;
  return [...checks].sort((one, other) => placeOf(one) - placeOf(other));
};

/** Of the fake nobody assumes anything: it is made to keep every rule. */
const howJudged = ({ target }: Run, { seed, required, tolerated, strict }: Settings) => ({
  ...{ seed, required, tolerated, strict: strict || target.kind === 'fake' },
  versions: readVersion(),
});

const conduct = async (run: Run): Promise<Ended> => {
  const { target, signal, warn, listen = () => undefined } = run;
  const settings = readSettings(target.env);
  const started = performance.now();
  const startedAt = new Date().toISOString();
  const events: Event[] = [];
  const tell = (event: Event): void => {
    events.push(event);
    listen(event);
  };
  const session = await openSession({
    ...{ settings, signal, warn, name: target.name, listen: tell },
    contracts: run.contracts ?? contracts,
    transport: run.transport,
  });
  const { edition } = session;
  const about = { target: settings.target, name: target.name, edition, startedAt };
  let leftBehind: readonly string[] = [];
  try {
    const checks = session.defined.reduce((sum, one) => sum + one.checks.length, 0);
    tell({ kind: 'started', ...about, checks });
    await performAll(session, settings, run);
    if (!signal.aborted) await session.elsewhere();
  } finally {
    leftBehind = await session.close();
  }
  const left = toLeftBehind(leftBehind, settings.target);
  if (signal.aborted) {
    if (left.length > 0) warn(left.join('\n'));
    throw new CannotRun('The run was interrupted.');
  }
  const ended = events.filter((event) => event.kind === 'check ended');
  if (ended.some(({ verdict }) => verdict !== 'passed' && verdict !== 'not exercised')) {
    await refuseExpired(session, left);
  }
  const end = {
    requests: events.filter((event) => event.kind === 'exchange' && !event.repeated).length,
    ms: performance.now() - started,
    rulesWithoutCheck: rulesWithoutCheck(session),
    leftBehind,
  };
  for (const cause of causesOf(ended)) tell({ kind: 'cause found', ...cause });
  tell({ kind: 'run ended', ...end });
  const result = { ...howJudged(run, settings), ...about, checks: inOrder(ended, session), ...end };
  return { result, events };
};

export const runContracts = async (run: Run): Promise<Ended> => {
  try {
    return await conduct(run);
  } finally {
    await run.target.close();
  }
};
