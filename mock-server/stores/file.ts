// Sandboxes in a folder, a journal for each: an answer leaves when what it tells of would survive the end of the machine. A
// journal is read when its sandbox is asked for.
import { mkdir } from 'node:fs/promises';
import { createCatalog, readIndex, type Catalog } from './file-index.ts';
import { createFileTraffic } from './file-traffic.ts';
import { openFileStream, type Shelf } from './file-stream.ts';
import { lockFolder } from './folder-lock.ts';
import { openJournalFolder, type JournalFolder } from './journal-folder.ts';
import { toStoreError } from './journal-file.ts';
import { codeOf, StaleError, StoreError, type Sharing, type Store } from './store.ts';

export type FileStoreOptions = {
  readonly folder: string;
  readonly warn: (message: string) => void;
  /** See `StreamOptions`. */
  readonly compactBytes?: number;
  /** Milliseconds since the epoch. */
  readonly now?: () => number;
};

const usualCompactBytes = 1_048_576;

const createSharing = (
  { journals, catalog, streams, leaving, loaded, traffic }: Shelf,
  unfound: readonly string[],
  now: () => number,
): Sharing => ({
  unfound: () => unfound,
  find: (key) => Promise.resolve(catalog.find(key)),
  sweep: (used) => {
    for (const [name, usedAt] of used) {
      const entry = catalog.get(name);
      if (entry !== undefined) catalog.set(name, { ...entry, usedAt });
    }
    for (const [name, { timeToLiveMs, usedAt }] of catalog.entries()) {
      if (timeToLiveMs === null || usedAt + timeToLiveMs > now()) continue;
      if (leaving.has(name) || loaded.has(name)) continue;
      const opened = streams.get(name);
      if (opened === undefined) {
        journals.remove(name);
        traffic.remove(name);
      } else opened.stream.remove();
      catalog.delete(name);
    }
    const left = catalog.entries();
    // What is in memory wakes by itself.
    const waiting = left.filter(([name, { waits }]) => waits && !streams.has(name));
    return Promise.resolve({
      // Those that could not be read at the start are there for all that.
      all: new Set([...left.map(([name]) => name), ...unfound]),
      waiting: waiting.map(([name]) => name),
    });
  },
  claims: undefined,
  traffic,
});

/** Gives the names of those that have none that counts. */
const readIndexes = async (journals: JournalFolder, catalog: Catalog) => {
  const unfound: string[] = [];
  for (const name of await journals.names()) {
    const entry = await readIndex(journals.pathOf(name));
    if (entry === undefined) unfound.push(name);
    else catalog.set(name, entry);
  }
  return unfound;
};

const takeFolder = async (folder: string): Promise<() => void> => {
  try {
    await mkdir(folder, { recursive: true, mode: 0o700 });
    return lockFolder(folder);
  } catch (error) {
    throw codeOf(error) === undefined ? error : toStoreError(`The folder ${folder}`, error);
  }
};

/** Rejects when another process has the folder, or when it cannot be used. */
export const createFileStore = async (options: FileStoreOptions): Promise<Store> => {
  const { folder, warn, compactBytes = usualCompactBytes, now = Date.now } = options;
  const unlock = await takeFolder(folder);
  const journals = await openJournalFolder(folder, warn);
  const catalog = createCatalog();
  const unfound = await readIndexes(journals, catalog);
  const shelf: Shelf = {
    ...{ journals, catalog, compactBytes },
    traffic: createFileTraffic(folder, journals.pathOf, now),
    ...{ streams: new Map(), leaving: new Map(), loaded: new Map() },
  };
  const { streams, leaving, loaded } = shelf;
  let isClosed = false;

  return {
    names: journals.names,
    load: async (name) => {
      await leaving.get(name);
      if (isClosed) throw new StoreError('unavailable', `${folder} is closed.`);
      // Whoever makes it gives it once it is made.
      if (streams.has(name)) throw new StaleError(`The sandbox "${name}" is being made.`);
      loaded.set(name, 0);
      try {
        const { events, bytes } = await journals.load(name);
        loaded.set(name, bytes);
        return events;
      } catch (error) {
        loaded.delete(name);
        throw error;
      }
    },
    open: (name, subject) => {
      const opened = openFileStream(shelf, name, loaded.get(name) ?? 0, subject);
      loaded.delete(name);
      streams.set(name, opened);
      return opened.stream;
    },
    sharing: createSharing(shelf, unfound, now),
    isReady: () => Promise.resolve(true),
    close: async () => {
      isClosed = true;
      await Promise.all([...streams.values()].map(({ close }) => close()));
      await Promise.all(leaving.values());
      await shelf.traffic.close();
      unlock();
    },
  };
};
