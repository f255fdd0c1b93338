// All runs of one call: each variant, and each mutant against the checks of its rule, and against the whole suite if those
// miss it.
import { contracts } from '../contracts/checks/contracts.ts';
import type { Contract } from '../contracts/engine/contract.ts';
import { contractsByRule } from '../contracts/engine/list.ts';
import { attempt, type Attempt } from './attempt.ts';
import type { Mutant } from './mutant.ts';
import type { DeploymentOptions } from './deployment.ts';
import { asItIs, partsOf, type Variant } from './variants.ts';
import { judgeVariant, judgeWhole, type Accusation, type Judged } from './verdict.ts';

export type Plan = {
  readonly mutants: readonly Mutant[];
  readonly variants: readonly Variant[];
  /** Whether a mutant that its own rule caught meets the other checks too. */
  readonly whole: boolean;
  /** Whether a mutant meets every check of its rule, so that all causes are told, and not the first that fails alone. */
  readonly causes: boolean;
  /** So many runs at once, which helps where they wait. */
  readonly jobs: number;
};

export type Campaign = {
  readonly variants: readonly Accusation[];
  readonly mutants: readonly Judged[];
  readonly checks: number;
  /** Whether the causes are all of them. */
  readonly isCounted: boolean;
  readonly ms: number;
};

type Progress = (done: number, of: number, last: string) => void;

type ByRule = ReadonlyMap<string, ReadonlySet<Contract>>;

const tryWhole = (deployment: DeploymentOptions, only: readonly string[] = []): Promise<Attempt> =>
  attempt(deployment, { only, contracts, isHasty: false });

const testVariant = async (variant: Variant): Promise<Accusation> =>
  judgeVariant(variant, await tryWhole(variant, variant.only));

/** Which of several peculiarities it is that the suites accuse. */
const testParts = async (variant: Variant): Promise<readonly Accusation[]> => {
  const accusations = [await testVariant(variant)];
  if (accusations[0]?.complaints.length === 0) return accusations;
  for (const part of partsOf(variant)) accusations.push(await testVariant(part));
  return accusations;
};

const testMutant = async (
  mutant: Mutant,
  byRule: ByRule,
  { whole, causes }: Plan,
): Promise<Judged> => {
  const { rule, beside = [] } = mutant;
  if (!whole && byRule.has(rule)) {
    const only = [rule, ...beside];
    const those = contracts.filter((one) => only.some((id) => byRule.get(id)?.has(one)));
    // What others meet on the way is no reason to stop.
    const isHasty = beside.length === 0 && !causes;
    const outcome = await attempt(mutant, { only, contracts: those, isHasty });
    const isTold = outcome.failed.some(
      (check) => check.rule === rule || beside.includes(check.rule),
    );
    if (isTold) return judgeWhole(mutant, outcome, true);
  }
  return judgeWhole(mutant, await tryWhole(mutant), byRule.has(rule));
};

export const conduct = async (plan: Plan, progress: Progress): Promise<Campaign> => {
  const { mutants, variants, jobs } = plan;
  const started = performance.now();
  const byRule = await contractsByRule();
  const accusations = new Map<Variant, readonly Accusation[]>();
  const judged = new Map<Mutant, Judged>();
  const total = variants.length + mutants.length;
  const queue = [
    ...variants.map((variant) => async (): Promise<string> => {
      accusations.set(variant, await testParts(variant));
      return variant.id;
    }),
    ...mutants.map((mutant) => async (): Promise<string> => {
      judged.set(mutant, await testMutant(mutant, byRule, plan));
      return mutant.id;
    }),
  ];
  let done = 0;
  const work = async (): Promise<void> => {
    for (let next = queue.shift(); next !== undefined; next = queue.shift()) {
      const id = await next();
      done += 1;
      progress(done, total, id);
    }
  };
  await Promise.all(Array.from({ length: jobs }, work));
  const all = variants.flatMap((variant) => accusations.get(variant) ?? []);
  return {
    variants: all,
    mutants: mutants.flatMap((mutant) => judged.get(mutant) ?? []),
    checks: all.find(({ id }) => id === asItIs.id)?.passed ?? 0,
    isCounted: plan.whole || plan.causes,
    ms: Math.round(performance.now() - started),
  };
};
