// Counts by a word that the product itself chooses.

export type Tally = {
  readonly add: (word: string) => void;
  readonly entries: () => Iterable<readonly [word: string, count: number]>;
};

export const createTally = (): Tally => {
  const counts = new Map<string, { count: number }>();
  return {
    add: (word) => {
      const known = counts.get(word);
      if (known === undefined) counts.set(word, { count: 1 });
      else known.count += 1;
    },
    entries: () => [...counts].map(([word, { count }]) => [word, count] as const),
  };
};
