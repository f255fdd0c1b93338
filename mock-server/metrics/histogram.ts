// How long something took, counted in buckets: an addition for each observation, and no allocation.
import type { Labels, Sample } from './exposition.ts';

export type Histogram = {
  readonly observe: (ms: number) => void;
  /** In seconds, as Prometheus has them. */
  readonly samples: (labels: Labels) => readonly Sample[];
};

/** In milliseconds. The fake answers in less than one; a deployment and a disk do not. */
const bounds = [0.25, 0.5, 1, 2.5, 5, 10, 25, 50, 100, 250, 500, 1_000, 2_500, 5_000, 10_000];

export const createHistogram = (): Histogram => {
  const counts = new Float64Array(bounds.length + 1);
  let sum = 0;
  return {
    observe: (ms) => {
      let place = 0;
      while (place < bounds.length && ms > (bounds[place] ?? 0)) place += 1;
      counts[place] = (counts[place] ?? 0) + 1;
      sum += ms;
    },
    samples: (labels) => {
      let count = 0;
      const buckets = [...counts].map((value, place) => {
        count += value;
        const bound = bounds[place];
        const le = bound === undefined ? '+Inf' : String(bound / 1_000);
        return { suffix: '_bucket', labels: { ...labels, le }, value: count };
      });
      return [
        ...buckets,
        { suffix: '_sum', labels, value: sum / 1_000 },
        { suffix: '_count', labels, value: count },
      ];
    },
  };
};
