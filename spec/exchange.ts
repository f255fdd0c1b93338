// One request and its response, as the judge sees them: plain values, no HTTP library.

/** Header names in lower case. */
export type ExchangeHeaders = Readonly<
  Record<string, string | readonly string[] | number | undefined>
>;

export type ExchangeRequestBody =
  | { readonly kind: 'none' }
  /** JSON that was parsed; Prism gets the value, never the bytes. */
  | { readonly kind: 'json'; readonly value: unknown }
  /** The text fields of a form, already decoded by a parser of our own. */
  | { readonly kind: 'form'; readonly fields: Readonly<Record<string, string>> }
  /** Bytes that no parser could read; there is nothing to judge in them but their media type. */
  | { readonly kind: 'unreadable' };

export type ExchangeRequest = {
  /** In upper case. */
  readonly method: string;
  /** Path and query as they stood on the request line. */
  readonly target: string;
  readonly headers: ExchangeHeaders;
  readonly body: ExchangeRequestBody;
};

/** A piece of JSON text that never changes. The object's identity stands for its bytes, so that a verdict can be kept beside it. */
export type JsonFragment = {
  readonly text: string;
  /** What the text was made of, where it is told once: it is judged as it is then, and no verdict is kept. */
  readonly value?: unknown;
};

export type ExchangeResponse = {
  readonly status: number;
  readonly headers: ExchangeHeaders;
  /** The body's text; absent when there is none. */
  readonly body?: string | undefined;
  /**
   * Set when `body` is a page that was joined from fragments: `head` + `items` joined by commas + `tail`.
   * The judge may then judge each item once in its life, and the page around them each time.
   */
  readonly page?:
    | {
        readonly head: string;
        readonly items: readonly JsonFragment[];
        readonly tail: string;
      }
    | undefined;
  /** Set when `body` is the text of this one fragment. */
  readonly fragment?: JsonFragment | undefined;
};
