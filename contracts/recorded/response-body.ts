// The body of a recorded answer: there, not recorded, or cut short.
import { parse } from '../engine/reply.ts';
import { toRecord, type Json } from '../invitation.ts';
import { readBytes } from './bytes.ts';
import type { Beside } from './har-file.ts';
import type { Headers } from './headers.ts';

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
