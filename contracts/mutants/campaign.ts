// All runs of one call: first the variants, of which the one with nothing changed also tells where each rule's checks are,
// then each mutant against the checks of its rule, and against the whole suite if those miss it.
import type { Job, Outcome } from './job.ts';
import type { Mutant } from './mutant.ts';
import type { Pool } from './pool.ts';
import { asItIs, type Variant } from './variants.ts';
import { judgeOwn, judgeVariant, judgeWhole, type Accusation, type Judged } from './verdict.ts';

export type Plan = {
  readonly mutants: readonly Mutant[];
  readonly variants: readonly Variant[];
  /** Whether a mutant that its own rule caught meets the other checks too. */
  readonly whole: boolean;
};

export type Campaign = {
  readonly variants: readonly Accusation[];
  readonly mutants: readonly Judged[];
  readonly checks: number;
  readonly ms: number;
};

type Progress = (done: number, of: number, last: string) => void;

const testVariant = (pool: Pool, { id, only = [] }: Variant): Promise<Outcome> =>
  pool.run({ kind: 'variant', id, only, files: [] });

const testMutant = async (
  pool: Pool,
  mutant: Mutant,
  filesOf: Outcome['filesOf'],
  isWhole: boolean,
): Promise<Judged> => {
  const { id, rule } = mutant;
  const job: Job = { kind: 'mutant', id, only: [], files: [] };
  const files = filesOf[rule];
  if (files !== undefined && !isWhole) {
    const judged = judgeOwn(mutant, await pool.run({ ...job, only: [rule], files }));
    if (judged !== undefined) return judged;
  }
  return judgeWhole(mutant, await pool.run(job));
};

export const conduct = async (
  { mutants, variants, whole }: Plan,
  pool: Pool,
  progress: Progress,
): Promise<Campaign> => {
  const started = performance.now();
  const others = variants.filter(({ id }) => id !== asItIs.id);
  const total = 1 + others.length + mutants.length;
  let done = 0;
  const counted = async <T extends { readonly id: string }>(one: Promise<T>): Promise<T> => {
    const result = await one;
    done += 1;
    progress(done, total, result.id);
    return result;
  };
  const baseline = testVariant(pool, asItIs);
  const judging = [asItIs, ...others].map((variant) =>
    counted(
      (variant.id === asItIs.id ? baseline : testVariant(pool, variant)).then((outcome) =>
        judgeVariant(variant.title, outcome),
      ),
    ),
  );
  const { filesOf, passed, failed } = await baseline;
  const testing = mutants.map((mutant) => counted(testMutant(pool, mutant, filesOf, whole)));
  return {
    variants: await Promise.all(judging),
    mutants: await Promise.all(testing),
    checks: passed + failed.length,
    ms: Math.round(performance.now() - started),
  };
};
