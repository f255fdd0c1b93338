// The stream of one sandbox that several processes write to.
import type { Stream } from '../store.ts';
import { createCopy, type Copy, type CopyOptions } from './copy.ts';
import type { Database } from './database.ts';
import { toParts } from './rows.ts';
import { createTurns, type TurnOptions } from './turns.ts';

export type SharedStream = Omit<Stream, 'leave'> & {
  /** Resolves when nothing is under way any longer. */
  readonly close: () => Promise<void>;
};

const make = async (database: Database, copy: Copy): Promise<void> => {
  const transaction = await database.begin();
  try {
    await copy.commit(transaction);
  } catch (error) {
    transaction.abandon();
    throw error;
  }
};

const nothing = (): void => undefined;

export const createSharedStream = (options: CopyOptions & TurnOptions): SharedStream => {
  const { subject, database } = options;
  const copy = createCopy(options);
  const turns = createTurns(options, copy);
  let making: Promise<void> | undefined;
  let isRemoved = false;

  /** What is appended outside of a turn is kept in one of its own. */
  const follow = (): void => {
    if (!copy.isOpen() && copy.isKept()) turns.take('write', nothing).catch(nothing);
  };
  return {
    append: (event) => {
      if (isRemoved) return;
      copy.draft().events.push(event);
      follow();
    },
    restart: () => {
      const draft = copy.draft();
      draft.parts = toParts(subject.image());
      draft.events = [];
      follow();
    },
    kept: () => {
      const failure = copy.failure();
      if (failure !== undefined) return isRemoved ? undefined : Promise.reject(failure);
      if (copy.isOpen() || !(copy.hasMore() || copy.isCommitting())) return making;
      if (copy.isKept()) return turns.take('write', nothing);
      making ??= make(database, copy).finally(() => {
        making = undefined;
      });
      return making;
    },
    remove: () => {
      isRemoved = true;
      copy.draft().isRemoved = true;
      follow();
    },
    turn: turns.take,
    describe: () => {
      copy.draft().description = subject.description;
      follow();
    },
    now: copy.now,
    close: async () => {
      if (!copy.isKept() && copy.hasMore()) await make(database, copy);
      for (let last = turns.last(); last !== undefined; last = turns.last()) await last;
    },
  };
};
