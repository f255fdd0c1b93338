// The file that one journal is in: it grows at its end, or another one takes its place as a whole.
import { fsyncSync, openSync, closeSync, renameSync, rmSync } from 'node:fs';
import { open, type FileHandle } from 'node:fs/promises';
import { dirname } from 'node:path';
import { head, writeLines } from './journal-lines.ts';
import { codeOf, StoreError, type StoredEvent } from './store.ts';

export type JournalFile = {
  /** All or nothing: resolves when it would survive the end of the machine. */
  readonly append: (events: readonly StoredEvent[]) => Promise<void>;
  /** These take the place of all that is in it; until then, and where that fails, it is as it was. */
  readonly replace: (events: readonly StoredEvent[]) => Promise<void>;
  /** In bytes: what it held when its contents were last replaced, and what was appended since. */
  readonly size: () => { readonly base: number; readonly tail: number };
  /** Throws a `StoreError` where it stays as it was. */
  readonly remove: () => void;
  readonly close: () => Promise<void>;
};

const noRoom: ReadonlySet<unknown> = new Set(['ENOSPC', 'EDQUOT', 'EFBIG']);
/** Written between two turns of the event loop. */
const atOnce = 100;

export const toStoreError = (path: string, error: unknown): StoreError => {
  if (error instanceof StoreError) return error;
  const code = codeOf(error);
  const words = error instanceof Error ? error.message : String(error);
  return noRoom.has(code)
    ? new StoreError('full', `There is no room left for ${path} (${String(code)}).`)
    : new StoreError('unavailable', `${path} cannot be written: ${words}.`);
};

/** A name in a folder is safe once the folder is, which has to be open before anything changes. Windows sees to it alone, and opens no folder. */
const changeFolder = (path: string, change: () => void): void => {
  if (process.platform === 'win32') {
    change();
    return;
  }
  const folder = openSync(dirname(path), 'r');
  try {
    change();
    fsyncSync(folder);
  } finally {
    closeSync(folder);
  }
};

const takePlace = (own: string, path: string): void => {
  changeFolder(path, () => {
    renameSync(own, path);
  });
};

const removeFile = (path: string): void => {
  try {
    changeFolder(path, () => {
      rmSync(path, { force: true });
    });
  } catch (error) {
    throw toStoreError(path, error);
  }
};

const writeAll = async (file: FileHandle, events: readonly StoredEvent[]): Promise<number> => {
  let bytes = 0;
  for (let from = 0; from < events.length; from += atOnce) {
    const lines = writeLines(events.slice(from, from + atOnce), from + atOnce >= events.length);
    await file.appendFile(lines);
    bytes += Buffer.byteLength(lines);
  }
  return bytes;
};

let count = 0;

/** `size`: of what is there already and is whole; 0 for a file that is not there yet. */
export const createJournalFile = (path: string, size: number): JournalFile => {
  let file: FileHandle | undefined;
  let [base, tail, isRemoved] = [size, 0, false];

  const fill = async (draft: FileHandle, own: string, events: readonly StoredEvent[]) => {
    await draft.appendFile(head);
    const bytes = await writeAll(draft, events);
    await draft.datasync();
    if (isRemoved) throw new Error('it was removed');
    takePlace(own, path);
    return head.length + bytes;
  };

  return {
    append: async (events) => {
      file ??= await open(path, 'a', 0o600);
      try {
        const bytes = await writeAll(file, events);
        await file.datasync();
        tail += bytes;
      } catch (error) {
        // Half of it would be in the way of what comes next.
        await file.truncate(base + tail).catch(() => undefined);
        throw error;
      }
    },
    replace: async (events) => {
      count += 1;
      const own = `${path}.${process.pid}-${count}.new`;
      const draft = await open(own, 'wx', 0o600);
      try {
        [base, tail] = [await fill(draft, own, events), 0];
      } catch (error) {
        await draft.close();
        rmSync(own, { force: true });
        throw error;
      }
      await file?.close();
      file = draft;
    },
    size: () => ({ base, tail }),
    remove: () => {
      removeFile(path);
      isRemoved = true;
    },
    close: async () => {
      await file?.close();
      file = undefined;
    },
  };
};
