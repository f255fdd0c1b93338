// Which exchanges made a check fail: those that show what is wrong.
import type { Event, Exchange, Removed } from '../engine/events.ts';
import type { CheckResult } from '../result.ts';

export type Blamed = Exchange & {
  /** The check that failed by it, as `[rule] title`. */
  readonly failed: string | undefined;
};

/** What happened to the target, in its order. */
export type Happening = Blamed | Removed;

export const toHappenings = (
  checks: readonly CheckResult[],
  events: readonly Event[],
): readonly Happening[] => {
  const failed = new Map(
    checks.flatMap(({ rule, title, faults }) =>
      faults.flatMap(({ exchange }) =>
        exchange === undefined ? [] : [[exchange.number, `[${rule}] ${title}`] as const],
      ),
    ),
  );
  return events.flatMap((event): readonly Happening[] => {
    if (event.kind === 'removed') return [event];
    return event.kind === 'exchange' ? [{ ...event, failed: failed.get(event.number) }] : [];
  });
};

export const exchangesIn = (happenings: readonly Happening[]): readonly Blamed[] =>
  happenings.filter((one): one is Blamed => one.kind === 'exchange');
