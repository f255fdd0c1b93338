// What the product has to reach, and whether a measured value reaches it.
import { ratioText, toTable } from './table.ts';

export type Target = { readonly bound: 'at-most' | 'below'; readonly limit: number };

export type TargetResult = Target & {
  readonly what: string;
  readonly measured: number;
  readonly isMet: boolean;
};

/** CPU time of a request, as a ratio to bare `node:http` doing the same, unvalidated. */
export const costTargets = {
  list: { bound: 'at-most', limit: 0.7 },
  retrieve: { bound: 'at-most', limit: 2 },
  create: { bound: 'at-most', limit: 2.5 },
} as const;

/** Time until ready, as a ratio to `prism mock`. */
export const readyTarget: Target = { bound: 'at-most', limit: 0.4 };
/** In megabytes: at the start, and after load. */
export const memoryTarget: Target = { bound: 'at-most', limit: 90 };
export const loadedTarget: Target = { bound: 'at-most', limit: 120 };
/** The cost of a request with the most invitations, as a ratio to that with the fewest. */
export const scaleTarget: Target = { bound: 'below', limit: 1.3 };

/** The cost of a request when a thousand sandboxes are used, as a ratio to that when one is. */
export const sharingTarget: Target = { bound: 'below', limit: 2 };

export const judge = (what: string, measured: number, target: Target): TargetResult => {
  const { bound, limit } = target;
  const isMet = bound === 'at-most' ? measured <= limit : measured < limit;
  return { what, measured, ...target, isMet };
};

export const toTargetTable = (verdicts: readonly TargetResult[]): string =>
  toTable(
    ['Target', 'measured', 'wanted', 'verdict'],
    verdicts.map(({ what, measured, bound, limit, isMet }) => [
      what,
      ratioText(measured),
      `${bound === 'at-most' ? '<=' : '<'} ${ratioText(limit)}`,
      isMet ? 'met' : 'missed',
    ]),
  );
