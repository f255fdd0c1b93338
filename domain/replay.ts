// A state from what happened, told from its beginning.
import type { Event } from './events.ts';
import { evolve } from './evolve.ts';
import { createState, type State } from './state.ts';

/** Goes on from `state`, which is changed in its place. */
export const replay = (history: readonly Event[], state = createState()): State => {
  for (const event of history) evolve(state, event);
  return state;
};
