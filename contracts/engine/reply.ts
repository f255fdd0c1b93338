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
