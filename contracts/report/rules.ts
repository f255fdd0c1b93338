// Rule × check: what the checks of each rule came to. A rule without a check is listed too.
import { isDocumented, readRules, type Rule, type Source } from '../catalog.ts';
import { unexercisedOf, type CheckResult, type RunResult } from '../result.ts';
import { groupBy } from './group-by.ts';
import type { CellState } from './matrix.ts';

export type RuleCoverage = {
  readonly rule: string;
  readonly source: Source;
  readonly seen?: string;
  /** Whether a failed check of it is a violation; else a divergence. */
  readonly documented: boolean;
  readonly sentence: string;
  readonly state: CellState;
  /** Why it was not exercised; empty where it was. */
  readonly reason: string;
  readonly passed: number;
  readonly failed: number;
  readonly notExercised: number;
};

const stateOf = (passed: number, failed: number): CellState => {
  if (failed > 0) return 'failed';
  return passed > 0 ? 'exercised' : 'not-exercised';
};

const toCovered = (rule: Rule, checks: readonly CheckResult[]): RuleCoverage => {
  const of = (verdict: CheckResult['verdict']): readonly CheckResult[] =>
    checks.filter((check) => check.verdict === verdict);
  const passed = of('passed').length;
  const failed = of('violation').length + of('divergence').length;
  const unmade = unexercisedOf({ checks });
  const state = stateOf(passed, failed);
  const reasons = [...new Set(unmade.map(({ message }) => message))];
  const reason = checks.length === 0 ? 'it has no check' : reasons.join('; ');
  return {
    rule: rule.id,
    source: rule.source,
    ...(rule.seen !== undefined && { seen: rule.seen }),
    documented: isDocumented(rule),
    sentence: rule.sentence,
    state,
    reason: state === 'not-exercised' ? reason : '',
    passed,
    failed,
    notExercised: unmade.length,
  };
};

/** The rules that the run was about, in the order of spec/rules.yaml. */
export const toRules = ({ checks, rulesWithoutCheck }: RunResult): readonly RuleCoverage[] => {
  const byRule = groupBy(checks, ({ rule }) => rule);
  const unchecked = new Set(rulesWithoutCheck.map(({ id }) => id));
  return [...readRules().values()]
    .filter(({ id }) => byRule.has(id) || unchecked.has(id))
    .map((rule) => toCovered(rule, byRule.get(rule.id) ?? []));
};
