// The bytes of a recorded body: in the recording as text, in base64, or in a file beside it.
import { isUtf8 } from 'node:buffer';
import { decoderOf } from '../../spec/content-encoding.ts';
import { isRecord, type Json } from '../invitation.ts';
import type { Beside } from './har-file.ts';
import type { Headers } from './headers.ts';

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

export const readBytes = (content: Json, headers: Headers, beside: Beside): Buffer | undefined => {
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
