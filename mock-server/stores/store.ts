// Where sandboxes are kept. A sandbox is one stream of events; a store knows no rule and reads no event.

export type StoredEvent = { readonly type: string };

/** Whose stream it is. */
export type Subject = {
  /** Events that lead from nothing to all that there is now. Nothing that they are made of ever changes. */
  readonly image: () => readonly StoredEvent[];
  /** The stream takes nothing more: what was appended and not kept is lost, and what is kept has to be loaded anew. */
  readonly onFailure: (error: StoreError) => void;
};

export type Stream = {
  readonly append: (event: StoredEvent) => void;
  /** What was appended before counts no longer; the subject's image takes its place. */
  readonly restart: () => void;
  /** Undefined when all that was appended is kept; else it resolves once it is. Rejects with a `StoreError`. */
  readonly kept: () => Promise<void> | undefined;
  /** Nothing of it is kept any longer. */
  readonly remove: () => void;
};

export type Store = {
  /** Of the sandboxes that it keeps, in alphabetical order. */
  readonly names: () => Promise<readonly string[]>;
  /** All that is kept of one of them, in order. Rejects with a `StoreError`. */
  readonly load: (name: string) => Promise<readonly StoredEvent[]>;
  /** Goes on where `load` ended. A sandbox that is not kept yet begins with `restart`. */
  readonly open: (name: string, subject: Subject) => Stream;
  /** How often another process was faster with a write, so that it was decided again; absent where there is no other. */
  readonly conflicts?: () => number;
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

/** What the system says went wrong, such as `ENOENT`. */
export const codeOf = (error: unknown): unknown =>
  typeof error === 'object' && error !== null && 'code' in error ? error.code : undefined;
