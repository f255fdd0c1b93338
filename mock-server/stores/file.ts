// Sandboxes in a folder, a journal for each: an answer leaves when what it tells of would survive the end of the machine.
import { mkdir, open, readdir, readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { lockFolder } from './folder-lock.ts';
import { createJournalFile } from './journal-file.ts';
import { readJournal, type Journal } from './journal-lines.ts';
import { createJournalStream, type JournalStream } from './journal-stream.ts';
import { StoreError, type Store, type Subject } from './store.ts';

export type FileStoreOptions = {
  readonly folder: string;
  readonly warn: (message: string) => void;
  /** See `StreamOptions`. */
  readonly compactBytes?: number;
};

const suffix = '.journal';
const usualCompactBytes = 1_048_576;

const read = async (path: string): Promise<Journal> => {
  const bytes = await readFile(path);
  try {
    const journal = readJournal(bytes);
    if (journal !== undefined) return journal;
  } catch (error) {
    const words = error instanceof Error ? error.message : String(error);
    throw new StoreError('unavailable', `${path} cannot be read: ${words}.`);
  }
  throw new StoreError(
    'unavailable',
    `${path} is damaged: a line in the middle of it is not what was written. Move it away to start without that sandbox.`,
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

type Folder = Pick<FileStoreOptions, 'folder' | 'warn'>;

const pathOf = ({ folder }: Folder, name: string): string => join(folder, `${name}${suffix}`);

const list = async ({ folder }: Folder): Promise<readonly string[]> => {
  const files = await readdir(folder);
  // Drafts that never took the place of anything.
  for (const file of files) if (file.endsWith('.new')) await rm(join(folder, file));
  const journals = files.filter((file) => file.endsWith(suffix));
  return journals.map((file) => file.slice(0, -suffix.length)).sort();
};

/** What is whole, after what is not is gone. */
const load = async (folder: Folder, name: string): Promise<Journal> => {
  const path = pathOf(folder, name);
  const journal = await read(path);
  const { bytes, tornBytes } = journal;
  if (tornBytes === 0) return journal;
  folder.warn(
    `The last ${tornBytes} bytes of ${path} were not written to their end; they are dropped.`,
  );
  await cutOff(path, bytes);
  return journal;
};

/** Rejects when another process has the folder, or when it cannot be used. */
export const createFileStore = async (options: FileStoreOptions): Promise<Store> => {
  const { folder, compactBytes = usualCompactBytes } = options;
  await mkdir(folder, { recursive: true, mode: 0o700 });
  const unlock = lockFolder(folder);
  const sizes = new Map<string, number>();
  const streams = new Set<JournalStream>();

  return {
    names: () => list(options),
    load: async (name) => {
      const { events, bytes } = await load(options, name);
      sizes.set(name, bytes);
      return events;
    },
    open: (name, given) => {
      const path = pathOf(options, name);
      const file = createJournalFile(path, sizes.get(name) ?? 0);
      sizes.delete(name);
      const forget = (): void => {
        streams.delete(stream);
      };
      const subject: Subject = {
        ...given,
        onFailure: (error) => {
          forget();
          given.onFailure(error);
        },
      };
      const stream = createJournalStream({ path, file, subject, compactBytes, onRemove: forget });
      streams.add(stream);
      return stream;
    },
    sharing: undefined,
    isReady: () => Promise.resolve(true),
    close: async () => {
      await Promise.all([...streams].map((stream) => stream.close()));
      unlock();
    },
  };
};
