// Reads a request's body, once, within bounds, and parses it by its media type.
import type { IncomingMessage } from 'node:http';
import { isUtf8 } from 'node:buffer';
import type { ExchangeHeaders, ExchangeRequestBody } from '../../spec/exchange.ts';
import { parseMultipart } from './multipart.ts';
import { quote, toSentence } from './quote.ts';

export type BodyLimits = {
  readonly bytes: number;
  /** Objects and lists within each other. */
  readonly depth: number;
};

export type BodyFields = Readonly<Record<string, unknown>>;

export type ReadBody = {
  /** What the judge gets to see. */
  readonly judged: ExchangeRequestBody;
  /** What traffic shows. */
  readonly text: string | null;
  readonly outcome:
    | { readonly kind: 'fields'; readonly fields: BodyFields }
    /** JSON, but no object: a list, a string, a number. */
    | { readonly kind: 'not-an-object'; readonly found: string }
    | { readonly kind: 'malformed'; readonly detail: string }
    | { readonly kind: 'unsupported'; readonly detail: string }
    | { readonly kind: 'too-large'; readonly detail: string };
};

const mediaTypes = [
  'application/json',
  'application/x-www-form-urlencoded',
  'multipart/form-data',
] as const;

type MediaType = (typeof mediaTypes)[number];

/** The client hung up in the middle of its request: no mistake of ours, and nobody is left to be told. */
export class ClientGoneError extends Error {}

export const readBytes = (
  request: IncomingMessage,
  limit: number,
): Promise<Buffer | 'too-large'> => {
  if (Number(request.headers['content-length']) > limit) return Promise.resolve('too-large');
  return new Promise((resolve, reject) => {
    const chunks: Buffer[] = [];
    let size = 0;
    request.on('data', (chunk: Buffer) => {
      size += chunk.length;
      if (size > limit) {
        request.removeAllListeners('data');
        request.resume();
        resolve('too-large');
        return;
      }
      chunks.push(chunk);
    });
    request.on('end', () => {
      const [only] = chunks;
      resolve(chunks.length === 1 && only !== undefined ? only : Buffer.concat(chunks, size));
    });
    request.on('error', ({ message }) => {
      reject(new ClientGoneError(message));
    });
  });
};

const isDeeperThan = (value: unknown, limit: number): boolean =>
  typeof value === 'object' &&
  value !== null &&
  (limit === 0 || Object.values(value).some((inner) => isDeeperThan(inner, limit - 1)));

const isRecord = (value: unknown): value is BodyFields =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

const nameOf = (value: unknown): string => {
  if (value === null) return 'null';
  return Array.isArray(value) ? 'a list' : `a ${typeof value}`;
};

const malformed = (text: string, detail: string): ReadBody => ({
  judged: { kind: 'unreadable' },
  text,
  outcome: { kind: 'malformed', detail },
});

const parseJson = (text: string, depth: number): ReadBody => {
  try {
    const value: unknown = JSON.parse(text);
    if (isDeeperThan(value, depth)) {
      return malformed(
        text,
        `The JSON is nested more than ${depth} levels deep; this server reads no deeper.`,
      );
    }
    const judged: ExchangeRequestBody = { kind: 'json', value };
    return isRecord(value)
      ? { judged, text, outcome: { kind: 'fields', fields: value } }
      : { judged, text, outcome: { kind: 'not-an-object', found: nameOf(value) } };
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    return malformed(text, toSentence(`The body is not JSON that can be parsed: ${reason}`));
  }
};

const fromForm = (text: string, entries: Iterable<readonly [string, unknown]>): ReadBody => {
  const fields: Record<string, unknown> = Object.fromEntries(entries);
  const texts: Record<string, string> = {};
  for (const [name, value] of Object.entries(fields)) {
    if (typeof value === 'string') texts[name] = value;
  }
  return { judged: { kind: 'form', fields: texts }, text, outcome: { kind: 'fields', fields } };
};

/** As many as the family reads: more would keep everybody else waiting. */
const mostFields = 1_000;

const countFields = (text: string): number => {
  let count = 1;
  for (let at = text.indexOf('&'); at >= 0; at = text.indexOf('&', at + 1)) count += 1;
  return count;
};

const parseForm = (text: string): ReadBody => {
  const count = countFields(text);
  if (count <= mostFields) return fromForm(text, new URLSearchParams(text));
  const detail = `The form has ${count} fields; this server reads ${mostFields} at most.`;
  return malformed(text, detail);
};

const parseParts = async (bytes: Buffer, header: string): Promise<ReadBody> => {
  const parts = await parseMultipart(bytes, header);
  const text = bytes.toString('latin1');
  return parts.kind === 'parts' ? fromForm(text, parts.entries) : malformed(text, parts.detail);
};

const parse = (
  bytes: Buffer,
  type: MediaType,
  header: string,
  limits: BodyLimits,
): ReadBody | Promise<ReadBody> => {
  if (type === 'multipart/form-data') return parseParts(bytes, header);
  if (!isUtf8(bytes)) return malformed(bytes.toString('latin1'), 'The body is not valid UTF-8.');
  const text = bytes.toString('utf8');
  return type === 'application/json' ? parseJson(text, limits.depth) : parseForm(text);
};

/** No body at all is an empty object, whatever the content type says. [errors.no-body] */
const none: ReadBody = {
  judged: { kind: 'none' },
  text: null,
  outcome: { kind: 'fields', fields: {} },
};

/** The same for whoever has the bytes already. */
export const parseBody = (
  bytes: Buffer | 'too-large',
  headers: ExchangeHeaders,
  limits: BodyLimits,
): ReadBody | Promise<ReadBody> => {
  if (bytes === 'too-large' || bytes.length > limits.bytes) {
    const detail = `The body is larger than ${limits.bytes} bytes, the most that this server reads.`;
    return { judged: { kind: 'unreadable' }, text: null, outcome: { kind: 'too-large', detail } };
  }
  if (bytes.length === 0) return none;
  const header = String(headers['content-type'] ?? '');
  const essence = (header.split(';', 1)[0] ?? '').trim().toLowerCase();
  const type = mediaTypes.find((known) => known === essence);
  const encoding = String(headers['content-encoding'] ?? 'identity').toLowerCase();
  if (type !== undefined && encoding === 'identity') return parse(bytes, type, header, limits);
  const detail =
    type === undefined
      ? `The media type ${quote(essence)} is not supported; use ${mediaTypes.join(', ')}.`
      : `The content encoding ${quote(encoding)} is not supported; send the body as it is.`;
  return {
    judged: { kind: 'unreadable' },
    text: bytes.toString('latin1'),
    outcome: { kind: 'unsupported', detail },
  };
};

export const readBody = (request: IncomingMessage, limits: BodyLimits): Promise<ReadBody> =>
  readBytes(request, limits.bytes).then((bytes) => parseBody(bytes, request.headers, limits));
