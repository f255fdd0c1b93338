// All that is counted of a server, as Prometheus reads it. Labels are the product's own words, so there are no more series
// than it has words.
import type { StoreWatch } from '../stores/watched.ts';
import { createExchangeCounts, type ExchangeCounts } from './exchange-counts.ts';
import { toExposition, type Family } from './exposition.ts';
import { createProcessFigures } from './process-figures.ts';
import { createStoreFigures } from './store-figures.ts';

export type Metrics = {
  readonly exchange: ExchangeCounts['count'];
  readonly store: StoreWatch;
  /** The text of now. */
  readonly read: (present: Present) => string;
};

/** What is not counted but looked at. */
export type Present = {
  readonly sandboxes: number;
  /** Those that were asked for and could not be read. */
  readonly unreadable: number;
  /** Of all sandboxes, in bytes. */
  readonly memory: { readonly used: number; readonly limit: number };
};

const presentFamilies = ({ sandboxes, unreadable, memory }: Present): readonly Family[] => [
  {
    ...{ name: 'invitations_mock_sandboxes', help: 'Sandboxes that there are.', type: 'gauge' },
    samples: [{ value: sandboxes }],
  },
  {
    name: 'invitations_mock_sandboxes_unreadable',
    help: 'Sandboxes that were asked for and are refused, as a later version of the program has written to them.',
    type: 'gauge',
    samples: [{ value: unreadable }],
  },
  {
    name: 'invitations_mock_sandboxes_memory_bytes',
    help: 'What they weigh in memory, as it is reckoned.',
    type: 'gauge',
    samples: [{ value: memory.used }],
  },
  {
    name: 'invitations_mock_sandboxes_memory_limit_bytes',
    help: 'What they may weigh.',
    type: 'gauge',
    samples: [{ value: memory.limit }],
  },
];

export const createMetrics = (): Metrics => {
  const exchanges = createExchangeCounts();
  const store = createStoreFigures();
  const readProcess = createProcessFigures();
  return {
    exchange: exchanges.count,
    store: store.watch,
    read: (present) =>
      toExposition([
        ...exchanges.families(),
        ...presentFamilies(present),
        ...store.families(),
        ...readProcess(),
      ]),
  };
};
