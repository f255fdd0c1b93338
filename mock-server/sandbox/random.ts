// Seeded randomness: the same seed gives the same sequence on every machine. (SplitMix32.)

/** From 0 on, below 1. */
export type Random = () => number;

const step = 0x9e3779b9;

/** `drawn` numbers of the sequence were had before. */
export const createRandom = (seed: number, drawn = 0): Random => {
  let state = (seed + Math.imul(drawn, step)) | 0;
  return () => {
    state = (state + step) | 0;
    let mixed = state;
    for (const [shift, factor] of [
      [16, 0x21f0aaad],
      [15, 0x735a2d97],
    ] as const) {
      mixed = Math.imul(mixed ^ (mixed >>> shift), factor);
    }
    return ((mixed ^ (mixed >>> 15)) >>> 0) / 2 ** 32;
  };
};

/** Seeds that are neighbours give sequences that have nothing to do with each other, and so do places of one seed. */
export const seedFor = (seed: number, place: number): number =>
  (seed ^ Math.imul(place + 1, 0x85ebca6b)) >>> 0;
