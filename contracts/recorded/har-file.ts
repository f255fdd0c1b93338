// The file of a recording: plain or gzipped, in UTF-8 or UTF-16, and the bodies that lie beside it in files of their own.
import { readFileSync, realpathSync } from 'node:fs';
import { dirname, resolve, sep } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { CannotRun, orCannotRun } from '../../settings/cannot-run.ts';
import { isRecord } from '../invitation.ts';

/** The bytes of a file in the recording's folder; undefined when there is none of that name, or it is elsewhere. */
export type Beside = (name: string) => Buffer | undefined;

export type HarFile = { readonly entries: readonly unknown[]; readonly beside: Beside };

const readBytes = (file: string): Buffer =>
  orCannotRun(
    () => readFileSync(file),
    (reason) => `${file} cannot be read: ${reason}.`,
  );

const startsWith = (bytes: Buffer, ...first: readonly number[]): boolean =>
  first.every((byte, index) => bytes[index] === byte);

const unpack = (bytes: Buffer, file: string): Buffer => {
  if (startsWith(bytes, 0x50, 0x4b, 0x03, 0x04)) {
    throw new CannotRun(`${file} is a ZIP archive. Unpack it, and give the .har that is in it.`);
  }
  if (!startsWith(bytes, 0x1f, 0x8b)) return bytes;
  return orCannotRun(
    // Whoever fetches a packed file may have packed it once more.
    () => unpack(gunzipSync(bytes), file),
    (reason) => `${file} is gzipped, and cannot be unpacked: ${reason}.`,
  );
};

/** A byte order mark goes with it. */
const decode = (bytes: Buffer): string => {
  if (startsWith(bytes, 0xff, 0xfe)) return new TextDecoder('utf-16le').decode(bytes);
  return new TextDecoder(startsWith(bytes, 0xfe, 0xff) ? 'utf-16be' : 'utf-8').decode(bytes);
};

const parse = (text: string, file: string): unknown =>
  orCannotRun(
    (): unknown => JSON.parse(text),
    (reason) => `${file} is no HAR, for it is no JSON: ${reason}.`,
  );

/** A name may lead out of the folder by dots or by a link; a recording that others made is not to read what it likes. */
const toBeside =
  (file: string): Beside =>
  (name) => {
    try {
      const folder = realpathSync(dirname(file));
      const path = realpathSync(resolve(folder, name));
      return path.startsWith(`${folder}${sep}`) ? readFileSync(path) : undefined;
    } catch {
      return undefined;
    }
  };

/** Throws a CannotRun. */
export const readHarFile = (file: string): HarFile => {
  const document = parse(decode(unpack(readBytes(file), file)), file);
  const log = isRecord(document) ? document['log'] : undefined;
  const entries = isRecord(log) ? log['entries'] : undefined;
  if (!Array.isArray(entries)) {
    throw new CannotRun(`${file} is no HAR: there is no list log.entries in it.`);
  }
  return { entries, beside: toBeside(file) };
};
