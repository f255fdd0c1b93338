// What all checks of a run share, handed to each kit: nothing of it outlives the run.
import type { Judge } from '../../spec/judge.ts';
import type { Edition } from '../../spec/vocabulary.ts';
import type { Rule } from '../catalog.ts';
import type { Settings } from '../settings.ts';
import type { Exchange, Fault, Listener } from './events.ts';
import type { Line } from './line.ts';
import type { Made } from './made.ts';
import type { Outages } from './outages.ts';
import type { Reply } from './reply.ts';
import type { Waits } from './waits.ts';

/** The longest that is waited for a read to show a write. */
export const longestLagMs = 5_000;

export type Lag = {
  ms: number;
  /** How often it was looked in vain whether it has grown: by what a check was not shown, and by new invitations. */
  watched?: number;
  measured?: number;
};

export type Running = {
  readonly settings: Settings;
  readonly rules: ReadonlyMap<string, Rule>;
  /** What the target is checked by. */
  readonly edition: Edition;
  readonly judge: Judge;
  readonly line: Line;
  /** In lower case: it goes into addresses. */
  readonly runId: string;
  readonly emit: Listener;
  readonly warn: (sentence: string) => void;
  /** Hides the credentials of the run. */
  readonly mask: (text: string) => string;
  readonly made: Made;
  readonly waits: Waits;
  readonly outages: Outages;
  /** Every answer 429 of the run. */
  readonly throttled: { readonly exchange: Exchange; readonly reply: Reply }[];
  /** To which requests, with which status, an answer came that the judge found nothing wrong with. */
  readonly sound: Set<string>;
  /** What checks met that is another rule's business. */
  readonly elsewhere: Fault[];
  readonly counters: { addresses: number; exchanges: number };
  /** How long a target takes until reads show what was written, in milliseconds: the longest that was seen; 0 for none. */
  readonly lag: Lag;
};
