// What an operation answers: a value, so that it can be judged, kept and changed before one function writes it.
import type { ExchangeResponse, JsonFragment } from '../../spec/exchange.ts';
import type { RuleId } from '../../spec/vocabulary.ts';

export type Reply = ExchangeResponse & {
  /** Names in lower case. */
  readonly headers: Readonly<Record<string, string>>;
  /** The header of that name, for what was made: beside the usual headers it costs less than among others. */
  readonly location?: string | undefined;
  /** The id of the rule that the answer rests on, where that is not its operation's own. */
  readonly rule?: RuleId | undefined;
  /** The bytes of `body`, where they were made already for an earlier answer. */
  readonly bytes?: Buffer | undefined;
};

/** The headers of most replies. */
export const json = { 'content-type': 'application/json' } as const;

/** `body` is JSON already. */
export const replyText = (
  status: number,
  body: string,
  headers?: Readonly<Record<string, string>>,
): Reply => ({ status, headers: headers === undefined ? json : { ...json, ...headers }, body });

export const replyJson = (
  status: number,
  value: unknown,
  headers?: Readonly<Record<string, string>>,
): Reply => replyText(status, JSON.stringify(value), headers);

export const replyFragment = (status: number, fragment: JsonFragment): Reply => ({
  status,
  headers: json,
  body: fragment.text,
  fragment,
});

/** A page is joined from texts that exist already: `head`, the items between commas, `tail`. */
export const replyPage = (head: string, items: readonly JsonFragment[], tail: string): Reply => {
  let body = head;
  let separator = '';
  for (const { text } of items) {
    body += separator + text;
    separator = ',';
  }
  return { status: 200, headers: json, body: body + tail, page: { head, items, tail } };
};

export const replyEmpty = (
  status: number,
  headers: Readonly<Record<string, string>> = {},
): Reply => ({ status, headers });

/** The family's form of every error but invalid input: `{"detail": "…"}`. [errors.forbidden-detail] [errors.not-found-detail] */
export const replyDetail = (
  status: number,
  detail: string,
  rule?: RuleId,
  headers?: Readonly<Record<string, string>>,
): Reply => {
  const reply = replyJson(status, { detail }, headers);
  return rule === undefined ? reply : { ...reply, rule };
};
