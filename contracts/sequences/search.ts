// Looking, with fast-check, for something that a target answers wrongly; and, once it is found, for the simplest thing that
// it answers wrongly in the same way.
import fc from 'fast-check';
import { NotExercised } from '../not-exercised.ts';
import { Lost } from '../engine/could-not-run.ts';
import { isLate } from '../engine/outages.ts';

const tries = 3;

export type Failure = {
  /** Shrinking does not slip from one kind of failure to another. */
  readonly kind: string;
  readonly message: string;
};

export type Found<F extends Failure> = {
  readonly failure: F;
  /** In how many steps it was made simpler. */
  readonly shrinks: number;
  readonly seed: number;
  /** Leads, with the seed, straight to it. */
  readonly path: string;
};

type Search<T, F extends Failure> = {
  readonly draw: fc.Arbitrary<T>;
  /** Undefined when the target is right; removes what it made. */
  readonly attempt: (value: T) => Promise<F | undefined>;
  readonly runs: number;
  readonly seed: number;
  readonly path?: string | undefined;
  /** For a slow target: what is found by then is reported as it is. */
  readonly withinMs?: number;
};

/** A request that was lost on the way says nothing of what was drawn: it is tried once more. */
const persist = async <F>(attempt: () => Promise<F | undefined>): Promise<F | undefined> => {
  for (let time = 1; ; time += 1) {
    try {
      return await attempt();
    } catch (error) {
      if (!(error instanceof Lost) || isLate(error) || time === tries) throw error;
    }
  }
};

export const search = async <T, F extends Failure>({
  draw,
  attempt,
  runs,
  seed: start,
  path,
  withinMs = 60_000,
}: Search<T, F>): Promise<Found<F> | undefined> => {
  if (runs === 0) throw new NotExercised('CONTRACT_RUNS is 0');
  const deadline = performance.now() + withinMs;
  const seen: { simplest?: F; crash?: { readonly error: unknown } } = {};
  const isRight = async (value: T): Promise<boolean> => {
    if (seen.crash !== undefined || performance.now() > deadline) return true;
    try {
      const failure = await persist(() => attempt(value));
      if (failure === undefined) return true;
      if (seen.simplest !== undefined && failure.kind !== seen.simplest.kind) return true;
      seen.simplest = failure;
      return false;
    } catch (error) {
      seen.crash = { error };
      return true;
    }
  };
  const parameters = { seed: start, numRuns: runs, ...(path === undefined ? {} : { path }) };
  const result = await fc.check(fc.asyncProperty(draw, isRight), parameters);
  if (seen.simplest === undefined) {
    if (seen.crash !== undefined) throw seen.crash.error;
    return undefined;
  }
  const { numShrinks, seed, counterexamplePath } = result;
  return { failure: seen.simplest, shrinks: numShrinks, seed, path: counterexamplePath ?? '' };
};
