// The middle of several samples: one that a busy machine spoiled does not move it.

export const median = (samples: readonly number[]): number => {
  const sorted = samples.toSorted((one, other) => one - other);
  const upper = sorted[Math.floor(sorted.length / 2)];
  const lower = sorted[Math.ceil(sorted.length / 2) - 1];
  if (upper === undefined || lower === undefined)
    throw new RangeError('There is no median of no samples; measure at least once.');
  return (lower + upper) / 2;
};

export const ratioOfMedians = (samples: readonly number[], base: readonly number[]): number =>
  median(samples) / median(base);
