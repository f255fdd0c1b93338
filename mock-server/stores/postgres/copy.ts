// What one process has of a sandbox that several write to: up to where it knows what is kept, and what it adds.
import { StaleError, StoreError, type Subject } from '../store.ts';
import type { Transaction } from './database.ts';
import { emptyDraft, isEmpty, writeDraft, writeNew, type Base, type Draft } from './draft.ts';
import { toEvents, type Place, type Position, type Sought, type Tail } from './rows.ts';

export type CopyOptions = {
  readonly name: string;
  readonly subject: Subject;
  /** Undefined for one that is not kept yet. */
  readonly position: Position | undefined;
  /** By the clock of the database, as far as this process knows it. In milliseconds since the epoch. */
  readonly time: () => number;
};

export type Copy = {
  readonly draft: () => Draft;
  readonly isKept: () => boolean;
  readonly hasMore: () => boolean;
  readonly sought: () => Sought;
  /** What others appended happens here; from then until `leave` time stands. Throws a `StoreError` where it cannot. */
  readonly enter: (tail: Tail | undefined) => void;
  readonly leave: () => void;
  /** Between `enter` and `leave`, before anything is committed. */
  readonly isOpen: () => boolean;
  readonly isCommitting: () => boolean;
  readonly now: () => number;
  /** Keeps what was appended. */
  readonly commit: (transaction: Transaction) => Promise<void>;
  /** Undefined while it is good for anything. */
  readonly failure: () => StaleError | undefined;
  readonly fail: (error: StoreError) => void;
  /** A turn ended with an error. */
  readonly end: (error: unknown) => void;
};

const stale = (name: string, words: string): StaleError =>
  new StaleError(`The sandbox "${name}" ${words}.`);

/** What others appended. Throws where nothing here can go on from it. */
const follow = (
  name: string,
  tail: Tail | undefined,
  draft: Draft,
  failure: StaleError | undefined,
): readonly string[] => {
  if (failure !== undefined) throw failure;
  if (tail === undefined) throw stale(name, 'has ended');
  if (tail.bodies === null) throw stale(name, 'began anew in another process');
  if (tail.bodies.length > 0 && !isEmpty(draft)) throw stale(name, 'changed in another process');
  return tail.bodies;
};

const nowhere = { epoch: '', version: 0, imageSize: 0, tailSize: 0 } as const;

/** Whether it is good for anything. */
const createFate = ({ name, subject }: CopyOptions) => {
  let failure: StaleError | undefined;
  return {
    failure: () => failure,
    /** It was removed here. */
    retire: () => {
      failure = stale(name, 'has ended');
    },
    fail: (error: StoreError) => {
      if (failure !== undefined) return;
      const { message } = error;
      failure =
        error instanceof StaleError ? error : stale(name, `has to be read anew: ${message}`);
      subject.onFailure(error);
    },
  };
};

const commit = async (
  transaction: Transaction,
  { place, ...base }: Omit<Base, 'place'> & { readonly place: Place | undefined },
  draft: Draft,
): Promise<Position> => {
  const { ask } = transaction;
  const { position, statements } =
    place === undefined ? writeNew(ask, base, draft) : writeDraft(ask, { ...base, place }, draft);
  await Promise.all([...statements, transaction.commit()]);
  return position;
};

/** What is understood in part is no state that there ever was. */
const observe = (
  { observe: see }: Subject,
  bodies: readonly string[],
  fail: Copy['fail'],
): void => {
  try {
    for (const body of bodies) see(toEvents(body));
  } catch (error) {
    if (error instanceof StoreError) fail(error);
    throw error;
  }
};

export const createCopy = (options: CopyOptions): Copy => {
  const { name, subject, time } = options;
  const { retire, ...fate } = createFate(options);
  let place: Place | undefined = options.position && { ...nowhere, ...options.position };
  let draft = emptyDraft();
  let standing: number | undefined;
  let isCommitting = false;
  const now = (): number => standing ?? time();

  return {
    ...fate,
    now,
    draft: () => draft,
    isKept: () => place !== undefined,
    hasMore: () => !isEmpty(draft),
    sought: () => ({ ...nowhere, ...place, name }),
    enter: (tail) => {
      const bodies = follow(name, tail, draft, fate.failure());
      standing = time();
      observe(subject, bodies, fate.fail);
      place = tail;
    },
    leave: () => {
      standing = undefined;
    },
    isOpen: () => standing !== undefined && !isCommitting,
    isCommitting: () => isCommitting,
    commit: async (transaction) => {
      const taken = draft;
      draft = emptyDraft();
      isCommitting = true;
      try {
        const { image, isWaiting } = subject;
        const base = { name, image, waits: isWaiting(), now: now(), place };
        place = { ...nowhere, ...(await commit(transaction, base, taken)) };
        if (taken.isRemoved) retire();
      } finally {
        isCommitting = false;
      }
    },
    end: (error) => {
      standing = undefined;
      if (error instanceof StaleError) fate.fail(error);
    },
  };
};
