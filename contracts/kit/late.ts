// A target that begins in the middle of a run to show late what was written: a check that failed tells by what it was answered.
// What shows when it is asked for again was late; what never does is missing, and a failure.
import { setTimeout as sleep } from 'node:timers/promises';
import type { Message } from '../curl.ts';
import { CouldNotRun } from '../engine/could-not-run.ts';
import { lateSentence, margin, measureAnew } from '../engine/probe.ts';
import type { Reply } from '../engine/reply.ts';
import { longestLagMs, type Running } from '../engine/running.ts';
import type { Current, Exchanged } from './current.ts';
import { createWritten, isReading } from './settling.ts';

type Missed = {
  readonly message: Message;
  /** When that was written which the answer does not show. */
  readonly at: number;
  readonly isShownIn: (reply: Reply) => boolean;
};

const firstPauseMs = 20;
/** Where replicas take turns, only some of what is made shows late. */
const mostMade = 5;

/** The last that a check met. */
const findMissed = (exchanged: readonly Exchanged[], run: Running): Missed | undefined => {
  const written = createWritten(run);
  let missed: Missed | undefined;
  for (const { message, reply, startedAt, endedAt } of exchanged) {
    if (isReading(message)) {
      const at = written.missedAt(message, reply, startedAt);
      const isShownIn = (again: Reply): boolean =>
        written.missedAt(message, again, performance.now(), Infinity) === undefined;
      if (at !== undefined) missed = { message, at, isShownIn };
    } else {
      const at = written.unknownAt(message, reply);
      if (at !== undefined) missed = { message, at, isShownIn: ({ status }) => status !== 404 };
      written.note(message, reply, endedAt);
    }
  }
  return missed;
};

export const createLate = (run: Running) => {
  const { lag, line, runId, settings, warn } = run;

  /** By the clock of a new invitation; 0 where none is late. */
  const measure = (most: number): Promise<number> => {
    const addresses = Array.from({ length: most }, () => {
      run.counters.addresses += 1;
      return `contract-${runId}-late-${run.counters.addresses}@${settings.emailDomain}`;
    });
    return measureAnew(run, addresses);
  };

  const watch = async ({ message, at, isShownIn }: Missed): Promise<number> => {
    const { watched = 0 } = lag;
    const patienceMs = Math.min(longestLagMs, settings.timeoutMs) / 20 ** watched;
    const deadline = performance.now() + patienceMs;
    for (let pauseMs = firstPauseMs; ; pauseMs *= 1.5) {
      const isShown = isShownIn(await line(message));
      const now = performance.now();
      // It may have shown for long: what is late only the first time it is asked for is not late.
      if (isShown) return pauseMs === firstPauseMs ? measure(mostMade) : (now - at) * margin;
      if (now > deadline) {
        lag.watched = watched + 1;
        return 0;
      }
      await sleep(pauseMs);
    }
  };

  const find = async ({ changes, exchanged }: Current): Promise<number> => {
    const missed = findMissed(exchanged, run);
    if (missed !== undefined) return watch(missed);
    const hasWritten = exchanged.some(({ message }) => !isReading(message));
    if (!changes || !hasWritten) return 0;
    // What a list shows and counts by is not plain: seldom, for few failures are of that.
    lag.measured = (lag.measured ?? 0) + 1;
    return Number.isInteger(Math.log2(lag.measured)) ? measure(1) : 0;
  };

  /**
   * For a check that failed, before what it made is removed: whether the target shows writes later than was known when it
   * began, at `before` milliseconds.
   */
  return async (check: Current, before: number): Promise<boolean> => {
    if (lag.ms > before) return true;
    if (lag.ms > 0 || settings.settleMs !== undefined) return false;
    const found = await find(check).catch((error: unknown) => {
      if (error instanceof CouldNotRun) return 0;
      throw error;
    });
    if (found === 0) return false;
    if (lag.ms === 0) warn(lateSentence(Math.ceil(found)));
    lag.ms = Math.max(lag.ms, Math.ceil(found));
    return true;
  };
};
