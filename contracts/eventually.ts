// Waiting for what comes by itself: asked again and again, at first after 10 ms, then less often, until a deadline.
import { setTimeout as sleep } from 'node:timers/promises';

export type Patience = { readonly timeoutMs: number };

const firstPauseMs = 10;
const longestPauseMs = 500;

/** The value that `holds` was true of; or, after the deadline, the last one that was read and false. */
export const poll = async <T>(
  read: () => Promise<T>,
  holds: (value: T) => boolean,
  { timeoutMs }: Patience,
): Promise<{ readonly held: boolean; readonly value: T }> => {
  const deadline = performance.now() + timeoutMs;
  for (let pauseMs = firstPauseMs; ; pauseMs = Math.min(pauseMs * 1.5, longestPauseMs)) {
    const value = await read();
    if (holds(value)) return { held: true, value };
    const leftMs = deadline - performance.now();
    if (leftMs <= 0) return { held: false, value };
    await sleep(Math.min(pauseMs, leftMs));
  }
};

/** For what only another user of the target can make wrong, by changing something between two of our requests. */
export const briefly = ({ timeoutMs }: Patience): Patience => ({
  timeoutMs: Math.min(timeoutMs, 1_500),
});

/** As `poll`, for a check: `what` says in a sentence what was waited for when it does not come. */
export const eventually = async <T>(
  what: string,
  read: () => Promise<T>,
  holds: (value: T) => boolean,
  patience: Patience,
): Promise<T> => {
  const { held, value } = await poll(read, holds, patience);
  if (held) return value;
  throw new Error(
    `This did not come within ${patience.timeoutMs} ms (CONTRACT_TIMEOUT): ${what}. Last seen: ${JSON.stringify(value).slice(0, 300)}`,
  );
};
