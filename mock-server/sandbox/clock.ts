// A sandbox's own time. It starts where it is told to and runs as fast as the time that it is made from.

export type Clock = {
  /** Milliseconds since the epoch. */
  readonly now: () => number;
};

/** `source` gives milliseconds since the epoch; `startAt` is what the clock shows first (by default what the source shows). */
export function createClock(source: () => number, startAt?: number): Clock {
  if (startAt === undefined) return { now: source };
  const offset = startAt - source();
  return { now: () => source() + offset };
}
