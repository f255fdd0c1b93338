// Why a cell was not exercised: in the words of the checks that could not be made, where there are any.
import { withoutIds } from '../engine/without-ids.ts';
import { isExercised } from '../engine/verdict.ts';
import type { CheckResult } from '../result.ts';
import { readRules } from '../catalog.ts';

const noThrottling = 'no answer 429 came in this run, and none is provoked';
const nobodyAsked = 'no check of this run met it';

const isAbout = (operations: readonly string[] | undefined, operation: string): boolean =>
  operations?.includes(operation) ?? true;

export type Reasons = {
  /** Of an operation, and where one is given of a word that the reasons have to mention. */
  readonly of: (operation: string, word?: string) => string;
  readonly throttling: string;
};

export const toReasons = (checks: readonly CheckResult[]): Reasons => {
  const rules = readRules();
  const unmade = checks.filter(
    ({ verdict, message }) => !isExercised(verdict) && !message.includes('429'),
  );
  const messagesOf = (operation: string): readonly string[] => [
    ...new Set(
      unmade
        .filter(({ rule }) => isAbout(rules.get(rule)?.operations, operation))
        .map(({ message }) => message),
    ),
  ];
  return {
    throttling: noThrottling,
    of: (operation, word = '') => {
      const messages = messagesOf(operation).filter((message) => message.includes(word));
      const shown = [...messages.slice(0, 3), ...(messages.length > 3 ? ['…'] : [])];
      return messages.length === 0
        ? nobodyAsked
        : `${nobodyAsked}; not every check of the operation could be made: ${shown.join('; ')}`;
    },
  };
};

/** Why a check was not exercised: reasons that differ in ids and bodies alone are one. */
export const reasonOf = ({ message }: CheckResult): string =>
  withoutIds(message.split('\n', 1)[0] ?? '')
    .replace(/ as \S+: expected .*?, but got (\d{3}).*$/s, ' answered $1')
    .replace(/ as \S+ answered (\d{3}), not .*$/s, ' answered $1');
