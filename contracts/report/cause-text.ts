// A cause in words, the same in every report.
import type { Cause } from '../engine/events.ts';
import { plural } from './verdict.ts';

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
