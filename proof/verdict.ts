// What a run of the suites says of a broken fake, and of a deployment that is right.
import { isDocumented, readRules } from '../contracts/catalog.ts';
import { causesOf } from '../contracts/engine/causes.ts';
import type { CheckResult } from '../contracts/result.ts';
import type { Attempt } from './attempt.ts';
import type { Variant } from './variants.ts';
import type { Mutant } from './mutant.ts';

const documented = new Set([...readRules().values()].filter(isDocumented).map(({ id }) => id));

export type MutantVerdict =
  /** By a check of the rule that it breaks. */
  | 'caught'
  /** Not by its own rule, but by others. */
  | 'caught elsewhere'
  | 'survived'
  /** It could not survive or be caught: the suites have nothing for its rule. */
  | 'no check';

export type Judged = {
  readonly id: string;
  readonly rule: string;
  readonly title: string;
  readonly verdict: MutantVerdict;
  /** The checks that failed: of its own rule if there are any, else of others. */
  readonly checks: readonly string[];
  /**
   * Where the rule is only assumed: the checks of documented rules that failed too. Each would call a deployment that
   * merely differs from our picture of it a violation of its contract, unless the fault itself is one.
   */
  readonly violations: readonly string[];
  /** What a person would be told: `invitations_create answers 200 where 201 is due`. */
  readonly causes: readonly string[];
  /** Answers that the fault changed: none means that the suites never came near it. */
  readonly changed: number;
  readonly ms: number;
};

/** Undefined where only the whole suite can tell. */
export const judgeOwn = (mutant: Mutant, outcome: Attempt): Judged | undefined => {
  const own = outcome.failed.filter(({ rule }) => rule === mutant.rule);
  return own.length === 0 ? undefined : toJudged(mutant, outcome, 'caught', own);
};

export const judgeWhole = (mutant: Mutant, outcome: Attempt, hasCheck: boolean): Judged => {
  const own = judgeOwn(mutant, outcome);
  if (own !== undefined) return own;
  const isRefused = outcome.cannotRun !== undefined;
  if (outcome.failed.length > 0 || isRefused) {
    return toJudged(mutant, outcome, 'caught elsewhere', outcome.failed);
  }
  return toJudged(mutant, outcome, hasCheck ? 'survived' : 'no check', []);
};

const toJudged = (
  { id, rule, title }: Mutant,
  { changed, ms, cannotRun, failed: all }: Attempt,
  verdict: MutantVerdict,
  failed: Attempt['failed'],
): Judged => {
  const name = (check: CheckResult): string => `[${check.rule}] ${check.title}`;
  const names = failed.map(name);
  const violations = documented.has(rule) ? [] : all.filter((check) => check.documented).map(name);
  const checks = cannotRun === undefined ? names : [...names, `could not run: ${cannotRun}`];
  const causes =
    cannotRun === undefined ? causesOf(all).map(({ sentence }) => sentence) : [cannotRun];
  return { id, rule, title, verdict, checks, violations, causes, changed, ms };
};

export type Accusation = {
  readonly id: string;
  readonly title: string;
  /** Each with the check and what it says; empty when the variant is left in peace. */
  readonly complaints: readonly string[];
  readonly passed: number;
  readonly notExercised: number;
  readonly ms: number;
};

export const judgeVariant = (
  { id, title, departs = [] }: Pick<Variant, 'id' | 'title' | 'departs'>,
  outcome: Attempt,
): Accusation => {
  const { failed, cannotRun, passed, notExercised, ms } = outcome;
  const accused = failed.filter(({ rule }) => !departs.some((one) => one === rule));
  const complaints = accused.map(
    (check) => `[${check.rule}] ${check.title}: ${check.message.split('\n')[0] ?? ''}`,
  );
  if (cannotRun !== undefined) complaints.push(`could not run: ${cannotRun}`);
  if (passed === 0 && complaints.length === 0) complaints.push('nothing was exercised');
  return { id, title, complaints, passed, notExercised, ms };
};
