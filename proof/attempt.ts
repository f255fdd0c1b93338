// One run of the suites against one broken fake or one correct variant, in this process: the fault stands between the suites
// and the fake as a function.
import { CannotRun } from '../settings/cannot-run.ts';
import { runContracts } from '../contracts/engine/run.ts';
import { isFailure } from '../contracts/engine/verdict.ts';
import type { CheckResult } from '../contracts/result.ts';
import type { Contract } from '../contracts/engine/contract.ts';
import { setUp, type DeploymentOptions } from './deployment.ts';

/** The fake delivers at once: what has not come by then never comes. */
const patienceMs = 1_000;

export type Extent = {
  /** Words for CONTRACT_ONLY; empty for the whole suite. */
  readonly only: readonly string[];
  readonly contracts: readonly Contract[];
  /** No further than to the first check that fails. */
  readonly isHasty: boolean;
};

export type Attempt = {
  readonly failed: readonly CheckResult[];
  readonly passed: number;
  readonly notExercised: number;
  /** Why the suites could not be run. */
  readonly cannotRun?: string;
  /** Answers that the fault changed. */
  readonly changed: number;
  readonly ms: number;
};

export const attempt = async (deployment: DeploymentOptions, extent: Extent): Promise<Attempt> => {
  const started = performance.now();
  const { target, changed, transport } = await setUp(deployment);
  const { only, contracts, isHasty } = extent;
  const env = {
    CONTRACT_TIMEOUT: String(patienceMs),
    // What a fault remembers has to come in the same order each time.
    CONTRACT_JOBS: '1',
    ...target.env,
    CONTRACT_ONLY: only.join(','),
  };
  const outcome = (part: Partial<Attempt>): Attempt => ({
    ...{ failed: [], passed: 0, notExercised: 0 },
    ...{ changed: changed(), ms: Math.round(performance.now() - started) },
    ...part,
  });
  try {
    const { result } = await runContracts({
      target: { ...target, env },
      signal: new AbortController().signal,
      warn: () => undefined,
      ...{ contracts, transport, isHasty },
    });
    const count = (verdict: string): number =>
      result.checks.filter((check) => check.verdict === verdict).length;
    return outcome({
      failed: result.checks.filter(({ verdict }) => isFailure(verdict)),
      passed: count('passed'),
      notExercised: count('not exercised') + count('could not run'),
    });
  } catch (error) {
    if (!(error instanceof CannotRun)) throw error;
    return outcome({ cannotRun: error.message });
  }
};
