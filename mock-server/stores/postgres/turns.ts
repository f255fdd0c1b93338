// Turns of those who work on one sandbox, one after the other. All who come while one is under way share the next.
import { StoreError, type Subject, type TurnKind } from '../store.ts';
import type { Confirm } from './confirm.ts';
import type { Copy } from './copy.ts';
import type { Database, Transaction } from './database.ts';
import { lockTail } from './rows.ts';

export type TurnOptions = {
  readonly subject: Subject;
  readonly database: Database;
  readonly confirm: Confirm;
  /** Told of what the clock of the database shows. */
  readonly onTime: (now: number) => void;
};

export type Turns = {
  readonly take: <Given>(kind: TurnKind, work: () => Given | Promise<Given>) => Promise<Given>;
  /** Undefined when nobody waits or works. */
  readonly last: () => Promise<void> | undefined;
};

/** Somebody who waits for a turn. */
type Visit = {
  readonly kind: TurnKind;
  /** Gives what tells the one who waits how it went, to be called once it is kept. */
  readonly work: () => Promise<() => void>;
  readonly refuse: (error: unknown) => void;
};

/** Others would wait for too long. */
const mostVisits = 500;

const toVisit = <Given>(
  kind: TurnKind,
  work: () => Given | Promise<Given>,
  resolve: (given: Given) => void,
  refuse: (error: unknown) => void,
): Visit => ({
  kind,
  refuse,
  work: async () => {
    try {
      const given = await work();
      return () => {
        resolve(given);
      };
    } catch (error) {
      return () => {
        refuse(error);
      };
    }
  },
});

const workAll = (visits: readonly Visit[]): Promise<readonly (() => void)[]> =>
  Promise.all(visits.map(({ work }) => work()));

/** Those who wait, in the order in which they came. */
const createQueue = () => {
  let waiting: Visit[] = [];
  return {
    isEmpty: () => waiting.length === 0,
    hasWrites: () => waiting.some(({ kind }) => kind === 'write'),
    add: (visit: Visit) => {
      waiting.push(visit);
    },
    putBack: (visits: readonly Visit[]) => {
      waiting = [...visits, ...waiting];
    },
    takeReads: (): readonly Visit[] => {
      const taken = waiting.filter(({ kind }) => kind === 'read');
      waiting = waiting.filter(({ kind }) => kind === 'write');
      return taken;
    },
    takeAll: (): readonly Visit[] => {
      const taken = waiting;
      waiting = [];
      return taken;
    },
  };
};

type Queue = ReturnType<typeof createQueue>;

/** Nothing is locked. False where a look at the sandbox changes it: those who came for one have to wait on. */
const lookAt = async (
  { subject, confirm, onTime }: TurnOptions,
  copy: Copy,
  { takeReads, putBack }: Queue,
): Promise<boolean> => {
  let visits: readonly Visit[] = [];
  try {
    const tail = await confirm(() => {
      visits = takeReads();
      return copy.sought();
    });
    if (tail !== undefined) onTime(tail.now);
    copy.enter(tail);
    const isQuiet = subject.isQuiet();
    const told = isQuiet ? await workAll(visits) : [];
    copy.leave();
    if (!isQuiet) putBack(visits);
    for (const tell of told) tell();
    return isQuiet;
  } catch (error) {
    copy.end(error);
    for (const { refuse } of visits) refuse(error);
    return true;
  }
};

/** Commits what was appended, or lets go of the lock without waiting for that. */
const conclude = async (copy: Copy, transaction: Transaction): Promise<void> => {
  if (!copy.hasMore()) {
    transaction.abandon();
    return;
  }
  try {
    await copy.commit(transaction);
  } catch (error) {
    // It has happened here, and nobody knows whether it is kept.
    if (error instanceof StoreError) copy.fail(error);
    throw error;
  }
};

/** Nobody else writes from the moment when the work begins until it is kept. */
const change = async (
  { subject, database, onTime }: TurnOptions,
  copy: Copy,
  { isEmpty, takeAll }: Queue,
): Promise<void> => {
  const visits: Visit[] = [];
  const told: (() => void)[] = [];
  let transaction: Transaction | undefined;
  try {
    transaction = await database.begin();
    const tail = await lockTail(transaction.ask, copy.sought());
    if (tail !== undefined) onTime(tail.now);
    copy.enter(tail);
    do {
      const taken = takeAll();
      visits.push(...taken);
      told.push(...(await workAll(taken)));
    } while (!isEmpty() && visits.length < mostVisits);
    subject.settle();
    await conclude(copy, transaction);
    copy.leave();
    for (const tell of told) tell();
  } catch (error) {
    transaction?.abandon();
    copy.end(error);
    // Whoever came until now waited for the same.
    for (const { refuse } of [...visits, ...takeAll()]) refuse(error);
  }
};

export const createTurns = (options: TurnOptions, copy: Copy): Turns => {
  const queue = createQueue();
  let last: Promise<void> | undefined;
  const run = async (): Promise<void> => {
    while (!queue.isEmpty()) {
      const isEnough = !queue.hasWrites() && (await lookAt(options, copy, queue));
      if (!isEnough) await change(options, copy, queue);
    }
    last = undefined;
  };
  return {
    take: (kind, work) =>
      new Promise((resolve, reject) => {
        queue.add(toVisit(kind, work, resolve, reject));
        last ??= run();
      }),
    last: () => last,
  };
};
