// A sandbox's own time. It starts where it is told to, runs as fast as the time that it is made from, and can be stopped,
// set and moved.

/** Times in milliseconds since the epoch. */
export type Clock = {
  readonly now: () => number;
  readonly isFrozen: () => boolean;
  /** By how much it is ahead of the time that it is made from, in milliseconds. */
  readonly offset: () => number;
  readonly freeze: () => void;
  /** Goes on from what it shows. */
  readonly release: () => void;
  readonly set: (time: number) => void;
  readonly advance: (milliseconds: number) => void;
  /** Back to the time that it is made from; a frozen one stays frozen, there. */
  readonly toPresent: () => void;
};

/** `source` gives milliseconds since the epoch; `startAt` is what the clock shows first (by default what the source shows). */
export const createClock = (source: () => number, startAt?: number): Clock => {
  let offset = startAt === undefined ? 0 : startAt - source();
  let frozenAt: number | null = null;
  const now = (): number => frozenAt ?? source() + offset;
  const set = (time: number): void => {
    if (frozenAt === null) offset = time - source();
    else frozenAt = time;
  };
  return {
    now,
    isFrozen: () => frozenAt !== null,
    // Of a running clock it is known; two looks at the time could be a millisecond apart.
    offset: () => (frozenAt === null ? offset : frozenAt - source()),
    freeze: () => {
      frozenAt = now();
    },
    release: () => {
      if (frozenAt === null) return;
      offset = frozenAt - source();
      frozenAt = null;
    },
    set,
    advance: (milliseconds) => {
      set(now() + milliseconds);
    },
    toPresent: () => {
      offset = 0;
      if (frozenAt !== null) frozenAt = source();
    },
  };
};
