// Whether what a process has of its sandboxes is still what is kept. One statement asks for all that wait by then.
import type { Ask } from './database.ts';
import { readTails, type Sought, type Tail } from './rows.ts';

/** `take` is called when the statement is sent: what is kept then has to hold for all who are waited for by now. */
export type Confirm = (take: () => Sought) => Promise<Tail | undefined>;

type Waiting = {
  readonly take: () => Sought;
  readonly resolve: (tail: Tail | undefined) => void;
  readonly reject: (error: unknown) => void;
};

const mostUnderWay = 2;

export const createConfirm = (ask: Ask): Confirm => {
  let waiting: Waiting[] = [];
  let [underWay, isScheduled] = [0, false];

  const send = async (): Promise<void> => {
    isScheduled = false;
    const asked = waiting;
    waiting = [];
    underWay += 1;
    try {
      const sought = asked.map(({ take }) => take());
      const tails = await readTails(ask, sought);
      asked.forEach(({ resolve }, place) => {
        resolve(tails.get(sought[place]?.name ?? ''));
      });
    } catch (error) {
      for (const { reject } of asked) reject(error);
    } finally {
      underWay -= 1;
      schedule();
    }
  };
  const schedule = (): void => {
    if (isScheduled || underWay >= mostUnderWay || waiting.length === 0) return;
    isScheduled = true;
    // Others of this turn of the event loop may be on their way.
    setImmediate(() => void send());
  };
  return (take) =>
    new Promise((resolve, reject) => {
      waiting.push({ take, resolve, reject });
      schedule();
    });
};
