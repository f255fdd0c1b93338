// The suites against a fake of one edition, which they are not told.
import { setUp, type DeploymentOptions } from '../proof/deployment.ts';
import type { Contract } from './engine/contract.ts';
import { runContracts } from './engine/run.ts';
import { isFailure, type CheckVerdict } from './engine/verdict.ts';

type Extent = {
  readonly env?: Readonly<Record<string, string>>;
  readonly contracts?: readonly Contract[];
};

export const runIn = async (options: DeploymentOptions['options'], extent: Extent) => {
  const { env = {}, contracts } = extent;
  const { target, transport } = await setUp({
    options: options ?? {},
    env: (given) => ({ ...given, CONTRACT_EDITION: undefined, ...env }),
  });
  const { result } = await runContracts({
    ...{ target, transport },
    ...(contracts !== undefined && { contracts }),
    signal: new AbortController().signal,
    warn: () => undefined,
  });
  const named = (holds: (verdict: CheckVerdict) => boolean) =>
    result.checks
      .filter(({ verdict }) => holds(verdict))
      .map(({ rule, title, message }) => `[${rule}] ${title}: ${message.slice(0, 300)}`);
  return {
    edition: result.edition,
    passed: result.checks.filter(({ verdict }) => verdict === 'passed').length,
    notExercised: named((verdict) => verdict === 'not exercised'),
    failed: named((verdict) => isFailure(verdict) || verdict === 'could not run'),
  };
};
