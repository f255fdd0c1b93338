// The stream of one sandbox of a folder, from when it is opened until its last turns are over.
import { rmSync } from 'node:fs';
import { indexOf, writeIndex, type Catalog } from './file-index.ts';
import { createJournalFile } from './journal-file.ts';
import type { FileTraffic } from './file-traffic.ts';
import type { JournalFolder } from './journal-folder.ts';
import { createJournalStream, type JournalStream } from './journal-stream.ts';
import { StaleError, type Stream, type Subject } from './store.ts';

export type OpenStream = {
  readonly stream: Stream;
  /** Resolves when nothing is under way any longer, and what finds it is written down. */
  readonly close: () => Promise<void>;
};

/** What the streams of a folder have together. */
export type Shelf = {
  readonly journals: JournalFolder;
  readonly catalog: Catalog;
  readonly traffic: FileTraffic;
  readonly compactBytes: number;
  readonly streams: Map<string, OpenStream>;
  /** Those whose last turns go on. */
  readonly leaving: Map<string, Promise<void>>;
  /** Of journals that are being read or were read, in bytes. */
  readonly loaded: Map<string, number>;
};

/** Knows what finds the sandbox, and writes it down once nobody writes to its journal any longer. */
const createNotes = ({ journals, catalog, traffic }: Shelf, name: string, subject: Subject) => {
  const path = journals.pathOf(name);
  const note = (): void => {
    const { keys, timeToLiveMs, usedAt } = subject.description();
    const latest = Math.max(usedAt, catalog.get(name)?.usedAt ?? 0);
    catalog.set(name, { keys, timeToLiveMs, usedAt: latest, waits: subject.isWaiting() });
  };
  return {
    note,
    keep: async () => {
      note();
      const entry = catalog.get(name);
      if (entry !== undefined) await writeIndex(path, entry);
    },
    remove: () => {
      catalog.delete(name);
      traffic.remove(name);
      rmSync(indexOf(path), { force: true });
    },
  };
};

type Ends = { readonly forget: () => void; readonly onRemove: () => void };

const createStream = (
  { journals, compactBytes }: Shelf,
  name: string,
  size: number,
  given: Subject,
  { forget, onRemove }: Ends,
): JournalStream => {
  const path = journals.pathOf(name);
  const onFailure: Subject['onFailure'] = (error) => {
    forget();
    given.onFailure(error);
  };
  const subject = { ...given, onFailure };
  const file = createJournalFile(path, size);
  return createJournalStream({ path, file, subject, compactBytes, onRemove });
};

/** `size`: see `createJournalFile`. */
export const openFileStream = (
  shelf: Shelf,
  name: string,
  size: number,
  given: Subject,
): OpenStream => {
  const { streams, leaving } = shelf;
  const notes = createNotes(shelf, name, given);
  let isOver = false;
  const forget = (): void => {
    isOver = true;
    if (streams.get(name) === opened) streams.delete(name);
  };
  const onRemove = (): void => {
    forget();
    notes.remove();
  };
  const note = (): void => {
    if (!isOver) notes.note();
  };
  const stream = createStream(shelf, name, size, given, { forget, onRemove });
  const close = async (): Promise<void> => {
    await stream.close();
    if (!isOver) await notes.keep();
    forget();
  };
  const turn: Stream['turn'] = (kind, work) => {
    if (isOver || leaving.has(name)) throw new StaleError(`The sandbox "${name}" was left.`);
    return stream.turn(kind, work);
  };
  const opened: OpenStream = {
    close,
    stream: {
      ...{ ...stream, turn },
      describe: () => {
        (stream.kept() ?? Promise.resolve()).then(note, () => undefined);
      },
      leave: () => {
        if (isOver || leaving.has(name)) return;
        const left = stream.idle().then(close);
        leaving.set(
          name,
          left.finally(() => leaving.delete(name)),
        );
      },
    },
  };
  return opened;
};
