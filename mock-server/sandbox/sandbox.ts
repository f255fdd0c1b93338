// One isolated world: a state, the clock that it lives by, its deliveries, its faults and its traffic.
import type { Command } from '../domain/commands.ts';
import { decide } from '../domain/decide.ts';
import type { Event } from '../domain/events.ts';
import { evolve } from '../domain/evolve.ts';
import type { Invitation } from '../domain/invitation.ts';
import type { Rejection } from '../domain/rejections.ts';
import { replay } from '../domain/replay.ts';
import { findInvitation, type State } from '../domain/state.ts';
import { bounceReason } from './bounce-rules.ts';
import type { Clock } from './clock.ts';
import { createDelivery, type Delivery, type DeliverySettings, type Waiting } from './delivery.ts';
import { createEventLog, type EventLog } from './event-log.ts';
import { createFaults, type Faults } from './faults.ts';
import { createTraffic, type Traffic } from './traffic.ts';

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
  readonly faults: Faults;
  readonly events: EventLog;
  readonly pageSize: () => number;
  /** The state as it is now on the sandbox's clock: what was due has happened. Read it, never change it. */
  readonly state: () => State;
  /** Decides a command; if it is granted, its events have happened when this returns. */
  readonly execute: (command: Command) => Result;
  /** Another world takes the place of this one; what is on its clock, in its settings, its faults and its traffic stays. */
  readonly open: (world: World) => void;
};

const trafficLimits = { records: 1_000, characters: 8_000_000 } as const;
const keptEvents = 10_000;
const holdLimits = { answers: 1_000, characters: 64_000_000 } as const;

function toCommand(
  { id: invitationId, email }: Invitation,
  at: number,
  { bounceRules }: DeliverySettings,
): Command {
  return {
    type: 'DeliverInvitation',
    at,
    invitationId,
    bounceReason: bounceReason(bounceRules, email),
  };
}

export function createSandbox(options: SandboxOptions): Sandbox {
  const { name, clock } = options;
  const delivery = createDelivery(options.delivery);
  const events = createEventLog(keptEvents);
  let { pageSize } = options;
  let state = replay(options.history);

  const apply = (happened: readonly Event[]): void => {
    for (const event of happened) {
      evolve(state, event);
      delivery.observe(event);
      events.append(event);
    }
  };

  const perform = (command: Command): Result => {
    const decision = decide(state, command);
    if (decision.kind === 'rejected') return decision;
    apply(decision.events);
    return { kind: 'granted', state };
  };

  const settle = (): void => {
    const now = clock.now();
    for (let due = delivery.takeDue(now); due !== undefined; due = delivery.takeDue(now)) {
      const invitation = findInvitation(state, due.waiting.invitationId);
      if (invitation !== undefined) perform(toCommand(invitation, due.dueAt, delivery.settings()));
    }
  };

  return {
    name,
    clock,
    delivery,
    events,
    traffic: createTraffic(trafficLimits),
    faults: createFaults(holdLimits),
    pageSize: () => pageSize,
    state: () => {
      settle();
      return state;
    },
    execute: (command) => {
      settle();
      return perform(command);
    },
    open: (world) => {
      // Built aside, so that a history which does not hold together leaves this world as it was.
      state = replay(world.history);
      pageSize = world.pageSize;
      delivery.restart(world.waiting);
      events.clear();
    },
  };
}
