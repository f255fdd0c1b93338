// What `--list` shows: every check that a run would make, by its rule, and what it would send. Nothing is asked of a target.
import { isDocumented, refuseUnknownWords, toOrigin, type Rule } from '../catalog.ts';
import { contracts } from '../checks/contracts.ts';
import { readSettings, type Need } from '../settings.ts';
import type { Target } from '../target.ts';
import type { Contract } from './contract.ts';
import { toNowhere } from './nowhere.ts';
import { define } from './selection.ts';

export type Listed = Pick<Rule, 'source' | 'seen' | 'sentence'> & {
  readonly rule: string;
  readonly documented: boolean;
  readonly title: string;
  /** That it asks; empty for a check that may ask any. */
  readonly operations: readonly string[];
  /** Whom it asks as, and what else has to be given. */
  readonly needs: readonly Need[];
  /** Whether it sends anything but GET, HEAD and OPTIONS. */
  readonly changes: boolean;
};

/** Which contracts have checks of a rule. */
export const contractsByRule = async (): Promise<ReadonlyMap<string, ReadonlySet<Contract>>> => {
  const byRule = new Map<string, Set<Contract>>();
  for (const { contract, rules } of await define(contracts, toNowhere(readSettings({})))) {
    for (const rule of rules) byRule.set(rule, (byRule.get(rule) ?? new Set()).add(contract));
  }
  return byRule;
};

/** In the order of a run. */
export const listChecks = async (env: Target['env']): Promise<readonly Listed[]> => {
  const settings = readSettings(env);
  const { only, isReadOnly } = settings;
  refuseUnknownWords(only);
  const defined = await define(contracts, toNowhere(settings));
  return defined
    .flatMap(({ checks }) => checks)
    .filter(({ changes }) => !(isReadOnly && changes))
    .map(({ rule, title, needs, changes, operation }) => {
      const operations = operation === undefined ? (rule.operations ?? []) : [operation];
      const { id, source, seen, sentence } = rule;
      return {
        ...{ rule: id, source, ...(seen !== undefined && { seen }) },
        ...{ documented: isDocumented(rule), sentence, title, operations, needs, changes },
      };
    });
};
const describe = ({ title, operations, needs, changes }: Listed): string => {
  const what = operations.length === 1 ? `${operations.join()}, ` : '';
  return `  ${title} (${what}${changes ? 'writes' : 'reads'}, as ${needs.join(', ') || 'nobody'})`;
};

export const toListing = (checks: readonly Listed[]): string => {
  const rules = [...new Set(checks.map(({ rule }) => rule))];
  const lines = rules.flatMap((rule) => {
    const those = checks.filter((check) => check.rule === rule);
    const [first] = those;
    const headline = `${rule} (${toOrigin(first ?? {})}): ${first?.sentence ?? ''}`;
    return [headline, ...those.map(describe), ''];
  });
  const reading = checks.filter(({ changes }) => !changes).length;
  const summary = `${checks.length} checks of ${rules.length} rules; ${reading} of them only read`;
  return [...lines, summary].join('\n');
};
