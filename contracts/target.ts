// What the suites are pointed at: the fake, or a deployment by its address. Nothing else in them knows which.

export type Target = {
  /** The CONTRACT_* variables that lead to the target and into it. */
  readonly env: Readonly<Record<string, string | undefined>>;
  /** What a confirmation by this run is worth: see ledger/ledger.ts. */
  readonly kind: 'fake' | 'deployment';
  /** For people: `the fake at http://…`. */
  readonly name: string;
  readonly close: () => Promise<void>;
};
