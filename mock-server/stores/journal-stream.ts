// The stream of one sandbox in a file. What is appended in one turn is written together, and what is appended while that is
// under way is written together next: one wait for the disk serves all who wait.
import { toStoreError, type JournalFile } from './journal-file.ts';
import {
  alone,
  StaleError,
  type StoredEvent,
  type StoreError,
  type Stream,
  type Subject,
} from './store.ts';

export type JournalStream = Stream & {
  /** Resolves when no turn goes on any longer. */
  readonly idle: () => Promise<void>;
  /** Resolves when nothing is under way any longer. */
  readonly close: () => Promise<void>;
};

export type StreamOptions = {
  readonly path: string;
  readonly file: JournalFile;
  readonly subject: Subject;
  /** The least that a file grows by before an image takes the place of what is in it. */
  readonly compactBytes: number;
  readonly onRemove: () => void;
};

/** What is written together. */
type Batch = {
  isRestart: boolean;
  image: readonly StoredEvent[];
  events: StoredEvent[];
};

const write = async ({ file, subject, compactBytes }: StreamOptions, batch: Batch) => {
  if (batch.isRestart) {
    await file.replace([...batch.image, ...batch.events]);
    return;
  }
  const { base, tail } = file.size();
  if (tail > Math.max(compactBytes, base)) {
    try {
      // All that is to be written has happened already, so it is in the image.
      await file.replace(subject.image());
      return;
    } catch {
      // There may be room for the little that is new.
    }
  }
  await file.append(batch.events);
};

/** Writes one batch after the other; a batch takes what comes until its turn. */
type Writer = {
  readonly batch: () => Batch;
  /** The end of the last batch; undefined when there is none. */
  readonly last: () => Promise<void> | undefined;
};

const createWriter = (write: (batch: Batch) => Promise<void>): Writer => {
  let next: Batch | undefined;
  let last: Promise<void> | undefined;
  const flush = async (batch: Batch, before: Promise<void> | undefined): Promise<void> => {
    await before;
    // Others of this turn may be on their way.
    await new Promise(setImmediate);
    next = undefined;
    await write(batch);
  };
  return {
    batch: () => {
      if (next !== undefined) return next;
      const batch: Batch = { isRestart: false, image: [], events: [] };
      const done = flush(batch, last);
      [next, last] = [batch, done];
      const forget = (): void => {
        if (last === done) last = undefined;
      };
      // Not everyone who appends waits.
      done.then(forget, forget);
      return batch;
    },
    last: () => last,
  };
};

type Turns = Pick<Stream, 'turn'> & Pick<JournalStream, 'idle'>;

/** One does not wait for the other, for there is but one process. */
const createTurns = (): Turns => {
  const underWay = new Set<Promise<unknown>>();
  return {
    turn: (_kind, work) => {
      const given = work();
      if (given instanceof Promise) {
        underWay.add(given);
        const end = (): void => {
          underWay.delete(given);
        };
        given.then(end, end);
      }
      return given;
    },
    idle: async () => {
      while (underWay.size > 0) await Promise.allSettled([...underWay]);
    },
  };
};

export const createJournalStream = (options: StreamOptions): JournalStream => {
  const { path, file, subject } = options;
  let failure: StoreError | undefined;
  let [isRemoved, isClosed] = [false, false];
  const takesMore = (): boolean => {
    // Nobody shall take for kept what comes too late.
    if (isClosed) failure ??= new StaleError(`${path} is closed.`);
    return failure === undefined && !isRemoved;
  };

  const writer = createWriter(async (batch) => {
    if (!takesMore()) return;
    try {
      await write(options, batch);
    } catch (error) {
      // What was removed while it was written is nobody's loss.
      if (!takesMore()) return;
      failure = toStoreError(path, error);
      await file.close();
      subject.onFailure(failure);
      throw failure;
    }
  });
  const close = async (): Promise<void> => {
    for (let last = writer.last(); last !== undefined; last = writer.last()) {
      await last.catch(() => undefined);
    }
    await file.close();
    isClosed = true;
  };

  return {
    append: (event) => {
      if (takesMore()) writer.batch().events.push(event);
    },
    restart: () => {
      if (!takesMore()) return;
      const batch = writer.batch();
      batch.isRestart = true;
      batch.image = subject.image();
      batch.events = [];
    },
    kept: () => (failure === undefined ? writer.last() : Promise.reject(failure)),
    remove: () => {
      file.remove();
      isRemoved = true;
      options.onRemove();
      void close();
    },
    ...alone,
    ...createTurns(),
    close,
  };
};
