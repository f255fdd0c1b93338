// Form fields out of a multipart body. Files are no input of this API: a part with a file name counts as no text.
import { Busboy } from '@fastify/busboy';
import { toSentence } from './quote.ts';

export type Multipart =
  | { readonly kind: 'parts'; readonly entries: readonly (readonly [string, unknown])[] }
  | { readonly kind: 'malformed'; readonly detail: string };

const mostParts = 100;
/** Bytes that are looked at before the next look at what was found. */
const stride = 16_384;

const tooMany: Multipart = {
  kind: 'malformed',
  detail: `The multipart body has more than ${mostParts} parts; this server reads no more.`,
};

const explain = (error: unknown): Multipart => {
  const reason = error instanceof Error ? error.message : String(error);
  return {
    kind: 'malformed',
    detail: toSentence(`The multipart body cannot be parsed: ${reason}`),
  };
};

export const parseMultipart = (bytes: Buffer, contentType: string): Promise<Multipart> =>
  new Promise((resolve) => {
    const entries: (readonly [string, unknown])[] = [];
    try {
      const parser = new Busboy({
        headers: { 'content-type': contentType },
        limits: { parts: mostParts, fieldSize: bytes.length },
        // The family tells a file by its name alone, whatever media type the part has.
        isPartAFile: (_name, _type, fileName) => fileName !== undefined,
      });
      parser.on('field', (name, value) => entries.push([name, value]));
      parser.on('file', (name, file) => {
        entries.push([name, { file: true }]);
        // A part that breaks off tells its own stream as well; an error that nobody hears ends the process.
        file.on('error', (error) => {
          resolve(explain(error));
        });
        file.resume();
      });
      parser.on('error', (error) => {
        resolve(explain(error));
      });
      parser.on('finish', () => {
        resolve({ kind: 'parts', entries });
      });
      const seen = { tooMany: false };
      parser.on('partsLimit', () => {
        seen.tooMany = true;
        resolve(tooMany);
      });
      for (let at = 0; at < bytes.length && !seen.tooMany; at += stride) {
        parser.write(bytes.subarray(at, at + stride));
      }
      parser.end();
    } catch (error) {
      resolve(explain(error));
    }
  });
