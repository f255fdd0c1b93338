// The folder of a file store: a journal for each sandbox, and beside it what finds the sandbox.
import { rmSync } from 'node:fs';
import { open, readdir, readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { indexOf } from './file-index.ts';
import { trafficOf } from './file-traffic.ts';
import { readJournal, type Journal } from './journal-lines.ts';
import { codeOf, StaleError, StoreError, UnreadableError } from './store.ts';

export type JournalFolder = {
  readonly pathOf: (name: string) => string;
  /** In alphabetical order. */
  readonly names: () => Promise<readonly string[]>;
  /** What is whole, after what is not is gone. Rejects with a `StaleError` where there is none of that name. */
  readonly load: (name: string) => Promise<Journal>;
  /** A journal that nobody has open. */
  readonly remove: (name: string) => void;
};

const suffix = '.journal';

const readBytes = async (path: string): Promise<Buffer> => {
  try {
    return await readFile(path);
  } catch (error) {
    if (codeOf(error) === 'ENOENT') throw new StaleError(`There is no ${path} any longer.`);
    const words = error instanceof Error ? error.message : String(error);
    throw new StoreError('unavailable', `${path} cannot be read: ${words}.`);
  }
};

const remedy = 'Move it away to start without that sandbox.';

const read = async (path: string): Promise<Journal> => {
  const bytes = await readBytes(path);
  try {
    const journal = await readJournal(bytes);
    if (journal !== undefined && journal.events.length > 0) return journal;
    // A journal takes its place with its first events in it.
    if (journal !== undefined) throw new Error('nothing that was written to its end is in it');
  } catch (error) {
    const words = `${path} cannot be read: ${error instanceof Error ? error.message : String(error)}. ${remedy}`;
    throw error instanceof UnreadableError
      ? new UnreadableError(words)
      : new StoreError('unavailable', words);
  }
  throw new StoreError(
    'unavailable',
    `${path} is damaged: a line in the middle of it is not what was written. ${remedy}`,
  );
};

const cutOff = async (path: string, bytes: number): Promise<void> => {
  const file = await open(path, 'r+');
  try {
    await file.truncate(bytes);
    await file.datasync();
  } finally {
    await file.close();
  }
};

/** Of a folder that is locked. */
export const openJournalFolder = async (
  folder: string,
  warn: (message: string) => void,
): Promise<JournalFolder> => {
  const pathOf = (name: string): string => join(folder, `${name}${suffix}`);
  const files = await readdir(folder);
  const left = new Set(files.filter((file) => file.endsWith(suffix)).map(trafficOf));
  for (const file of files) {
    // Drafts that never took the place of anything, and traffic of sandboxes that are gone.
    const isNeeded =
      !file.endsWith('.new') && (!file.endsWith(trafficOf(suffix)) || left.has(file));
    if (!isNeeded) await rm(join(folder, file));
  }
  return {
    pathOf,
    names: async () => {
      const journals = (await readdir(folder)).filter((file) => file.endsWith(suffix));
      return journals.map((file) => file.slice(0, -suffix.length)).sort();
    },
    load: async (name) => {
      const path = pathOf(name);
      const journal = await read(path);
      const { bytes, tornBytes } = journal;
      if (tornBytes === 0) return journal;
      warn(
        `The last ${tornBytes} bytes of ${path} were not written to their end; they are dropped.`,
      );
      await cutOff(path, bytes);
      return journal;
    },
    remove: (name) => {
      rmSync(indexOf(pathOf(name)), { force: true });
      rmSync(pathOf(name), { force: true });
    },
  };
};
