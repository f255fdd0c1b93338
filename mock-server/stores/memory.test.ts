// Memory is a store like the others, but that it keeps nothing for those who come later.
import { createMemoryStore } from './memory.ts';
import { describeStore } from './store.suite.ts';

describeStore('memory', () => ({
  open: () => Promise.resolve(createMemoryStore()),
  outlives: false,
  end: () => undefined,
}));
