// What came of a run, as data: written by the reporter, shown as a screen, kept as a file for machines.
import type { Rule, Source } from './catalog.ts';

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
  readonly target: string;
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

/** 0 all passed; 1 a check failed or a rule has none; 2 the run could not be made as it was asked for. */
export const exitCodeOf = (result: RunResult): 0 | 1 | 2 => {
  const exercised = count(result, 'passed') + count(result, 'failed');
  if (result.broken.length > 0 || exercised === 0) return 2;
  return count(result, 'failed') > 0 || result.rulesWithoutCheck.length > 0 ? 1 : 0;
};
