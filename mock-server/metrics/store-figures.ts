// The store as it is seen from here: what was written down, how long answers waited for it, what went wrong.
import type { StoreWatch } from '../stores/watched.ts';
import type { Family } from './exposition.ts';
import { createHistogram } from './histogram.ts';
import { createTally } from './tally.ts';

export type StoreFigures = {
  readonly watch: StoreWatch;
  readonly families: () => readonly Family[];
};

export const createStoreFigures = (): StoreFigures => {
  const events = createTally();
  const failures = createTally();
  let conflicts = 0;
  const kept = createHistogram();
  const loaded = createHistogram();
  return {
    watch: {
      appended: events.add,
      kept: kept.observe,
      loaded: loaded.observe,
      failed: failures.add,
      conflicted: () => {
        conflicts += 1;
      },
    },
    families: () => [
      {
        name: 'invitations_mock_events_total',
        help: 'Events that were written down, by type.',
        type: 'counter',
        samples: [...events.entries()].map(([type, value]) => ({ labels: { type }, value })),
      },
      {
        name: 'invitations_mock_store_duration_seconds',
        help: 'How long answers waited until what they tell of was kept, and sandboxes until they were loaded.',
        type: 'histogram',
        samples: [...kept.samples({ action: 'keep' }), ...loaded.samples({ action: 'load' })],
      },
      {
        name: 'invitations_mock_store_conflicts_total',
        help: 'How often a world was made anew or ended by another replica, so that it was loaded and something was done again.',
        type: 'counter',
        samples: [{ value: conflicts }],
      },
      {
        name: 'invitations_mock_store_failures_total',
        help: 'How often the store kept nothing, by reason.',
        type: 'counter',
        samples: ['full', 'unavailable'].map((reason) => ({
          labels: { reason },
          value: new Map(failures.entries()).get(reason) ?? 0,
        })),
      },
    ],
  };
};
