// The body of a recorded request, and the fields in it.
import { parse } from '../engine/reply.ts';
import { isRecord, type Json } from '../invitation.ts';
import { readBytes } from './bytes.ts';
import type { Beside } from './har-file.ts';
import type { Headers } from './headers.ts';

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

const toMultipart = (pairs: readonly [string, string][], boundary: string): string =>
  [
    ...pairs.map(
      ([name, value]) =>
        `--${boundary}\r\nContent-Disposition: form-data; name="${name}"\r\n\r\n${value}\r\n`,
    ),
    `--${boundary}--\r\n`,
  ].join('');

/** A form that the recording has as a list of its fields. */
const toForm = (params: unknown, contentType: string): RequestBody | undefined => {
  const pairs = toPairs(params);
  if (pairs.length === 0) return undefined;
  if (essenceOf(contentType) !== 'multipart/form-data') {
    return { text: new URLSearchParams(pairs).toString(), contentType };
  }
  const boundary = boundaryOf(contentType) ?? 'recorded';
  return {
    text: toMultipart(pairs, boundary),
    contentType: `multipart/form-data; boundary=${boundary}`,
  };
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

const parseObject = (text: string): Json | undefined => {
  const value = parse(text);
  return isRecord(value) ? value : undefined;
};

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
      return parseObject(body.text);
    default:
      return undefined;
  }
};
