// What was asked and answered in all processes that share a store, sandbox by sandbox, in one order. A store reads none of it.

export type TrafficText = {
  /** By `now`. */
  readonly at: number;
  readonly text: string;
};

/** Of one sandbox. */
export type TrafficBatch = {
  readonly name: string;
  /** How many before these came to nothing. Each has its place in the order for all that. */
  readonly missed: number;
  readonly exchanges: readonly TrafficText[];
  /** How much is worth to be kept; undefined where nobody has to look after that now. */
  readonly bounds: { readonly exchanges: number; readonly characters: number } | undefined;
};

/** Up to where a process knows the traffic of a sandbox. */
export type TrafficPosition = {
  readonly name: string;
  /** The place of the last one. */
  readonly after: number;
  /** See `TrafficTail`. */
  readonly era: number;
};

export type TrafficTail = {
  /** Changes when the sandbox is made anew under its name or all is forgotten, as `from` does: what was known is too. */
  readonly era: number;
  /** The place of the first one in it. Places begin with 1, grow by one, and are never given twice. */
  readonly from: number;
  /** What came after what is known, in order. */
  readonly exchanges: readonly { readonly sequence: number; readonly text: string }[];
};

export type TrafficStore = {
  /** Milliseconds since the epoch, by the clock of the store. */
  readonly now: () => number;
  /** In one go. What is older than what was forgotten last is left out. All reject with a `StoreError`. */
  readonly append: (batches: readonly TrafficBatch[]) => Promise<void>;
  /** Undefined for sandboxes that there are not. */
  readonly read: (
    known: readonly TrafficPosition[],
  ) => Promise<readonly (TrafficTail | undefined)[]>;
  readonly clear: (name: string) => Promise<void>;
};
