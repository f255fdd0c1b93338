// What main and its workers tell each other: one run of the suites against one broken fake or one correct variant.
import type { CheckResult } from '../result.ts';

export type Job = {
  readonly kind: 'mutant' | 'variant';
  readonly id: string;
  /** Words for CONTRACT_ONLY; empty for the whole suite. */
  readonly only: readonly string[];
  /** The check files to run; empty for all. */
  readonly files: readonly string[];
  /** No further than to the first check that fails. */
  readonly hasty: boolean;
};

export type Outcome = {
  readonly job: Job;
  readonly failed: readonly CheckResult[];
  readonly passed: number;
  readonly notExercised: number;
  /** Rule → the files with checks of it. */
  readonly filesOf: Readonly<Record<string, readonly string[]>>;
  /** Why the suites could not be run, or not all of them. */
  readonly cannotRun?: string;
  /** Answers that the fault changed; undefined when nobody counted. */
  readonly changed: number;
  readonly ms: number;
};

export const isOutcome = (value: unknown): value is Outcome =>
  typeof value === 'object' && value !== null && 'job' in value && 'failed' in value;

export const isJob = (value: unknown): value is Job =>
  typeof value === 'object' && value !== null && 'kind' in value && 'only' in value;
