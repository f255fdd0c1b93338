// A run that goes nowhere: to see which checks there are, before anything is asked, or without asking anything.
import { newestEdition } from '../../spec/vocabulary.ts';
import { readRules } from '../catalog.ts';
import type { Settings } from '../settings.ts';
import { createMade } from './made.ts';
import { createOutages } from './outages.ts';
import type { Running } from './running.ts';
import { createWaits } from './waits.ts';

const nothing = (): never => {
  throw new Error('Checks that are listed ask nothing.');
};

/** A run that goes nowhere. */
export const toNowhere = (settings: Settings): Running => ({
  ...{ settings, rules: readRules(), line: nothing, runId: '', emit: () => undefined },
  warn: nothing,
  edition: settings.edition ?? newestEdition,
  judge: { exchange: nothing, request: nothing, response: nothing },
  made: createMade({ settings, line: nothing }, () => undefined),
  mask: (text) => text,
  waits: createWaits(),
  outages: createOutages(),
  ...{
    throttled: [],
    sound: new Set<string>(),
    elsewhere: [],
    counters: { addresses: 0, exchanges: 0 },
    lag: { ms: 0 },
  },
});
