// Why a cell was not exercised, in the words of the checks that could not be made; and which exchanges made a check fail.
import { withoutIds } from '../engine/without-ids.ts';
import { isExercised } from '../engine/verdict.ts';
import type { CheckResult } from '../result.ts';
import { readRules } from '../catalog.ts';
import type { Event, Exchange, Removed } from '../engine/events.ts';
import { operationsAnswering } from '../engine/located.ts';
import type { OperationId } from '../operations.ts';

export const noThrottling = 'no answer 429 came in this run, and none is provoked';
const nobodyAsked = 'no check of this run met it';

/** Of an operation, and where one is given of a word that the reasons have to mention. */
export type Reasons = (operation: string, word?: string) => string;

export const toReasons = (checks: readonly CheckResult[]): Reasons => {
  const rules = readRules();
  const unmade = checks.filter(
    ({ verdict, message }) => !isExercised(verdict) && !message.includes('429'),
  );
  const messagesOf = (operation: string): readonly string[] => {
    const those = unmade.filter(
      ({ rule }) => rules.get(rule)?.operations?.includes(operation) ?? true,
    );
    return [...new Set(those.map(({ message }) => message))];
  };
  return (operation, word = '') => {
    const messages = messagesOf(operation).filter((message) => message.includes(word));
    const shown = [...messages.slice(0, 3), ...(messages.length > 3 ? ['…'] : [])];
    return messages.length === 0
      ? nobodyAsked
      : `${nobodyAsked}; not every check of the operation could be made: ${shown.join('; ')}`;
  };
};

/** Why a check was not exercised: reasons that differ in ids and bodies alone are one. */
export const reasonOf = ({ message }: CheckResult): string =>
  withoutIds(message.split('\n', 1)[0] ?? '')
    .replace(/ as \S+: expected .*?, but got (\d{3}).*$/s, ' answered $1')
    .replace(/ as \S+ answered (\d{3}), not .*$/s, ' answered $1');

export type Blamed = {
  readonly kind: 'exchange';
  readonly exchange: Exchange;
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
