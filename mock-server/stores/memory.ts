// Sandboxes live as long as the server: nothing is written down, so all that happened is kept at once.
import { alone, type Store, type Stream } from './store.ts';

const stream: Stream = {
  append: () => undefined,
  restart: () => undefined,
  kept: () => undefined,
  remove: () => undefined,
  ...alone,
};

export const createMemoryStore = (): Store => ({
  names: () => Promise.resolve([]),
  load: () => Promise.resolve([]),
  open: () => stream,
  sharing: undefined,
  isReady: () => Promise.resolve(true),
  close: () => Promise.resolve(),
});
