// A failure of the server that stays is no weather: an operation that fails again and again, while others are answered, is
// broken.
import type { Exchange, Fault } from './events.ts';
import { answerRule } from '../../spec/rule-of-finding.ts';

type Tally = { asked: number; failed: number; last: string; exchange: Exchange | undefined };

export type Outages = {
  readonly note: (operation: string, failure?: { message: string; exchange?: Exchange }) => void;
  /** One for each operation that is broken. */
  readonly faults: () => readonly Fault[];
};

const fewest = 3;
const brokenShare = 0.2;
/** Where most of what is asked fails, it is the way and not an operation. */
const wayShare = 0.6;

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
  return {
    note: (operation, failure) => {
      if (failure !== undefined) {
        open.push([operation, failure]);
        return;
      }
      for (const one of open) note(...one);
      open = [];
      note(operation);
    },
    faults: () => {
      const all = [...tallies];
      const asked = all.reduce((sum, [, tally]) => sum + tally.asked, 0);
      const failed = all.reduce((sum, [, tally]) => sum + tally.failed, 0);
      if (failed > asked * wayShare) return [];
      return all
        .filter(([, one]) => one.failed >= fewest && one.failed >= one.asked * brokenShare)
        .map(([operation, one]) => ({
          rule: answerRule(operation),
          message: `${operation} failed ${one.failed} of ${one.asked} times: ${one.last}`,
          exchange: one.exchange,
          finding: undefined,
        }));
    },
  };
};
