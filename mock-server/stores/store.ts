// Where sandboxes are kept. A sandbox is one stream of events; a store knows no rule and reads no event.
import type { TrafficStore } from './traffic.ts';

export type StoredEvent = { readonly type: string };

/** By what a sandbox is found and when it ends, without its contents. */
export type Description = {
  /** Digests of the credentials that lead to it. */
  readonly keys: readonly string[];
  /** After how many milliseconds without use it ends. */
  readonly timeToLiveMs: number | null;
  /** In milliseconds since the epoch. */
  readonly usedAt: number;
};

/** Whose stream it is. */
export type Subject = {
  /** Events that lead from nothing to all that there is now. Nothing that they are made of ever changes. */
  readonly image: () => readonly StoredEvent[];
  /** The stream takes nothing more: what was appended and not kept is lost, and what is kept has to be loaded anew. */
  readonly onFailure: (error: StoreError) => void;
  /** What another process appended happens here too. Throws a `StoreError` where it is not understood. */
  readonly observe: (events: readonly StoredEvent[]) => void;
  /** All that is due by now happens. */
  readonly settle: () => void;
  /** Whether a look at it appends nothing. */
  readonly isQuiet: () => boolean;
  /** Whether something is yet to happen by itself. */
  readonly isWaiting: () => boolean;
  readonly description: () => Description;
};

/** `read`: who comes to look. It may append for all that. */
export type TurnKind = 'read' | 'write';

export type Stream = {
  readonly append: (event: StoredEvent) => void;
  /** What was appended before counts no longer; the subject's image takes its place. */
  readonly restart: () => void;
  /** Undefined when all that was appended is kept; else it resolves once it is. Rejects with a `StoreError`. */
  readonly kept: () => Promise<void> | undefined;
  /** Nothing of it is kept any longer. Throws a `StoreError` where that cannot be; then it stays as it is. */
  readonly remove: () => void;
  /** No turn begins in this process any longer; it stays as it is kept, with what is appended by then. */
  readonly leave: () => void;
  /**
   * Does the work on what is kept by now, whoever wrote it. Where processes share the store, one turn follows the other,
   * all that is appended in a turn is kept together, and what the work gives comes once it is. Rejects with a
   * `StoreError`; what was appended is lost then, and where that is a `StaleError`, the work may be done again on what
   * is loaded anew.
   */
  readonly turn: <Given>(
    kind: TurnKind,
    work: () => Given | Promise<Given>,
  ) => Given | Promise<Given>;
  /** The subject's description changed. */
  readonly describe: () => void;
  /** Milliseconds since the epoch, where the store has a clock of its own. */
  readonly now: (() => number) | undefined;
};

/** Of a stream that one process has to itself: it is always at its end. */
export const alone: Pick<Stream, 'turn' | 'describe' | 'now' | 'leave'> = {
  leave: () => undefined,
  turn: (_kind, work) => work(),
  describe: () => undefined,
  now: undefined,
};

/** Names of sandboxes, and of those of them in which something is yet to happen by itself. */
export type Left = { readonly all: ReadonlySet<string>; readonly waiting: readonly string[] };

/** What is asked of sandboxes that are not in memory: they are loaded when somebody comes, and may be unloaded. */
export type Sharing = {
  /** The sandbox that such a credential leads to. */
  readonly find: (key: string) => Promise<string | undefined>;
  /** Takes note of when sandboxes were used, ends those that nobody used for their time, and tells which are left. */
  readonly sweep: (used: ReadonlyMap<string, number>) => Promise<Left>;
  /** Those that are found only once they were loaded and left. */
  readonly unfound: () => readonly string[];
  /** Undefined where one process has all of it to itself. */
  readonly claims: Claims | undefined;
  /** Undefined where each process has the traffic that it saw, as long as it runs. */
  readonly traffic: TrafficStore | undefined;
};

/** What several processes ask each other by the store that they share. */
export type Claims = {
  /**
   * This process does what one of them shall do now, and for a while no other one does. Gives the id that was claimed
   * with first; undefined where another process has it.
   */
  readonly claim: (key: string, id: string) => Promise<string | undefined>;
  readonly release: (key: string) => Promise<void>;
};

export type Store = {
  /** Of the sandboxes that it keeps, in alphabetical order. */
  readonly names: () => Promise<readonly string[]>;
  /** All that is kept of one of them, in order. Rejects with a `StoreError`. */
  readonly load: (name: string) => Promise<readonly StoredEvent[]>;
  /** Goes on where `load` ended. A sandbox that is not kept yet begins with `restart`. */
  readonly open: (name: string, subject: Subject) => Stream;
  /** Undefined where nothing outlives the process: all sandboxes are in memory. */
  readonly sharing: Sharing | undefined;
  /** Whether it can be reached now. */
  readonly isReady: () => Promise<boolean>;
  /** Its streams take nothing more; resolves when all is kept that can be. */
  readonly close: () => Promise<void>;
};

/** `full`: there is no room for more. `unavailable`: it cannot be reached, or it takes nothing for another reason. */
export class StoreError extends Error {
  readonly reason: 'full' | 'unavailable';

  constructor(reason: 'full' | 'unavailable', message: string) {
    super(message);
    this.name = 'StoreError';
    this.reason = reason;
  }
}

/** It was sent, and the word that it is kept got lost. */
export class UnsureError extends StoreError {
  constructor(message: string) {
    super('unavailable', message);
    this.name = 'UnsureError';
  }
}

/** What this process has of a stream is not what is kept: another one was faster, or nobody knows what was kept. */
export class StaleError extends StoreError {
  constructor(message: string) {
    super('unavailable', message);
    this.name = 'StaleError';
  }
}

/** What is kept of a sandbox says nothing to this version of the program. */
export class UnreadableError extends StoreError {
  constructor(message: string) {
    super('unavailable', message);
    this.name = 'UnreadableError';
  }
}

/** What the system says went wrong, such as `ENOENT`. */
export const codeOf = (error: unknown): unknown =>
  typeof error === 'object' && error !== null && 'code' in error ? error.code : undefined;
