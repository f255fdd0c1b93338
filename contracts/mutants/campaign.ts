// All runs of one call: first the variants, of which the one with nothing changed also tells where each rule's checks are,
// then each mutant against the checks of its rule, and against the whole suite if those miss it.
import type { Job, Outcome } from './job.ts';
import type { Mutant } from './mutant.ts';
import type { Pool } from './pool.ts';
import { asItIs, partsOf, type Variant } from './variants.ts';
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

const testVariant = async (pool: Pool, { id, title, only = [] }: Variant): Promise<Accusation> =>
  judgeVariant(title, await pool.run({ kind: 'variant', id, only, files: [], hasty: false }));

/** Which of several peculiarities it is that the suites accuse. */
const testParts = async (pool: Pool, variant: Variant): Promise<readonly Accusation[]> => {
  const accusation = await testVariant(pool, variant);
  if (accusation.complaints.length === 0) return [accusation];
  const parts = await Promise.all(partsOf(variant).map((part) => testVariant(pool, part)));
  return [accusation, ...parts];
};

const testMutant = async (
  pool: Pool,
  mutant: Mutant,
  filesOf: Outcome['filesOf'],
  isWhole: boolean,
): Promise<Judged> => {
  const { id, rule, beside = [] } = mutant;
  const job: Job = { kind: 'mutant', id, only: [], files: [], hasty: false };
  if (rule in filesOf && !isWhole) {
    const only = [rule, ...beside];
    const files = [...new Set(only.flatMap((one) => filesOf[one] ?? []))];
    // What others meet on the way is no reason to stop.
    const outcome = await pool.run({ ...job, only, files, hasty: beside.length === 0 });
    const judged = judgeOwn(mutant, outcome);
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
  const counted = async <T>(id: string, one: Promise<T>): Promise<T> => {
    const result = await one;
    done += 1;
    progress(done, total, id);
    return result;
  };
  const baseline = pool.run({ kind: 'variant', id: asItIs.id, only: [], files: [], hasty: false });
  const unchanged = counted(asItIs.id, baseline);
  const judging = others.map((variant) => counted(variant.id, testParts(pool, variant)));
  const testing = unchanged.then(({ filesOf }) =>
    Promise.all(
      mutants.map((mutant) => counted(mutant.id, testMutant(pool, mutant, filesOf, whole))),
    ),
  );
  // All at once, so that the first that cannot be run ends it all.
  const [first, accusations, judged] = await Promise.all([
    unchanged,
    Promise.all(judging),
    testing,
  ]);
  return {
    variants: [judgeVariant(asItIs.title, first), ...accusations.flat()],
    mutants: judged,
    checks: first.passed + first.failed.length,
    ms: Math.round(performance.now() - started),
  };
};
