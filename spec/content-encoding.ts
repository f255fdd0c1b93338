// What undoes a Content-Encoding.
import zlib from 'node:zlib';

/** A few bytes may stand for gigabytes, of which no answer of the API has need. */
const limits = { maxOutputLength: 64 * 1_024 * 1_024 } as const;
const gunzip = (bytes: Buffer): Buffer => zlib.gunzipSync(bytes, limits);

const decoders: Readonly<Record<string, (bytes: Buffer) => Buffer>> = {
  gzip: gunzip,
  'x-gzip': gunzip,
  deflate: (bytes) => zlib.inflateSync(bytes, limits),
  br: (bytes) => zlib.brotliDecompressSync(bytes, limits),
};

/** Nothing for a coding that is not known. What is given back throws at bytes that are not so encoded, or hold more than 64 MiB. */
export const decoderOf = (encoding = ''): ((bytes: Buffer) => Buffer) | undefined =>
  decoders[encoding.trim().toLowerCase()];
