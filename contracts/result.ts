// What came of a run, as data: written by the reporter, shown as a screen, kept as a file for machines.
import type { Rule, Source } from './catalog.ts';
import type { Version } from './ledger/version.ts';

export type CheckResult = {
  readonly rule: string;
  readonly source: Source;
  /** Whether the rule is documented; else it is what we assume of the target. */
  readonly documented: boolean;
  readonly title: string;
  readonly file: string;
  readonly verdict: 'passed' | 'failed' | 'not-exercised';
  /** Why it was not exercised, or what went wrong. */
  readonly message: string;
  readonly ms: number;
};

export type RunResult = {
  /** The address. */
  readonly target: string;
  /** For people: `the fake at http://…`. */
  readonly name: string;
  /** In ISO 8601. */
  readonly startedAt: string;
  /** Of what was generated. */
  readonly seed: number;
  /** Whether a divergence fails the run as a violation does. */
  readonly strict: boolean;
  readonly versions: Version;
  readonly checks: readonly CheckResult[];
  /** Check files that did not load, with the reason. */
  readonly broken: readonly { readonly file: string; readonly message: string }[];
  readonly rulesWithoutCheck: readonly Rule[];
  readonly requests: number;
  readonly ms: number;
  /** Ids of invitations that the run made and could not remove. */
  readonly leftBehind: readonly string[];
};

/** Written by our own reporter a moment ago: enough to tell it from a file that was cut off. */
export const isRunResult = (value: unknown): value is RunResult =>
  typeof value === 'object' && value !== null && 'checks' in value && 'leftBehind' in value;

export const count = ({ checks }: RunResult, verdict: CheckResult['verdict']): number =>
  checks.filter((check) => check.verdict === verdict).length;

/** What a failed check means: a documented rule is broken, or the target does other than we assume. */
export type Failure = 'violation' | 'divergence';

/** Undefined for a check that did not fail. */
export const failureOf = ({ verdict, documented }: CheckResult): Failure | undefined =>
  verdict === 'failed' ? (documented ? 'violation' : 'divergence') : undefined;

export const failuresOf = ({ checks }: RunResult, kind: Failure): readonly CheckResult[] =>
  checks.filter((check) => failureOf(check) === kind);

/** The checks that fail the run. */
export const countFailing = (result: RunResult): number =>
  result.strict ? count(result, 'failed') : failuresOf(result, 'violation').length;

/** 0 nothing failed that counts; 1 something did, or a rule has no check; 2 the run could not be made as asked. */
export const exitCodeOf = (result: RunResult): 0 | 1 | 2 => {
  const exercised = count(result, 'passed') + count(result, 'failed');
  if (result.broken.length > 0 || exercised === 0) return 2;
  return countFailing(result) > 0 || result.rulesWithoutCheck.length > 0 ? 1 : 0;
};

/** The result for machines, which need derive nothing: `kind` for each failed check, counts, lists and the exit code. */
export const toJson = (result: RunResult): Readonly<Record<string, unknown>> => {
  const nameOf = ({ rule, title }: CheckResult): string => `[${rule}] ${title}`;
  const violations = failuresOf(result, 'violation').map(nameOf);
  const divergences = failuresOf(result, 'divergence').map(nameOf);
  return {
    ...result,
    exitCode: exitCodeOf(result),
    counts: {
      passed: count(result, 'passed'),
      violations: violations.length,
      divergences: divergences.length,
      notExercised: count(result, 'not-exercised'),
    },
    violations,
    divergences,
    checks: result.checks.map((check) => {
      const kind = failureOf(check);
      return kind === undefined ? check : { ...check, kind };
    }),
  };
};
