// A seed file's text, taken apart: what it holds and on which line, or why it cannot be.

export type SeedMistake = { readonly line: number; readonly words: string };

export type SeedText =
  | {
      readonly data: unknown;
      /** Of what is at this place, or of what it would stand in. */
      readonly lineOf: (place: readonly unknown[]) => number;
    }
  | { readonly mistakes: readonly SeedMistake[] };

const mostTold = 50;

/** `line 5: …`, one below the other where there are several. */
export const tellMistakes = (mistakes: readonly SeedMistake[]): string => {
  const told = mistakes.slice(0, mostTold).map(({ line, words }) => `line ${line}: ${words}`);
  const more = mistakes.length - mostTold;
  return [...told, ...(more > 0 ? [`And ${more} more.`] : [])].join('\n');
};
