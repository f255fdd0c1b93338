// A whole world at one moment: what a snapshot keeps, and what an export writes.
import type { Cast } from '../../fixtures/scenario.ts';
import { distill } from '../domain/distill.ts';
import type { Event } from '../domain/events.ts';
import type { DeliverySettings, Waiting } from '../sandbox/delivery.ts';
import type { HostedSandbox, SandboxPlan } from './hosted-sandbox.ts';

export type ClockReading = {
  /** Milliseconds since the epoch. */
  readonly now: number;
  readonly frozen: boolean;
  /** By how much it is ahead of real time, in milliseconds. */
  readonly offset: number;
};

export type WorldImage = {
  readonly plan: SandboxPlan;
  readonly cast: Cast;
  readonly pageSize: number;
  readonly clock: ClockReading;
  readonly delivery: DeliverySettings;
  readonly waiting: readonly Waiting[];
  readonly history: readonly Event[];
};

export function captureWorld({ sandbox, plan, cast }: HostedSandbox): WorldImage {
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
}

/** A clock that stood stands where it stood; one that ran goes on as far ahead of real time as it was. */
export function restoreWorld(hosted: HostedSandbox, image: WorldImage): void {
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
  sandbox.open({ history, waiting, pageSize });
  hosted.plan = plan;
  hosted.cast = cast;
}
