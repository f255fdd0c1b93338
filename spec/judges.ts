// A judge for each edition: compiled when the first exchange of that edition comes, and kept.
import { loadEdition } from './editions.ts';
import { createJudge, type Judge } from './judge.ts';
import type { Edition } from './vocabulary.ts';

export type Judges = (edition: Edition) => Judge | Promise<Judge>;

export const createJudges = (): Judges => {
  const judges = new Map<Edition, Judge | Promise<Judge>>();
  return (edition) => {
    const known = judges.get(edition);
    if (known !== undefined) return known;
    const making = loadEdition(edition).then(createJudge);
    judges.set(edition, making);
    void making.then((judge) => judges.set(edition, judge));
    return making;
  };
};
