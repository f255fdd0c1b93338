// What is wrong with an exchange. Made by Prism (`prism.ts`) or by our own additions to it (`conform.ts`).

/** `error` and `warning` break the contract; `information` is a sign of drift that breaks nothing. */
export type Severity = 'error' | 'warning' | 'information';

export type Finding = {
  /** Where: `['response', 'body', 'results', '0', 'email']`, `['request', 'query', 'page']`. */
  readonly location: readonly string[];
  readonly severity: Severity;
  /** A JSON Schema keyword or one of our own words, in kebab-case. */
  readonly code: string;
  readonly message: string;
};
