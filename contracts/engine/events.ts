// What a run tells while it goes on, in its order. Whoever listens, a screen, a report, the ledger, knows nothing of the
// others: reading this list is reading who may know what.
import type { Finding } from '../../spec/finding.ts';
import type { Edition } from '../../spec/vocabulary.ts';
import type { Rule, Source } from '../catalog.ts';
import type { OperationId } from '../operations.ts';
import type { CheckVerdict } from './verdict.ts';

export type Started = {
  readonly kind: 'started';
  /** The address. */
  readonly target: string;
  /** For people: `the fake at http://…`. */
  readonly name: string;
  /** Of the contract, that the target is checked by. */
  readonly edition: Edition;
  /** In ISO 8601. */
  readonly startedAt: string;
  /** So many checks will end. */
  readonly checks: number;
};

/** A finding of the judge, with the rule that it is about; undefined where no rule speaks of it. */
export type RuledFinding = Finding & { readonly rule: string | undefined };

/** A request and its answer, without secrets. */
export type Exchange = {
  readonly kind: 'exchange';
  /** From 1 on, over the whole run. */
  readonly number: number;
  /** The check that asked. */
  readonly rule: string;
  readonly title: string;
  /** A name of the settings, `NOBODY`, or `odd credentials`. */
  readonly caller: string;
  /** The first word of `Authorization`, `none` without one. */
  readonly scheme: string;
  readonly method: string;
  /** Without the query. */
  readonly path: string;
  /** Undefined for a request that is of no operation. */
  readonly operation: OperationId | undefined;
  readonly mediaType: string | undefined;
  readonly status: number;
  /** The invitation that the answer's body is. */
  readonly answered: { readonly id: string; readonly state: string } | undefined;
  readonly findings: readonly RuledFinding[];
  readonly ms: number;
  /** It was asked once more, for the answer was none of the API's: 429, 502, 503, 504, a page that refuses. */
  readonly repeated: boolean;
  /** As a `curl` and the line of the answer. */
  readonly text: string;
};

/** An invitation was made, or removed by the run after a check. */
export type Created = { readonly kind: 'created'; readonly id: string };
export type Removed = { readonly kind: 'removed'; readonly id: string };

/** One thing that is wrong, with the exchange that shows it. */
export type Fault = {
  /** The rule that it breaks; undefined where no rule speaks of it. */
  readonly rule: string | undefined;
  /** What is wrong, in a sentence. */
  readonly message: string;
  /** Undefined for what no single exchange shows. */
  readonly exchange: Exchange | undefined;
  /** By the judge; undefined for what a check expected. */
  readonly finding: Finding | undefined;
};

export type CheckEnded = {
  readonly kind: 'check ended';
  readonly rule: string;
  readonly source: Source;
  /** Of an observed rule: when. */
  readonly seen?: string;
  /** Whether the rule is documented; else it is what we assume of the target. */
  readonly documented: boolean;
  readonly title: string;
  readonly file: string;
  readonly verdict: CheckVerdict;
  /** Why it was not exercised or could not run, or what went wrong. */
  readonly message: string;
  readonly ms: number;
  /** What is wrong; empty unless it is a violation or a divergence. */
  readonly faults: readonly Fault[];
};

/** What several failures have in common. */
export type Cause = {
  /** A violation where one of its checks is of a documented rule. */
  readonly verdict: 'violation' | 'divergence';
  /** The same for every failure that has it. */
  readonly key: string;
  /** `invitations_create answers 200 where 201 is due` */
  readonly sentence: string;
  /** Of the checks that it failed, each once. */
  readonly rules: readonly string[];
  /** `[rule] title` of the checks that it failed. */
  readonly checks: readonly string[];
  /** So many exchanges show it. */
  readonly exchanges: number;
  /** The first of them: a `curl` that can be pasted, and the answer. */
  readonly example: string;
};

/** When all checks have ended, violations first. */
export type CauseFound = Cause & { readonly kind: 'cause found' };

export type RunEnded = {
  readonly kind: 'run ended';
  readonly ms: number;
  readonly requests: number;
  readonly rulesWithoutCheck: readonly Rule[];
  /** Ids of invitations that the run made and could not remove. */
  readonly leftBehind: readonly string[];
};

export type Event = Started | Exchange | Created | Removed | CheckEnded | CauseFound | RunEnded;
export type Listener = (event: Event) => void;
