// The verdict of a run and the causes of its failures in words, the same in every report.
import { count, exitCodeOf, failuresOf, whyTooLittle, type RunResult } from '../result.ts';
import type { Cause } from '../engine/events.ts';

export const plural = (number: number, one: string): string =>
  `${number} ${one}${number === 1 ? '' : 's'}`;

const toList = (parts: readonly string[]): string =>
  [parts.slice(0, -1).join(', '), ...parts.slice(-1)].filter((part) => part !== '').join(' and ');

const whyBad = (result: RunResult): string => {
  const violations = failuresOf(result, 'violation').length;
  const divergences = failuresOf(result, 'divergence').length;
  const unchecked = result.rulesWithoutCheck.length;
  const isStrictlyBad = result.strict && divergences > 0;
  return toList([
    ...(violations > 0 ? [plural(violations, 'violation')] : []),
    ...(isStrictlyBad ? [plural(divergences, 'divergence')] : []),
    ...(unchecked > 0 ? [`${plural(unchecked, 'rule')} without a check`] : []),
  ]);
};

/** `symbol` says the same as the colour of the state does. */
export const toVerdict = (result: RunResult) => {
  const code = exitCodeOf(result);
  if (code === 2) {
    return { state: 'none', symbol: '!', sentence: `No verdict: ${whyTooLittle(result) ?? ''}` };
  }
  if (code === 1) return { state: 'bad', symbol: '✗', sentence: `Failed: ${whyBad(result)}` };
  const divergences = failuresOf(result, 'divergence').length;
  const passed = plural(count(result, 'passed'), 'check');
  return {
    state: 'good',
    symbol: '✓',
    sentence:
      divergences === 0
        ? `Keeps its contract: ${passed} passed`
        : `Keeps its contract, with ${plural(divergences, 'divergence')} from what is assumed`,
  };
};

const mostRules = 4;
const longestLine = 500;

/** `97 exchanges, 40 checks of create.answer, create.role and 3 more rules` */
export const toReach = ({ exchanges, checks, rules }: Cause): string => {
  const more = rules.length - mostRules;
  const named = rules.slice(0, mostRules).join(', ');
  const others = more > 0 ? ` and ${plural(more, 'more rule')}` : '';
  const shown = exchanges === 0 ? '' : `${plural(exchanges, 'exchange')}, `;
  return `${shown}${plural(checks.length, 'check')} of ${named}${others}`;
};

/** The exchange that shows it, long bodies clipped: the whole is in the failure. */
export const toExample = ({ example }: Cause): string =>
  example
    .split('\n')
    .map((line) => (line.length > longestLine ? `${line.slice(0, longestLine)}…` : line))
    .join('\n');

/** `2 probable causes of 53 failed checks` */
export const toCausesTitle = (causes: readonly Cause[]): string => {
  const failed = causes.reduce((sum, { checks }) => sum + checks.length, 0);
  return `${plural(causes.length, 'probable cause')} of ${plural(failed, 'failed check')}`;
};
