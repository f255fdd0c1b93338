// Waiting for messages that may leave in another process: the sandbox is looked at again and again.
import { setTimeout } from 'node:timers/promises';
import type { Matches } from '../sandbox/outbox.ts';
import { mostWaiting, type Entrance } from './entrance.ts';

const everyMs = 150;

/** Undefined where there is no such sandbox. */
const look = (
  enterNamed: Entrance['enterNamed'],
  name: string,
  matches: Matches,
): boolean | undefined | Promise<boolean | undefined> =>
  enterNamed(name, {
    kind: 'read',
    prepare: () => Promise.resolve(),
    run: (hosted) => hosted?.sandbox.outbox.list().some(matches),
  });

const pause = async (milliseconds: number, stop: AbortSignal): Promise<void> => {
  // It rejects when it is stopped.
  await setTimeout(milliseconds, undefined, { signal: stop }).catch(() => undefined);
};

/** Waiting ends once `closing` is aborted. */
export const createPollMessages = (
  enterNamed: Entrance['enterNamed'],
  closing: AbortSignal,
): Entrance['awaitMessage'] => {
  const waiting = new Map<string, number>();
  const count = (name: string, by: number): number => {
    const there = (waiting.get(name) ?? 0) + by;
    if (there === 0) waiting.delete(name);
    else waiting.set(name, there);
    return there;
  };
  const poll: Entrance['awaitMessage'] = async (name, matches, milliseconds, stop) => {
    const end = performance.now() + milliseconds;
    const stopping = AbortSignal.any([stop, closing]);
    for (;;) {
      const isThere = await look(enterNamed, name, matches);
      if (isThere === undefined) return 'over';
      if (isThere) return 'matched';
      const left = end - performance.now();
      if (closing.aborted) return 'closed';
      if (stop.aborted || left <= 0) return 'over';
      await pause(Math.min(everyMs, left), stopping);
    }
  };
  return async (name, ...rest) => {
    try {
      return count(name, 1) > mostWaiting ? 'too-many' : await poll(name, ...rest);
    } finally {
      count(name, -1);
    }
  };
};
