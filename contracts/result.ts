// What came of a run, as data: written by the reporter, shown as a screen, kept as a file for machines.
import { causesOf } from './engine/causes.ts';
import type { CheckEnded, RunEnded, Started } from './engine/events.ts';
import { isExercised, isFailure, type CheckVerdict } from './engine/verdict.ts';

export type CheckResult = Omit<CheckEnded, 'kind'>;

/** Which contract, and which suites: what a confirmation is worth depends on both. */
export type Version = {
  /** Of openapi.yaml and rules.yaml. */
  readonly spec: string;
  readonly suite: string;
};

export type RunResult = Omit<Started, 'kind' | 'checks'> &
  Omit<RunEnded, 'kind'> & {
    /** Of what was generated. */
    readonly seed: number;
    /** Whether a divergence fails the run as a violation does. */
    readonly strict: boolean;
    readonly versions: Version;
    readonly checks: readonly CheckResult[];
    /** Percent of the checks that have to be exercised, and that may be lost: see Settings. */
    readonly required: number;
    readonly tolerated: number;
  };

type Checked = Pick<RunResult, 'checks'>;

export const count = ({ checks }: Checked, verdict: CheckVerdict): number =>
  checks.filter((check) => check.verdict === verdict).length;

export const countExercised = ({ checks }: Checked): number =>
  checks.filter(({ verdict }) => isExercised(verdict)).length;

export const headlineOf = ({ message }: CheckResult): string => message.split('\n', 1).join();

export const unexercisedOf = ({ checks }: Checked): readonly CheckResult[] =>
  checks.filter(({ verdict }) => !isExercised(verdict));

/** What a failed check means: a documented rule is broken, or the target does other than we assume. */
export type Failure = 'violation' | 'divergence';

export const failureOf = ({ verdict }: CheckResult): Failure | undefined =>
  isFailure(verdict) ? verdict : undefined;

export const failuresOf = ({ checks }: RunResult, kind: Failure): readonly CheckResult[] =>
  checks.filter((check) => check.verdict === kind);

export const countFailing = (result: RunResult): number =>
  failuresOf(result, 'violation').length +
  (result.strict ? failuresOf(result, 'divergence').length : 0);

/** Why the run says too little of the target, in a sentence; undefined where it says enough. */
export const whyTooLittle = (
  result: Checked & Pick<RunResult, 'required' | 'tolerated'>,
): string | undefined => {
  const exercised = countExercised(result);
  const lost = count(result, 'could not run');
  const { checks, required, tolerated } = result;
  if (exercised === 0) return 'no check was exercised';
  if (lost > ((exercised + lost) * tolerated) / 100) {
    return `${lost} of ${exercised + lost} checks could not run, more than ${tolerated} % (--tolerate)`;
  }
  return exercised < (checks.length * required) / 100
    ? `${exercised} of ${checks.length} checks were exercised, less than ${required} % (--require)`
    : undefined;
};

/** 0 nothing failed that counts; 1 something did, or a rule has no check; 2 the run could not be made as asked. */
export const exitCodeOf = (result: RunResult): 0 | 1 | 2 => {
  if (countFailing(result) > 0) return 1;
  if (whyTooLittle(result) !== undefined) return 2;
  return result.rulesWithoutCheck.length > 0 ? 1 : 0;
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
      couldNotRun: count(result, 'could not run'),
      notExercised: count(result, 'not exercised'),
    },
    causes: causesOf(result.checks),
    violations,
    divergences,
    // The message has the exchanges as text.
    checks: result.checks.map((check) => ({
      ...check,
      faults: undefined,
      kind: isFailure(check.verdict) ? check.verdict : undefined,
    })),
  };
};
