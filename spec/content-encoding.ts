// What undoes a Content-Encoding.
import zlib from 'node:zlib';

const decoders: Readonly<Record<string, (bytes: Buffer) => Buffer>> = {
  gzip: zlib.gunzipSync,
  'x-gzip': zlib.gunzipSync,
  deflate: zlib.inflateSync,
  br: zlib.brotliDecompressSync,
};

/** Nothing for a coding that is not known. What is given back throws at bytes that are not so encoded. */
export const decoderOf = (encoding = ''): ((bytes: Buffer) => Buffer) | undefined =>
  decoders[encoding.trim().toLowerCase()];
