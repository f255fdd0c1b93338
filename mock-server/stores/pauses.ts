// A long text is read in slices, between which other requests have their turn.
import { setImmediate as nextTurn } from 'node:timers/promises';

/** In bytes or characters. */
const slice = 500_000;

/** To be called with the size of what was read since the last time. */
export const createPauses = () => {
  let read = 0;
  return async (size: number): Promise<void> => {
    read += size;
    if (read < slice) return;
    read = 0;
    await nextTurn();
  };
};
