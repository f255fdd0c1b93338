// From a sandbox to the image of its world, and back.
import { distill } from '../../domain/distill.ts';
import type { HostedSandbox } from './hosted-sandbox.ts';
import type { WorldImage } from './world-image.ts';

export const captureWorld = ({ sandbox, plan, cast }: HostedSandbox): WorldImage => {
  const { clock, delivery } = sandbox;
  const history = distill(sandbox.state());
  return {
    plan,
    cast,
    pageSize: sandbox.pageSize(),
    clock: { now: clock.now(), frozen: clock.isFrozen(), offset: clock.offset() },
    delivery: delivery.settings(),
    waiting: delivery.waiting(),
    history,
  };
};

/** A clock that stood stands where it stood; one that ran goes on as far ahead of real time as it was. */
export const restoreWorld = (hosted: HostedSandbox, image: WorldImage): void => {
  const { sandbox } = hosted;
  const { clock, delivery } = sandbox;
  const { plan, cast, history, waiting, pageSize } = image;
  clock.release();
  clock.toPresent();
  clock.advance(image.clock.offset);
  if (image.clock.frozen) {
    clock.freeze();
    clock.set(image.clock.now);
  }
  delivery.configure(image.delivery);
  sandbox.open({ history, waiting, pageSize, readings: plan.readings });
  hosted.choose(plan, cast);
};
