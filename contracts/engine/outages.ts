// A failure of the server that stays is no weather: an operation that fails again and again, while others are answered, is
// broken.
import type { Exchange, Fault } from './events.ts';
import { answerRule } from '../../spec/rule-of-finding.ts';

type Tally = { asked: number; failed: number; last: string; exchange: Exchange | undefined };
type Failure = { readonly message: string; readonly exchange?: Exchange };

export type Outages = {
  readonly note: (operation: string, failure?: Failure) => void;
  /** Why an operation is not asked for any more, in a sentence: it failed so often in a row. */
  readonly givenUp: (operation: string) => string | undefined;
  /** One for each operation that is broken. */
  readonly faults: () => readonly Fault[];
};

const fewest = 3;
const brokenShare = 0.2;
/** Where most of what is asked fails, it is the way and not an operation, unless all others are answered. */
const wayShare = 0.6;
const fewestOthers = 10;
/** So many failures in a row; one that waited for its deadline is several. */
const patience = 12;
const isLate = ({ message }: Failure): boolean => message.includes('CONTRACT_TIMEOUT');

const faultsOf = (all: readonly (readonly [string, Tally])[]): readonly Fault[] => {
  const asked = all.reduce((sum, [, tally]) => sum + tally.asked, 0);
  const failed = all.reduce((sum, [, tally]) => sum + tally.failed, 0);
  const isOfTheWay = failed > asked * wayShare;
  const isAlone = (one: Tally): boolean => {
    const [others, lost] = [asked - one.asked, failed - one.failed];
    return others >= fewestOthers && lost < others * brokenShare;
  };
  return all
    .filter(([, one]) => one.failed >= fewest && one.failed >= one.asked * brokenShare)
    .filter(([, one]) => !isOfTheWay || isAlone(one))
    .map(([operation, one]) => ({
      rule: answerRule(operation),
      message: `${operation} failed ${one.failed} of ${one.asked} times: ${one.last}`,
      exchange: one.exchange,
      finding: undefined,
    }));
};

export const createOutages = (): Outages => {
  const tallies = new Map<string, Tally>();
  const note: Outages['note'] = (operation, failure) => {
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
  // After which nothing was answered any more, it was the target that went, whatever it was asked for then.
  let open: Parameters<typeof note>[] = [];
  const inARow = new Map<string, { readonly weight: number; readonly last: string }>();
  return {
    givenUp: (operation) => {
      const { weight = 0, last = '' } = inARow.get(operation) ?? {};
      return weight >= patience
        ? `${operation} failed again and again, and is not asked for any more: ${last}`
        : undefined;
    },
    note: (operation, failure) => {
      const before = inARow.get(operation)?.weight ?? 0;
      if (failure === undefined) inARow.delete(operation);
      else {
        const weight = before + (isLate(failure) ? patience / 3 : 1);
        inARow.set(operation, { weight, last: failure.message });
      }
      if (failure !== undefined) {
        open.push([operation, failure]);
        return;
      }
      for (const one of open) note(...one);
      open = [];
      note(operation);
    },
    faults: () => faultsOf([...tallies]),
  };
};
