// One isolated world: a state, the clock that it lives by, its deliveries, its faults and its traffic.
import type { Command } from '../../domain/commands.ts';
import { decide } from '../../domain/decide.ts';
import type { Event } from '../../domain/events.ts';
import { evolve } from '../../domain/evolve.ts';
import type { Rejection } from '../../domain/rejections.ts';
import { replay } from '../../domain/replay.ts';
import type { State } from '../../domain/state.ts';
import type { Clock } from './clock.ts';
import { nowhere, type Courier } from './courier.ts';
import { createDelivery, type Delivery, type DeliverySettings, type Waiting } from './delivery.ts';
import { createEventLog, type EventLog } from './event-log.ts';
import { createFaults, type Faults } from './faults.ts';
import type { Letter } from './message.ts';
import type { Outbox } from './outbox.ts';
import { createPostOffice } from './post-office.ts';
import { createTraffic, type Traffic, type TrafficLimits } from './traffic.ts';

/** What a sandbox opens with. */
export type World = {
  /** What happened before. Messages of that time are not sent again. */
  readonly history: readonly Event[];
  /** Messages of that time that had not left. */
  readonly waiting: readonly Waiting[];
  /** Invitations on one page of a list. */
  readonly pageSize: number;
};

export type SandboxOptions = Omit<World, 'waiting'> & {
  readonly name: string;
  readonly clock: Clock;
  readonly delivery: DeliverySettings;
  /** By default `nowhere`. */
  readonly courier?: Courier;
  readonly trafficLimits?: Partial<TrafficLimits>;
};

export type Result =
  /** `state` is what the command left, before anything else falls due. */
  | { readonly kind: 'granted'; readonly state: State }
  | { readonly kind: 'rejected'; readonly rejection: Rejection };

export type Sandbox = {
  readonly name: string;
  readonly clock: Clock;
  readonly delivery: Delivery;
  readonly traffic: Traffic;
  readonly outbox: Outbox;
  readonly faults: Faults;
  readonly events: EventLog;
  readonly pageSize: () => number;
  /** The state as it is now on the sandbox's clock: what was due has happened. Read it, never change it. */
  readonly state: () => State;
  /** Decides a command; if it is granted, its events have happened when this returns. */
  readonly execute: (command: Command) => Result;
  /** Another world takes the place of this one; what is on its clock, in its settings, its faults and its traffic stays. */
  readonly open: (world: World) => void;
  /** Nobody will use it again: no message leaves it any more, and nobody waits for one. */
  readonly close: () => void;
};

const trafficLimits = { records: 1_000, characters: () => 8_000_000 } as const;
const keptEvents = 10_000;
const holdLimits = { answers: 1_000, characters: 64_000_000 } as const;

export const createSandbox = (options: SandboxOptions): Sandbox => {
  const { name, clock, courier = nowhere } = options;
  const delivery = createDelivery(options.delivery);
  const events = createEventLog(keptEvents);
  let { pageSize } = options;
  let state = replay(options.history);

  const perform = (command: Command, letter?: Letter): Result => {
    const decision = decide(state, command);
    if (decision.kind === 'rejected') return decision;
    for (const event of decision.events) {
      evolve(state, event);
      delivery.observe(event);
      events.append(event);
      post.observe(event, letter);
    }
    post.update();
    return { kind: 'granted', state };
  };
  const current = (): State => state;
  const post = createPostOffice({ name, clock, delivery, courier, state: current, perform });

  return {
    name,
    clock,
    delivery,
    events,
    traffic: createTraffic({ ...trafficLimits, ...options.trafficLimits }),
    faults: createFaults(holdLimits),
    outbox: post.outbox,
    pageSize: () => pageSize,
    state: () => {
      post.settle();
      return state;
    },
    execute: (command) => {
      post.settle();
      return perform(command);
    },
    open: (world) => {
      // Built aside, so that a history which does not hold together leaves this world as it was.
      state = replay(world.history);
      pageSize = world.pageSize;
      delivery.restart(world.waiting);
      events.clear();
      post.outbox.clear();
      post.update();
    },
    close: post.close,
  };
};
