// What the product has to reach, and whether a measured value reaches it.
import { ratioText, toTable } from './table.ts';

export type Target = { readonly bound: 'at-least' | 'below'; readonly limit: number };

export type Verdict = Target & {
  readonly what: string;
  readonly measured: number;
  readonly isMet: boolean;
};

/** Requests a second, as a ratio to bare Express. */
export const rateTargets = {
  list: { bound: 'at-least', limit: 2 },
  retrieve: { bound: 'at-least', limit: 1.5 },
  create: { bound: 'at-least', limit: 1.4 },
} as const;

/** Time until ready, as a ratio to `prism mock`. */
export const readyTarget: Target = { bound: 'below', limit: 0.5 };
export const memoryTarget: Target = { bound: 'below', limit: 120 };
/** The cost of a request with the most invitations, as a ratio to that with the fewest. */
export const scaleTarget: Target = { bound: 'below', limit: 1.3 };

/** The cost of a request when a thousand sandboxes are used, as a ratio to that when one is. */
export const sharingTarget: Target = { bound: 'below', limit: 2 };

export const judge = (what: string, measured: number, target: Target): Verdict => {
  const { bound, limit } = target;
  const isMet = bound === 'at-least' ? measured >= limit : measured < limit;
  return { what, measured, ...target, isMet };
};

export const toTargetTable = (verdicts: readonly Verdict[]): string =>
  toTable(
    ['Target', 'measured', 'wanted', 'verdict'],
    verdicts.map(({ what, measured, bound, limit, isMet }) => [
      what,
      ratioText(measured),
      `${bound === 'at-least' ? '>=' : '<'} ${ratioText(limit)}`,
      isMet ? 'met' : 'missed',
    ]),
  );
