// The check that a kit is used by at the moment: what it may ask, what it made, what it saw. The checks of one contract run
// one after the other, each with the same kit.
import type { Check } from '../engine/check.ts';
import { createScope, type Scope } from '../engine/made.ts';
import type { Exchange, Fault } from '../engine/events.ts';
import type { Reply } from '../engine/reply.ts';
import type { Message } from '../curl.ts';

/** Times on the clock of `performance`. */
export type Exchanged = {
  readonly message: Message;
  readonly reply: Reply;
  readonly startedAt: number;
  readonly endedAt: number;
};

export type Current = Pick<Check, 'rule' | 'title' | 'needs' | 'changes'> & {
  readonly scope: Scope;
  /** What is wrong with the answers that the check got, as far as its rule is about it. */
  readonly faults: Fault[];
  readonly asked: Map<string, number>;
  /** The last that was asked and answered, where it is not known that writes show late. */
  readonly exchanged: Exchanged[];
  readonly log: {
    /** As text, with its answer as far as it has come. */
    last: () => string;
    exchange: Exchange | undefined;
    /** Where what stands before the API has answered last, and refused the request as such: that, in a sentence. */
    refused?: string | undefined;
  };
};

export const createLog = (): Current['log'] => ({ last: () => '', exchange: undefined });

const mostKept = 100;

export const keep = ({ exchanged }: Current, one: Exchanged): void => {
  exchanged.push(one);
  if (exchanged.length > mostKept) exchanged.shift();
};

export const toCurrent = (check: Check): Current => ({
  ...check,
  scope: createScope(),
  faults: [],
  asked: new Map(),
  exchanged: [],
  log: createLog(),
});

export const createCurrent = () => {
  let current: Current | undefined;
  const currentCheck = (): Current => {
    if (current === undefined) throw new Error('Requests are made inside a check: see rule().');
    return current;
  };
  const runAs = async <T>(check: Current, body: () => Promise<T>): Promise<T> => {
    const before = current;
    current = check;
    try {
      return await body();
    } finally {
      current = before;
    }
  };
  /** What is asked so is not what a check that fails is told with. */
  const aside = <T>(body: () => Promise<T>): Promise<T> =>
    runAs({ ...currentCheck(), log: createLog() }, body);
  return { currentCheck, runAs, aside };
};
