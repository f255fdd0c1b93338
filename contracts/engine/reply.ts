// What comes of a request: as it came, and as a check gets it.
import type { Exchange } from './events.ts';

export type Reply = {
  readonly status: number;
  /** Names in lower case. */
  readonly headers: Readonly<Record<string, string>>;
  readonly text: string;
  readonly ms: number;
};

export type Answer = Reply & {
  /** The parsed body; undefined when it is not JSON. */
  readonly json: unknown;
  /** What was asked, in a few words for messages: `PUT /api/v1/… as VIEWER`. */
  readonly asked: string;
  readonly exchange: Exchange;
};

/** Undefined when the text is not JSON. */
export const parse = (text: string): unknown => {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
};

/**
 * How long a 429 asks to wait, in milliseconds. A date is measured by the answer's own `Date`, for its clock may not be ours. Undefined where the
 * answer does not say, or says a time that is past.
 */
export const retryAfterMs = ({ headers }: Reply): number | undefined => {
  const value = (headers['retry-after'] ?? '').trim();
  if (/^\d+$/.test(value)) return Number(value) * 1000;
  const until = Date.parse(value);
  if (Number.isNaN(until)) return undefined;
  const now = Date.parse(headers['date'] ?? '');
  const waitMs = until - (Number.isNaN(now) ? Date.now() : now);
  return waitMs > 0 ? waitMs : undefined;
};
