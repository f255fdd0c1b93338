// From a sandbox to the image of its world, and back.
import { setImmediate as nextTurn } from 'node:timers/promises';
import { distill } from '../../domain/distill.ts';
import type { Event } from '../../domain/events.ts';
import { replay } from '../../domain/replay.ts';
import { createState, type State } from '../../domain/state.ts';
import type { HostedSandbox } from './hosted-sandbox.ts';
import type { WorldImage } from './world-image.ts';

export const captureWorld = ({ sandbox, plan, callers }: HostedSandbox): WorldImage => {
  const { clock, delivery } = sandbox;
  const history = distill(sandbox.state());
  return {
    plan,
    callers,
    pageSize: sandbox.pageSize(),
    clock: { now: clock.now(), frozen: clock.isFrozen(), offset: clock.offset() },
    delivery: delivery.settings(),
    waiting: delivery.waiting(),
    history,
  };
};

/** What is replayed in one turn of the event loop. */
export const sliceEvents = 1_000;

/** What a long history leads to, built aside, in slices between which other requests have their turn. */
export const rebuild = async (history: readonly Event[]): Promise<State> => {
  const state = createState();
  for (let from = 0; from < history.length; from += sliceEvents) {
    replay(history.slice(from, from + sliceEvents), state);
    await nextTurn();
  }
  return state;
};

/** `built` is what the history leads to, where that is there already. A clock that stood stands where it stood; one that ran goes on as far ahead of real time as it was. */
export const restoreWorld = async (
  hosted: HostedSandbox,
  image: WorldImage,
  built?: State,
): Promise<void> => {
  const { sandbox } = hosted;
  const { clock, delivery } = sandbox;
  const { plan, callers, history, waiting, pageSize } = image;
  const state = built ?? (await rebuild(history));
  clock.release();
  clock.toPresent();
  clock.advance(image.clock.offset);
  if (image.clock.frozen) {
    clock.freeze();
    clock.set(image.clock.now);
  }
  delivery.configure(image.delivery);
  sandbox.open({ history, state, waiting, pageSize, readings: plan.readings });
  hosted.choose(plan, callers);
};
