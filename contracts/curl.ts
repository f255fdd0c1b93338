// An exchange as text that a person can repeat in a shell. Secrets never get into it; their scheme does. And what hides
// the credentials of a run in any text: a check may put one elsewhere on purpose, and a target may answer with what it was sent.
import { quote } from '../spec/quote.ts';
import type { Body } from './body.ts';

export type Message = {
  readonly method: string;
  /** Path and query, after the base address of the target. */
  readonly path: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body?: Body;
};

export type Sent = {
  readonly query?: Readonly<Record<string, string | number>>;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: Body | undefined;
};

export const toMessage = (
  method: string,
  path: string,
  { query = {}, headers, body }: Sent,
  authorization: string | undefined,
): Message => {
  const pairs = Object.entries(query).map(([name, value]): [string, string] => [name, `${value}`]);
  const mark = path.includes('?') ? '&' : '?';
  return {
    method,
    path: pairs.length === 0 ? path : `${path}${mark}${String(new URLSearchParams(pairs))}`,
    headers: {
      accept: 'application/json',
      ...(authorization !== undefined && { authorization }),
      ...(body?.contentType !== undefined && { 'content-type': body.contentType }),
      ...headers,
    },
    ...(body && { body }),
  };
};

export const redact = (authorization: string): string => {
  if (authorization.trim() === '' || authorization === 'none') return authorization.trim();
  const scheme = /^(api-key|bearer|basic|token|digest)(?=\s|$)/i.exec(authorization.trim())?.[0];
  return scheme === undefined ? '[redacted]' : `${scheme} [redacted]`;
};

const shorten = (text: string, length = 1000): string =>
  text.length > length ? `${text.slice(0, length)}… (${text.length} characters)` : text;

/** The shell puts in what the run had: with the variables of the env file, the line works as it stands. */
const toHeader = (name: string, value: string, caller: string | undefined): string => {
  if (name.toLowerCase() !== 'authorization') return quote(`${name}: ${value}`);
  return caller === undefined || value.trim() === ''
    ? quote(`${name}: ${redact(value)}`)
    : `"Authorization: $CONTRACT_AUTH_${caller}"`;
};

/** With a caller, the end of a variable `CONTRACT_AUTH_…`, that variable stands in the place of the credential. */
export const toCurl = (
  target: string,
  { method, path, headers, body }: Message,
  caller?: string,
): string => {
  return [
    method === 'HEAD' ? 'curl --head' : `curl -i -X ${method}`,
    quote(`${target}${path}`),
    ...Object.entries(headers).map(([name, value]) => `-H ${toHeader(name, value, caller)}`),
    ...(body === undefined || body.text === ''
      ? []
      : [`--data-binary ${quote(shorten(body.text))}`]),
  ].join(' ');
};

export const toAnswerLine = (status: number, text: string): string =>
  `→ ${status} ${shorten(text.trim() === '' ? '(no body)' : text.trim(), 600)}`;

const hidden = '[redacted]';
/** Three parts of base64url, the first of which is the beginning of an object. */
const jwt = /\beyJ[\w-]+\.[\w-]*\.[\w-]*/g;
/** A shorter one would be found in words that are none. */
const shortestSecret = 4;

const formsOf = (authorization: string): readonly string[] => {
  const secret = authorization.trim().replace(/^\S+\s+/, '');
  const forms = [
    secret,
    encodeURIComponent(secret),
    Buffer.from(secret).toString('base64'),
    Buffer.from(`${secret}:`).toString('base64'),
  ];
  return secret.length < shortestSecret ? [] : forms;
};

/** Takes whole `Authorization` values. Also hides every JWT, for a run is given some that it was not started with. */
export const createMask = (authorizations: Iterable<string>): ((text: string) => string) => {
  const forms = [...new Set([...authorizations].flatMap(formsOf))];
  // The longest first: one may be the beginning of another.
  forms.sort((one, other) => other.length - one.length);
  // JWTs first, whole: a short secret may stand in the middle of one. Then one after the other: a pattern of all of them takes longer to be made than most runs have use for it.
  return (text) =>
    forms.reduce((masked, form) => masked.replaceAll(form, hidden), text.replaceAll(jwt, hidden));
};
