// One isolated world: a state, the clock that it lives by, its deliveries and its traffic.
import type { Command } from '../domain/commands.ts';
import { decide } from '../domain/decide.ts';
import type { Rejection } from '../domain/rejections.ts';
import type { Event } from '../domain/events.ts';
import { evolve } from '../domain/evolve.ts';
import { createState, findInvitation, type State } from '../domain/state.ts';
import type { Clock } from './clock.ts';
import { bounceReason, createDelivery, type DeliverySettings } from './delivery.ts';
import { createTraffic, type Traffic } from './traffic.ts';

export type SandboxOptions = {
  readonly name: string;
  readonly clock: Clock;
  readonly delivery: DeliverySettings;
  /** Invitations on one page of a list. */
  readonly pageSize: number;
  /** What happened before the sandbox opened. Messages of that time are not sent again. */
  readonly history: readonly Event[];
};

export type Result =
  /** `state` is what the command left, before anything else falls due. */
  | { readonly kind: 'granted'; readonly state: State }
  | { readonly kind: 'rejected'; readonly rejection: Rejection };

export type Sandbox = {
  readonly name: string;
  readonly clock: Clock;
  readonly pageSize: number;
  readonly traffic: Traffic;
  /** The state as it is now on the sandbox's clock: what was due has happened. Read it, never change it. */
  readonly state: () => State;
  /** Decides a command; if it is granted, its events have happened when this returns. */
  readonly execute: (command: Command) => Result;
};

const trafficLimits = { records: 1_000, characters: 8_000_000 } as const;

export function createSandbox(options: SandboxOptions): Sandbox {
  const { name, clock, pageSize } = options;
  const state = createState();
  const delivery = createDelivery(options.delivery);
  for (const event of options.history) evolve(state, event);

  const apply = (events: readonly Event[]): void => {
    for (const event of events) {
      evolve(state, event);
      delivery.observe(event);
    }
  };

  const settle = (): void => {
    const now = clock.now();
    for (let due = delivery.takeDue(now); due !== undefined; due = delivery.takeDue(now)) {
      const { invitationId, dueAt } = due;
      const invitation = findInvitation(state, invitationId);
      if (invitation === undefined) continue;
      const decision = decide(state, {
        type: 'DeliverInvitation',
        at: dueAt,
        invitationId,
        bounceReason: bounceReason(invitation.email),
      });
      if (decision.kind === 'granted') apply(decision.events);
    }
  };

  return {
    name,
    clock,
    pageSize,
    traffic: createTraffic(trafficLimits),
    state: () => {
      settle();
      return state;
    },
    execute: (command) => {
      settle();
      const decision = decide(state, command);
      if (decision.kind === 'rejected') return decision;
      apply(decision.events);
      return { kind: 'granted', state };
    },
  };
}
