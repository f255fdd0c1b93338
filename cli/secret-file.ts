// A file that holds secrets: whole or not there at all, and for nobody else of this machine to read.
import { randomBytes } from 'node:crypto';
import { renameSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';

/** A pipe or a device is written to; put in its place, the file would take it from everybody. */
const isStream = (file: string): boolean => {
  const found = statSync(file, { throwIfNoEntry: false });
  return found !== undefined && !found.isFile() && !found.isDirectory();
};

/** Whoever waits for the file finds it whole. Where it cannot be written, nothing is left behind, and this throws. */
export const writeSecretly = (file: string, text: string): void => {
  if (isStream(file)) {
    writeFileSync(file, text);
    return;
  }
  // Nobody can have laid a link under a name that nobody could guess, and an exclusive open would not follow it.
  const draft = join(dirname(file), `.${basename(file)}.${randomBytes(9).toString('hex')}`);
  try {
    writeFileSync(draft, text, { mode: 0o600, flag: 'wx' });
    renameSync(draft, file);
  } catch (error) {
    rmSync(draft, { force: true });
    throw error;
  }
};
