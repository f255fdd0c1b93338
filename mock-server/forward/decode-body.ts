// The text of a body that a deployment has compressed.
import zlib from 'node:zlib';

const decoders: Readonly<Record<string, (bytes: Buffer) => Buffer>> = {
  gzip: zlib.gunzipSync,
  'x-gzip': zlib.gunzipSync,
  deflate: zlib.inflateSync,
  br: zlib.brotliDecompressSync,
};

/** As it stands where it cannot be decoded: what is wrong with it is then seen. */
export const decodeBody = (bytes: Buffer, encoding = 'identity'): string => {
  try {
    return (decoders[encoding.trim().toLowerCase()]?.(bytes) ?? bytes).toString('utf8');
  } catch {
    return bytes.toString('latin1');
  }
};
