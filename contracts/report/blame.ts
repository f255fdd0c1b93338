// Which exchanges made a check fail: those that show what is wrong.
import type { Event, Exchange, Removed } from '../engine/events.ts';
import { operationsAnswering } from '../engine/located.ts';
import type { OperationId } from '../operations.ts';
import type { CheckResult } from '../result.ts';

export type Blamed = {
  readonly kind: 'exchange';
  readonly exchange: Exchange;
  /** What it says something of. */
  readonly operations: readonly OperationId[];
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
    if (event.kind !== 'exchange') return [];
    const operations = operationsAnswering(event);
    return [{ kind: 'exchange', exchange: event, operations, failed: failed.get(event.number) }];
  });
};

export const exchangesIn = (happenings: readonly Happening[]): readonly Blamed[] =>
  happenings.filter((one): one is Blamed => one.kind === 'exchange');
