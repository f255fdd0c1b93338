// A judge for each edition: compiled when the first exchange of that edition comes, and kept for the whole process.
import { loadEdition } from './editions.ts';
import { createJudge, type Judge } from './judge.ts';
import type { Edition } from './vocabulary.ts';

export type Judges = (edition: Edition) => Judge | Promise<Judge>;

/** What fails is tried again with the next exchange: a machine without a file to spare has one again a moment later. */
export const createJudges = (load = loadEdition): Judges => {
  const judges = new Map<Edition, Judge | Promise<Judge>>();
  return (edition) => {
    const known = judges.get(edition);
    if (known !== undefined) return known;
    const making = load(edition).then(createJudge);
    judges.set(edition, making);
    making.then(
      (judge) => judges.set(edition, judge),
      () => judges.delete(edition),
    );
    return making;
  };
};

/** Those of the contract: judges remember nothing of what they judge, so that all servers and runs have the same. */
export const judges: Judges = createJudges();
