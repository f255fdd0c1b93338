// A way to the target that loses so much that nothing can be said of what is behind it: operations that are answered are lost
// as well, in turn. One that always fails is none of that.
import { keepLast } from './recent.ts';

export type Losses = {
  readonly note: (operation: string, loss?: string) => void;
  /** In a sentence, from then on that it is so. */
  readonly told: () => string | undefined;
};

const lookedAt = 60;
const mostShare = 1 / 3;
const fewestOperations = 2;

type Noted = readonly [operation: string, loss: string | undefined];

const look = (recent: readonly Noted[]): string | undefined => {
  const lost = recent.filter(([, loss]) => loss !== undefined);
  const answered = new Set(recent.filter(([, loss]) => loss === undefined).map(([it]) => it));
  const ofBoth = lost.filter(([operation]) => answered.has(operation));
  const operations = new Set(ofBoth.map(([operation]) => operation));
  if (ofBoth.length < recent.length * mostShare || operations.size < fewestOperations) {
    return undefined;
  }
  const [, last = ''] = ofBoth.at(-1) ?? [];
  return `The way to the target loses ${ofBoth.length} of ${recent.length} requests, of operations that it answers as well: ${last}. See to what stands before the API, and run again.`;
};

export const createLosses = (): Losses => {
  const recent: Noted[] = [];
  let told: string | undefined;
  return {
    note: (operation, loss) => {
      keepLast(recent, [operation, loss], lookedAt);
      if (loss !== undefined && recent.length === lookedAt) told ??= look(recent);
    },
    told: () => told,
  };
};
