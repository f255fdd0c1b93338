// The bodies of recorded messages. Their bytes are in the recording as text, in base64, or in a file beside it; an answer's may
// not be recorded, or be cut short; of a request's there are fields to be read.
import { isUtf8 } from 'node:buffer';
import { decoderOf } from '../../spec/content-encoding.ts';
import { multipart } from '../body.ts';
import { isRecord, toRecord, type Json } from '../invitation.ts';
import type { Beside } from './har-file.ts';
import type { Headers } from './headers.ts';
import { parse } from '../engine/reply.ts';

/** Some proxies record what went over the wire; most have it unpacked, under the same headers. */
const inflate = (bytes: Buffer, headers: Headers): Buffer | undefined => {
  const encoding = headers['content-encoding'];
  if (encoding === undefined || isUtf8(bytes)) return bytes;
  try {
    return decoderOf(encoding)?.(bytes);
  } catch {
    return undefined;
  }
};

/** What tools that take secrets out of recordings leave in the place of a body. */
const isPlaceholder = (text: string): boolean =>
  /^\[[\w/.+;= -]*\b(redacted|omitted)\]$/i.test(text.trim());

/** JSON in base64 though nothing says so: its first letter is `{`, perhaps behind a byte order mark. */
const isBareBase64 = (text: string): boolean =>
  /^[\w+/=\s]+$/.test(text) && /^\uFEFF?\{"/.test(Buffer.from(text, 'base64').toString());

const readBytes = (content: Json, headers: Headers, beside: Beside): Buffer | undefined => {
  const { text, encoding, _file: file } = content;
  if (typeof file === 'string' && file !== '') {
    const bytes = beside(file);
    return bytes && inflate(bytes, headers);
  }
  if (isRecord(text) || Array.isArray(text)) return Buffer.from(JSON.stringify(text));
  if (typeof text !== 'string' || text === '' || isPlaceholder(text)) return undefined;
  const isSaid = typeof encoding === 'string' && encoding.toLowerCase() === 'base64';
  if (!isSaid && !isBareBase64(text)) return Buffer.from(text);
  const isBase64 = /^[\w+/=\s-]*$/.test(text);
  return isBase64 ? inflate(Buffer.from(text, 'base64'), headers) : undefined;
};

export type ResponseBody = {
  /** Undefined when there was one and the recording does not have it, or not all of it. */
  readonly body: string | undefined;
  readonly isCut: boolean;
};

const toNumber = (value: unknown): number => (typeof value === 'number' ? value : -1);

const lengthOf = (headers: Headers): number => Number(headers['content-length'] ?? -1);

/** Whether nothing was sent, rather than nothing recorded: a size of -1 or none says nothing. */
const isEmpty = (response: Json, content: Json, headers: Headers): boolean => {
  const sizes = [toNumber(content['size']), lengthOf(headers)];
  return sizes.includes(0) && [...sizes, toNumber(response['bodySize'])].every((size) => size <= 0);
};

/** The answer to a HEAD has the length of a body that it does not have. */
const isBodyless = (method: string, status: number): boolean =>
  method === 'HEAD' || status === 204 || status === 304;

export const readResponseBody = (
  method: string,
  status: number,
  response: Json,
  headers: Headers,
  beside: Beside,
): ResponseBody => {
  const content = toRecord(response['content']);
  const bytes = readBytes(content, headers, beside);
  if (bytes === undefined) {
    const isNone = isBodyless(method, status) || isEmpty(response, content, headers);
    return { body: isNone ? '' : undefined, isCut: false };
  }
  const text = bytes.toString('utf8').replace(/^\uFEFF/, '');
  const onWire = headers['content-encoding'] === undefined ? lengthOf(headers) : -1;
  const isShort = bytes.length < Math.max(toNumber(content['size']), onWire);
  // Sizes are counted in several ways; what can be read to its end was not cut.
  const isCut = isShort && parse(text) === undefined && !isBodyless(method, status);
  return { body: isCut ? undefined : text, isCut };
};

export type RequestBody = { readonly text: string; readonly contentType: string };

const essenceOf = (contentType: string): string =>
  contentType.split(';')[0]?.trim().toLowerCase() ?? '';

const toPairs = (params: unknown): [string, string][] => {
  const list: readonly unknown[] = Array.isArray(params) ? params : [];
  return list.filter(isRecord).flatMap(({ name, value }): [string, string][] => {
    return typeof name === 'string' && typeof value === 'string' ? [[name, value]] : [];
  });
};

const boundaryOf = (contentType: string): string | undefined =>
  /;\s*boundary="?([^";]+)"?/i.exec(contentType)?.[1];

/** A form that the recording has as a list of its fields. */
const toForm = (params: unknown, contentType: string): RequestBody | undefined => {
  const pairs = toPairs(params);
  if (pairs.length === 0) return undefined;
  return essenceOf(contentType) === 'multipart/form-data'
    ? multipart(Object.fromEntries(pairs), boundaryOf(contentType))
    : { text: new URLSearchParams(pairs).toString(), contentType };
};

export const readRequestBody = (
  request: Json,
  headers: Headers,
  beside: Beside,
): RequestBody | undefined => {
  const { postData } = request;
  if (!isRecord(postData)) return undefined;
  const { mimeType, params } = postData;
  const contentType = headers['content-type'] ?? (typeof mimeType === 'string' ? mimeType : '');
  const bytes = readBytes(postData, headers, beside);
  return bytes === undefined
    ? toForm(params, contentType)
    : { text: bytes.toString('utf8'), contentType };
};

const toObject = (value: unknown): Json | undefined => (isRecord(value) ? value : undefined);

/** Its text fields; lines may have lost their carriage return on the way into the recording. */
const parseMultipart = (text: string, contentType: string): Json | undefined => {
  const boundary = boundaryOf(contentType) ?? /^--(\S+)/.exec(text)?.[1];
  if (boundary === undefined) return undefined;
  const parts = text.split(`--${boundary}`).slice(1);
  return Object.fromEntries(
    parts.flatMap((part) => {
      const [, head = '', value = ''] = /^\r?\n([^]*?)\r?\n\r?\n([^]*?)\r?\n$/.exec(part) ?? [];
      const name = /\bname="([^"]*)"/i.exec(head)?.[1];
      return name === undefined || /\bfilename=/i.test(head) ? [] : [[name, value]];
    }),
  );
};

/** The fields that were sent; undefined when there are none that can be read. */
export const readFields = (body: RequestBody | undefined): Json | undefined => {
  if (body === undefined) return undefined;
  switch (essenceOf(body.contentType)) {
    case 'application/x-www-form-urlencoded':
      return Object.fromEntries(new URLSearchParams(body.text));
    case 'multipart/form-data':
      return parseMultipart(body.text, body.contentType);
    case 'application/json':
      return toObject(parse(body.text));
    default:
      return undefined;
  }
};
