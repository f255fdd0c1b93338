// The verdict of a run in one sentence, the same on every report.
import { count, exitCodeOf, failuresOf, whyTooLittle, type RunResult } from '../result.ts';

export type RunVerdict = {
  readonly state: 'good' | 'bad' | 'none';
  /** Says the same as colour does. */
  readonly symbol: '✓' | '✗' | '!';
  readonly sentence: string;
};

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

const whyNone = (result: RunResult): string => whyTooLittle(result) ?? '';

export const toVerdict = (result: RunResult): RunVerdict => {
  const code = exitCodeOf(result);
  if (code === 2) return { state: 'none', symbol: '!', sentence: `No verdict: ${whyNone(result)}` };
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
