// Deadlines that waits share: where the same wait has been in vain, or several in a row, the next ones are short. A target
// that never gets there is then told soon, and not after a deadline for each check.

export type Waits = {
  /** How long a wait of this kind may take, in milliseconds. */
  readonly patienceMs: (kind: string, timeoutMs: number) => number;
  readonly note: (kind: string, held: boolean) => void;
};

const mostInVain = 2;

export const createWaits = (): Waits => {
  const inVain = new Map<string, number>();
  let inARow = 0;
  return {
    patienceMs: (kind, timeoutMs) =>
      (inVain.get(kind) ?? 0) >= 1 || inARow >= mostInVain
        ? Math.min(timeoutMs, Math.max(timeoutMs / 20, 200))
        : timeoutMs,
    note: (kind, held) => {
      inARow = held ? 0 : inARow + 1;
      if (held) inVain.delete(kind);
      else inVain.set(kind, (inVain.get(kind) ?? 0) + 1);
    },
  };
};
