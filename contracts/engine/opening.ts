// A run as it is opened, and what can be done with it: the types that its parts have in common.
import type { Edition } from '../../spec/vocabulary.ts';
import type { Settings } from '../settings.ts';
import type { Check } from './check.ts';
import type { Contract } from './contract.ts';
import type { CheckEnded, Listener } from './events.ts';
import type { Defined } from './selection.ts';
import type { Transport } from './transport.ts';

export type Opening = {
  readonly contracts: readonly Contract[];
  readonly settings: Settings;
  /** For people: `the fake at http://…`. */
  readonly name: string;
  /** Ends the run early; what it made is removed all the same. */
  readonly signal: AbortSignal;
  readonly listen: Listener;
  readonly warn: (sentence: string) => void;
  readonly transport?: Transport | undefined;
};

export type Session = {
  readonly defined: readonly Defined[];
  readonly settings: Settings;
  readonly edition: Edition;
  readonly perform: (check: Check, of: Defined) => Promise<CheckEnded>;
  /** A contract is done: what its checks shared is removed. */
  readonly leave: (defined: Defined) => Promise<void>;
  /** What checks met that is another rule's business, as a check of that rule each. */
  readonly elsewhere: () => Promise<readonly CheckEnded[]>;
  /** What worked at the start and does so no longer, as a sentence. */
  readonly lost: () => Promise<string | undefined>;
  /** Removes what is left. Gives the ids of what could not be removed. */
  readonly close: () => Promise<readonly string[]>;
};
