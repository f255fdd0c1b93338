// Deadlines that waits share: where the same wait has been in vain, or several in a row, or of several kinds, the next ones are
// short, and each shorter than the one before. A target that never gets there is then told soon, and not after a deadline for
// each check.
import { setTimeout as sleep } from 'node:timers/promises';

/** Until a time on the clock of `performance`, never less: a timer may ring up to two milliseconds early. */
export const sleepUntil = async (at: number): Promise<void> => {
  for (let ms = at - performance.now(); ms > 0; ms = at - performance.now()) {
    await sleep(Math.ceil(ms));
  }
};

export type Waits = {
  /** How long a wait of this kind may take, in milliseconds. */
  readonly patienceMs: (kind: string, timeoutMs: number) => number;
  readonly note: (kind: string, held: boolean) => void;
};

const mostInVain = 2;
const mostKinds = 2;
/** After so many of a kind in vain, one look is all. */
const mostShort = 3;

export const createWaits = (): Waits => {
  const inVain = new Map<string, number>();
  let inARow = 0;
  return {
    patienceMs: (kind, timeoutMs) => {
      const failures = inVain.get(kind) ?? 0;
      if (failures > mostShort) return 0;
      if (failures === 0 && inARow < mostInVain && inVain.size < mostKinds) return timeoutMs;
      return Math.min(timeoutMs, Math.max(timeoutMs / 20, 200)) / 4 ** Math.max(failures - 1, 0);
    },
    note: (kind, held) => {
      inARow = held ? 0 : inARow + 1;
      if (held) inVain.delete(kind);
      else inVain.set(kind, (inVain.get(kind) ?? 0) + 1);
    },
  };
};
