// What everything else of the kit is made from: asking, sharing, waiting, removing.
import { setTimeout as sleep } from 'node:timers/promises';
import { CouldNotRun } from '../engine/could-not-run.ts';
import { createScope } from '../engine/made.ts';
import type { Running } from '../engine/running.ts';
import { createClient } from './client.ts';
import { createCurrent } from './current.ts';
import { createLate } from './late.ts';

const firstPauseMs = 10;
const longestPauseMs = 500;

type CurrentKit = ReturnType<typeof createCurrent>;

/** What several checks of a contract read and none of them changes. */
const createSharing = ({ currentCheck, runAs }: CurrentKit, { made: { clear }, lag }: Running) => {
  const scope = createScope();
  const once = <T>(make: () => Promise<T>): (() => Promise<T>) => {
    let made: Promise<T> | undefined;
    let failedAtLag = Infinity;
    const remake = async (): Promise<T> => {
      const own = createScope();
      try {
        return await runAs({ ...currentCheck(), scope: own }, make);
      } catch (error) {
        // The way to the target failed, not what was to be made: the next one that asks tries again, with nothing in its way.
        failedAtLag = lag.ms;
        if (error instanceof CouldNotRun) {
          made = undefined;
          await clear(own);
        }
        throw error;
      } finally {
        scope.made.push(...own.made);
        scope.addresses.push(...own.addresses);
        scope.lostAnswers += own.lostAnswers;
      }
    };
    return () => {
      // It failed before it was known how late writes show.
      if (lag.ms > failedAtLag) [made, failedAtLag] = [undefined, Infinity];
      return (made ??= remake());
    };
  };
  return { once, shared: scope };
};

export type Patience = { readonly timeoutMs: number };

/** `what` in a sentence, and the last that was seen instead. */
export const lateness = (what: string, value: unknown, { timeoutMs }: Patience): string =>
  `This did not come within ${timeoutMs} ms (CONTRACT_TIMEOUT): ${what}. Last seen: ${JSON.stringify(value).slice(0, 300)}`;

type Polled<T> = { readonly held: boolean; readonly value: T };

/** Waiting for what comes by itself: asked again and again, at first after 10 ms, then less often, until a deadline. */
const createWaiting = ({ waits }: Running, { currentCheck }: CurrentKit) => {
  /** The value that `holds` was true of; or, after the deadline, the last one that was read and false. */
  const poll = async <T>(
    read: () => Promise<T>,
    holds: (value: T) => boolean,
    { timeoutMs }: Patience,
    kind = currentCheck().rule.id,
  ): Promise<Polled<T>> => {
    const deadline = performance.now() + waits.patienceMs(kind, timeoutMs);
    for (let pauseMs = firstPauseMs; ; pauseMs = Math.min(pauseMs * 1.5, longestPauseMs)) {
      const value = await read();
      const held = holds(value);
      const leftMs = deadline - performance.now();
      if (held || leftMs <= 0) {
        waits.note(kind, held);
        return { held, value };
      }
      await sleep(Math.min(pauseMs, leftMs));
    }
  };

  /** As `poll`, for a check: `what` says in a sentence what was waited for when it does not come. */
  const eventually = async <T>(
    what: string,
    read: () => Promise<T>,
    holds: (value: T) => boolean,
    patience: Patience,
    kind?: string,
  ): Promise<T> => {
    const { held, value } = await poll(read, holds, patience, kind);
    if (held) return value;
    throw new Error(lateness(what, value, patience));
  };
  return { poll, eventually };
};

/** For what only another user of the target can make wrong, by changing something between two of our requests. */
export const briefly = ({ timeoutMs }: Patience): Patience => ({
  timeoutMs: Math.min(timeoutMs, 1_500),
});

export const createBase = (run: Running) => {
  const current = createCurrent();
  const { settings, edition, rules, throttled, made, runId, counters, lag } = run;
  return {
    ...current,
    ...createClient(run, current),
    ...createSharing(current, run),
    ...createWaiting(run, current),
    findsLate: createLate(run),
    ...{ settings, edition, rules, throttled, made, runId, counters, lag, line: run.line },
    clear: made.clear,
  };
};

export type Base = ReturnType<typeof createBase>;
