// A state from what happened, told from its beginning.
import type { Event } from './events.ts';
import { evolve } from './evolve.ts';
import { createState, type State } from './state.ts';

export const replay = (history: readonly Event[]): State => {
  const state = createState();
  for (const event of history) evolve(state, event);
  return state;
};
