// A subject for tests: it has the image that it is given, and looks at nothing.
import type { StoredEvent, Subject } from './store.ts';

export const aSubject = (
  image: () => readonly StoredEvent[],
  changes: Partial<Subject> = {},
): Subject => ({
  image,
  onFailure: (error) => {
    throw error;
  },
  observe: () => undefined,
  settle: () => undefined,
  isQuiet: () => true,
  isWaiting: () => false,
  description: () => ({ keys: [], timeToLiveMs: null, usedAt: 0 }),
  ...changes,
});
