// A sandbox's own time. It starts where it is told to, runs as fast as the time that it is made from, and can be stopped,
// set and moved.

/** The end of the last year that ISO 8601 writes with four digits, where a clock that runs stays. */
export const latest = Date.UTC(9999, 11, 31, 23, 59, 59, 999);

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

export type ClockChanged = {
  readonly type: 'ClockChanged';
  readonly offset: number;
  /** What a clock that stands shows; null for one that runs. */
  readonly frozenAt: number | null;
};

/**
 * `source` gives milliseconds since the epoch; `startAt` is what the clock shows first, null: what the source shows.
 * `record` is told of each change; `observe` brings one back.
 */
export const createClock = (
  source: () => number,
  startAt: number | null,
  record: (event: ClockChanged) => void,
): Clock & { readonly observe: (event: ClockChanged) => void } => {
  let offset = startAt === null ? 0 : startAt - source();
  let frozenAt: number | null = null;
  const now = (): number => frozenAt ?? Math.min(source() + offset, latest);
  const observe = (event: ClockChanged): void => {
    ({ offset, frozenAt } = event);
  };
  const change = (to: Omit<ClockChanged, 'type'>): void => {
    const event = { type: 'ClockChanged', ...to } as const;
    record(event);
    observe(event);
  };
  const set = (time: number): void => {
    if (frozenAt === null) change({ offset: time - source(), frozenAt });
    else change({ offset, frozenAt: time });
  };
  return {
    now,
    isFrozen: () => frozenAt !== null,
    // Of a running clock it is known; two looks at the time could be a millisecond apart.
    offset: () => (frozenAt === null ? offset : frozenAt - source()),
    freeze: () => {
      change({ offset, frozenAt: now() });
    },
    release: () => {
      if (frozenAt !== null) change({ offset: frozenAt - source(), frozenAt: null });
    },
    set,
    advance: (milliseconds) => {
      const at = source();
      const ahead = Math.min(at + offset, latest) - at + milliseconds;
      if (frozenAt === null) change({ offset: ahead, frozenAt });
      else set(frozenAt + milliseconds);
    },
    toPresent: () => {
      change({ offset: 0, frozenAt: frozenAt === null ? null : source() });
    },
    observe,
  };
};
