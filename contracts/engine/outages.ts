// A failure of the server that stays is no weather: an operation that fails again and again, while others are answered, is
// broken.
import type { Exchange, Fault } from './events.ts';
import { answerRule } from '../../spec/rule-of-finding.ts';

type Tally = { asked: number; failed: number; last: string; exchange: Exchange | undefined };
type Failure = {
  readonly message: string;
  readonly exchange?: Exchange | undefined;
  /** What `begin` said when the request was made. */
  readonly began?: number;
  /** It was asked for once more: what came of that is noted too. */
  readonly isRepeated?: boolean;
};
/** Failures of one operation with no answer of it between them. */
type Row = {
  readonly weight: number;
  readonly last: string;
  readonly endedAt: number;
  readonly answeredBefore: number;
  readonly isAmongAnswers: boolean;
};

export type Outages = {
  /** For a request that is made now: what it is told by when it fails. */
  readonly begin: () => number;
  readonly note: (operation: string, failure?: Failure) => void;
  /** Why an operation is not asked for any more, in a sentence: it failed so often in a row. */
  readonly givenUp: (operation: string) => string | undefined;
  /** One for each operation that is broken. */
  readonly faults: () => readonly Fault[];
};

const fewest = 3;
const brokenShare = 0.8;
/** One that fails now and then is broken where it does so often, and much more often than the others: those share the way. */
const fewestNowAndThen = 6;
const shareNowAndThen = 0.2;
const timesTheOthers = 4;
const othersShare = 0.2;
/** Where most of what is asked fails, it is the way and not an operation, unless all others are answered. */
const wayShare = 0.6;
const fewestOthers = 10;
/**
 * So many failures in a row end an operation, where others are answered meanwhile, and the run, where nothing is; one that waited for its deadline is several, and those
 * that were under way together are one.
 */
export const patience = 12;
/** Whether it waited for its deadline. */
export const isLate = ({ message }: { readonly message: string }): boolean =>
  message.includes('CONTRACT_TIMEOUT');
/** How much of the patience a failure takes. */
export const weightOf = (failure: { readonly message: string }): number =>
  isLate(failure) ? patience / 3 : 1;

const faultsOf = (
  all: readonly (readonly [string, Tally])[],
  isGivenUp: (operation: string) => boolean,
): readonly Fault[] => {
  const asked = all.reduce((sum, [, tally]) => sum + tally.asked, 0);
  const failed = all.reduce((sum, [, tally]) => sum + tally.failed, 0);
  const isOfTheWay = failed > asked * wayShare;
  const othersOf = (one: Tally) => [asked - one.asked, failed - one.failed] as const;
  const isAlone = (one: Tally): boolean => {
    const [others, lost] = othersOf(one);
    return others >= fewestOthers && lost < others * othersShare;
  };
  const isBrokenNowAndThen = (one: Tally): boolean => {
    const [others, lost] = othersOf(one);
    const isOften = one.failed >= Math.max(fewestNowAndThen, one.asked * shareNowAndThen);
    return isOften && lost * timesTheOthers * one.asked < one.failed * others;
  };
  const isBroken = (operation: string, one: Tally): boolean =>
    isGivenUp(operation) || one.failed >= one.asked * brokenShare || isBrokenNowAndThen(one);
  return all
    .filter(([, one]) => one.failed >= fewest)
    .filter(([operation, one]) => isBroken(operation, one))
    .filter(([, one]) => !isOfTheWay || isAlone(one))
    .map(([operation, one]) => ({
      rule: answerRule(operation),
      message: `${operation} failed ${one.failed} of ${one.asked} times: ${one.last}`,
      exchange: one.exchange,
      finding: undefined,
    }));
};

const createTallies = () => {
  const tallies = new Map<string, Tally>();
  const note = (operation: string, failure?: Failure): void => {
    const tally = tallies.get(operation) ?? {
      ...{ asked: 0, failed: 0, last: '', exchange: undefined },
    };
    tally.asked += 1;
    if (failure !== undefined) {
      tally.failed += 1;
      tally.last = failure.message;
      tally.exchange = failure.exchange;
    }
    tallies.set(operation, tally);
  };
  return { tallies, note };
};

const createRows = () => {
  const rows = new Map<string, Row>();
  let [noted, answered] = [0, 0];
  const fail = (operation: string, failure: Failure, began: number): void => {
    const before = rows.get(operation);
    if (before !== undefined && began < before.endedAt) return;
    const { weight, answeredBefore } = before ?? { weight: 0, answeredBefore: answered };
    rows.set(operation, {
      weight: weight + weightOf(failure),
      last: failure.message,
      endedAt: noted,
      answeredBefore,
      isAmongAnswers: answered > answeredBefore,
    });
  };
  return {
    begin: () => noted,
    /** The row that gives the operation up. */
    endOf: (operation: string): Row | undefined => {
      const row = rows.get(operation);
      return row?.isAmongAnswers === true && row.weight >= patience ? row : undefined;
    },
    note: (operation: string, failure?: Failure): void => {
      const began = failure?.began ?? noted;
      noted += 1;
      if (failure === undefined) {
        answered += 1;
        rows.delete(operation);
      } else fail(operation, failure, began);
    },
  };
};

export const createOutages = (): Outages => {
  const { tallies, note } = createTallies();
  const rows = createRows();
  // After which nothing was answered any more, it was the target that went, whatever it was asked for then.
  let open: Parameters<typeof note>[] = [];
  return {
    begin: rows.begin,
    givenUp: (operation) => {
      const row = rows.endOf(operation);
      return (
        row && `${operation} failed again and again, and is not asked for any more: ${row.last}`
      );
    },
    note: (operation, failure) => {
      if (failure?.isRepeated !== true) rows.note(operation, failure);
      open.push([operation, failure]);
      if (failure !== undefined) return;
      for (const one of open) note(...one);
      open = [];
    },
    faults: () => faultsOf([...tallies], (operation) => rows.endOf(operation) !== undefined),
  };
};
