// How fast a target is asked: as fast as it goes, or as it was told, until it answers that this is too fast. From then on what
// goes through is found out: a share less after each overrun, and a little more as long as there is none.
import { keepLast } from './recent.ts';

export type Tempo = {
  /** When the next request may leave, on the clock of `performance`. */
  readonly next: () => number;
  /** Nobody leaves before. */
  readonly hold: (until: number) => void;
  /** An answer that came; whether it was refused for the pace, as far as can be told. `startedAt`: when it was asked for. */
  readonly note: (asked: {
    readonly operation: string;
    readonly startedAt: number;
    readonly status: number;
  }) => boolean;
  /** Whether it was found out that it limits. */
  readonly isLimited: () => boolean;
  /** Whether what looked like too fast stays so however slowly it is asked. */
  readonly isInVain: () => boolean;
  /** Requests a second, as far as was found out. */
  readonly perSecond: () => number;
};

/** What is seen of the load: the last answers, and when the last requests left. */
type Seen = {
  answers: { readonly operation: string; readonly isRefused: boolean }[];
  starts: number[];
  /** Operations that were answered since the pace was last cut: one that never is tells nothing of load. */
  answered: Set<string>;
};

/** So many of the last answers are 503: those of a target that now and then is not there are fewer. */
const lookedAt = 20;
const mostStarts = 10;
const mostRefused = 8;
/** Once it is known to limit, fewer say that it is too fast. */
const mostRefusedLater = 3;
const slowest = 1;
/** Limits count over a second: what a cut does shows only then. */
const windowMs = 1_000;
/** Cuts that follow each other sooner find out the limit; what comes later keeps to it. */
const seriesMs = 3_000;
/** Once it is found out: what is refused so soon after a cut was not of a few that came together. */
const seriesOfFoundMs = 1_500;
const bindingMs = 100;
const growthPerSecond = 0.03;
const firstGrowthPerSecond = 0.1;
/** So many cuts that changed nothing: it is not the pace. */
const mostInVain = 8;

type Limit = {
  perSecond: number;
  cutAt: number;
  /** Somebody waits for their turn, or did a moment ago. */
  bindsUntil: number;
  raisedAt: number;
  /** In a row. */
  cuts: number;
  /** The status that said so last. */
  status: number;
  isTold: boolean;
  isInVain: boolean;
};

/** By the last few: before them there may have been a pause. */
const rateOf = ({ starts }: Seen, now: number): number =>
  starts.length / (Math.max(now - (starts[0] ?? now), 1) / 1000);

type Tell = (status: number, perSecond: number) => void;

/** Only where it is kept to: what is asked more slowly anyway tells nothing of a higher one. */
const raise = (limit: Limit, now: number): void => {
  const seconds = now < limit.bindsUntil ? Math.min(now - limit.raisedAt, windowMs) / 1000 : 0;
  limit.perSecond *= 1 + (limit.isTold ? growthPerSecond : firstGrowthPerSecond) * seconds;
  limit.raisedAt = now;
  if (now - limit.cutAt > seriesMs) limit.cuts = 0;
};

/** A series of cuts goes far down, one after a while of good pace a little. */
const cut = (limit: Limit, seen: Seen, now: number, tell: Tell): void => {
  const withinMs = limit.isTold ? seriesOfFoundMs : seriesMs;
  const isOfSeries = limit.perSecond === Infinity || now - limit.cutAt < withinMs;
  const rate = Math.min(limit.perSecond, rateOf(seen, now));
  const perSecond = Math.max(slowest, rate * (isOfSeries ? 0.5 : 0.9));
  if (!isOfSeries && !limit.isTold) {
    limit.isTold = true;
    tell(limit.status, perSecond);
  }
  Object.assign(limit, { perSecond, cutAt: now, raisedAt: now, cuts: limit.cuts + 1 });
  Object.assign(seen, { answers: [], answered: new Set() });
};

/** One operation that is refused among others that are answered says nothing of load. */
const isOfOne = ({ answers }: Seen): boolean => {
  const refused = new Set(answers.filter((one) => one.isRefused).map((one) => one.operation));
  return refused.size < 2 && answers.some(({ operation }) => !refused.has(operation));
};

const isOverrun = (
  seen: Seen,
  { perSecond, isInVain }: Limit,
  { operation, status }: { readonly operation: string; readonly status: number },
): boolean => {
  if (status === 429) return true;
  const refused = seen.answers.filter(({ isRefused }) => isRefused).length;
  const enough = perSecond < Infinity ? mostRefusedLater : mostRefused;
  return !isInVain && seen.answered.has(operation) && refused >= enough && !isOfOne(seen);
};

/** To be told with. */
export const slowedBy =
  (warn: (sentence: string) => void): Tell =>
  (status, perSecond) => {
    warn(
      `The target answers ${status} under load; slowed down to ${Math.round(perSecond)} requests a second. CONTRACT_RATE says so from the start.`,
    );
  };

/** `rate`: requests a second, at most. `onSlowed` is told once what goes through. */
export const createTempo = (rate: number, onSlowed: Tell = () => undefined): Tempo => {
  const seen: Seen = { answers: [], starts: [], answered: new Set() };
  const limit: Limit = {
    ...{ perSecond: Infinity, cutAt: -Infinity, bindsUntil: 0, raisedAt: 0 },
    ...{ cuts: 0, status: 0, isTold: false, isInVain: false },
  };
  let [free, heldUntil] = [0, 0];
  const slowDown = (now: number): void => {
    cut(limit, seen, now, onSlowed);
    limit.isInVain = limit.status !== 429 && limit.cuts > mostInVain;
    if (limit.isInVain) limit.perSecond = Infinity;
    heldUntil = Math.max(heldUntil, now + (limit.isTold ? windowMs / 4 : windowMs));
  };
  return {
    next: () => {
      const perSecond = Math.min(rate, limit.perSecond);
      const now = performance.now();
      const start = Math.max(now, heldUntil, perSecond === Infinity ? 0 : free);
      if (perSecond !== Infinity) free = start + 1000 / perSecond;
      if (start > now) limit.bindsUntil = start + bindingMs;
      keepLast(seen.starts, start, mostStarts);
      return start;
    },
    hold: (until) => {
      heldUntil = Math.max(heldUntil, until);
    },
    note: ({ operation, startedAt, status }) => {
      const isRefused = status === 429 || status === 503;
      const now = performance.now();
      keepLast(seen.answers, { operation, isRefused }, lookedAt);
      if (!isRefused) {
        seen.answered.add(operation);
        if (limit.perSecond < Infinity) raise(limit, now);
        return false;
      }
      if (!isOverrun(seen, limit, { operation, status })) return false;
      limit.status = status;
      if (startedAt > limit.cutAt && now > limit.cutAt + windowMs / 2) slowDown(now);
      return true;
    },
    perSecond: () => Math.min(rate, limit.perSecond),
    isLimited: () => limit.perSecond < Infinity,
    isInVain: () => limit.isInVain || limit.perSecond < 2 * slowest,
  };
};
