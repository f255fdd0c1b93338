// One isolated world and who decides in it. Whatever changes is an event: it goes one way, from what decides through the
// journal to what follows from it.
import type { Command } from '../../domain/commands.ts';
import { decide } from '../../domain/decide.ts';
import type { Event } from '../../domain/events.ts';
import type { Rejection } from '../../domain/rejections.ts';
import { replay } from '../../domain/replay.ts';
import { findInvitation, type State } from '../../domain/state.ts';
import type { Readings } from '../../spec/vocabulary.ts';
import type { Clock } from './clock.ts';
import type { Courier } from './courier.ts';
import type { Delivery, Waiting } from './delivery.ts';
import type { EventLog } from './event-log.ts';
import type { Faults } from './faults.ts';
import type { Journal, SandboxEvent } from './journal.ts';
import { writeLetter, type Letter } from './message.ts';
import type { Outbox } from './outbox.ts';
import { createScheduler } from './scheduler.ts';
import { createSender } from './sender.ts';
import type { Traffic } from './traffic.ts';
import { createWorld, type World, type WorldOptions } from './world.ts';

/** What a sandbox opens with. */
export type Opening = {
  /** What happened before. Messages of that time are not sent again. */
  readonly history: readonly Event[];
  /** What that led to, where it is built already; from now on it is this sandbox's own. */
  readonly state?: State | undefined;
  /** Messages of that time that had not left. */
  readonly waiting: readonly Waiting[];
  /** Invitations on one page of a list. */
  readonly pageSize: number;
  /** How it reads what the contract leaves open, where it differs from the default. */
  readonly readings?: Partial<Readings>;
};

export type SandboxOptions = WorldOptions & {
  readonly name: string;
  readonly courier: Courier;
  readonly traffic: Traffic;
};

export type Result =
  /** `state` is what the command left, before anything else falls due. */
  | { readonly kind: 'granted'; readonly state: State }
  | { readonly kind: 'rejected'; readonly rejection: Rejection };

export type SandboxCounts = {
  readonly invitations: number;
  readonly people: number;
  readonly events: number;
  readonly messages: number;
};

export type Sandbox = {
  readonly name: string;
  readonly clock: Clock;
  readonly delivery: Delivery;
  readonly traffic: Traffic;
  readonly outbox: Outbox;
  readonly faults: Faults;
  readonly events: EventLog;
  readonly pageSize: () => number;
  readonly readings: () => Readings;
  /** The state as it is now on the sandbox's clock: what was due has happened. Read it, never change it. */
  readonly state: () => State;
  /** What its people can log in with, looked up without letting anything happen. */
  readonly apiKeys: () => Iterable<string>;
  /** How much there is, without letting anything happen. */
  readonly counts: () => SandboxCounts;
  /** Decides a command; if it is granted, its events have happened when this returns. */
  readonly execute: (command: Command) => Result;
  /** What the journal says of all that has happened by now: no answer may leave that rests on what could be lost. */
  readonly kept: Journal['kept'];
  /** Another world takes the place of this one; what is on its clock, in its settings, its faults and its traffic stays. */
  readonly open: (opening: Opening) => void;
  /** Nobody will use it again: no message leaves it any more, and nobody waits for one. */
  readonly close: () => void;
  /** Whether a look at it, or a request that changes nothing, lets nothing happen. */
  readonly isQuiet: () => boolean;
  /** For what was recorded before: the same happens again. `state` is that of a world that opens, where it is built already. */
  readonly observe: (event: SandboxEvent, state?: State) => void;
  /** Events that lead from nothing to all that there is now. */
  readonly image: () => readonly SandboxEvent[];
};

type Machine = Pick<Sandbox, 'execute' | 'state'> & {
  /** To be called after whatever else happened. */
  readonly update: () => void;
  readonly close: () => void;
};

/** Decides, lets messages leave that are due, and hears what became of them. */
const createMachine = ({ name, courier, journal }: SandboxOptions, world: World): Machine => {
  const { clock, delivery, outbox, state } = world;

  const leave = (event: Event, letter: Letter | undefined): void => {
    if (event.type !== 'InvitationSent' && event.type !== 'InvitationBounced') return;
    const invitation = findInvitation(state(), event.invitationId);
    if (invitation === undefined) return;
    const { acceptTemplate } = delivery.settings();
    const written = letter ?? writeLetter(state(), invitation, { sandbox: name, acceptTemplate });
    const bounceReason = event.type === 'InvitationSent' ? null : event.reason;
    if (letter === undefined && bounceReason === null) sender.sendAnyway(written);
    outbox.add({ letter: written, at: event.at, bounceReason });
  };
  /** `letter` is what left, or came back; without one whoever asks decides what became of the message. */
  const perform = (command: Command, letter?: Letter): Result => {
    const decision = decide(state(), command, world.readings());
    if (decision.kind !== 'granted') return decision;
    for (const event of decision.events) {
      journal.append(event);
      world.happen(event);
      leave(event, letter);
    }
    scheduler.update();
    return { kind: 'granted', state: state() };
  };
  const sender = createSender({
    ...{ name, clock, delivery, courier, state, turn: journal.turn },
    report: (letter, at, bounceReason) => {
      const { invitationId } = letter;
      // Member by member: a copy takes longer than what is decided.
      perform({ type: 'DeliverInvitation', at, bounceReason, invitationId }, letter);
    },
  });
  const scheduler = createScheduler({
    ...{ takeDue: delivery.takeDue, now: clock.now, happen: sender.send, turn: journal.turn },
    isPrompt: () => outbox.waiting() > 0 || sender.isPrompt(),
  });

  const { settle, update, stop } = scheduler;
  return {
    update,
    state: () => {
      settle();
      return state();
    },
    execute: (command) => {
      settle();
      return perform(command);
    },
    close: () => {
      for (const end of [sender.close, stop, outbox.close]) end();
    },
  };
};

export const createSandbox = (options: SandboxOptions): Sandbox => {
  const { name, traffic, journal } = options;
  const world = createWorld(options, () => {
    machine.update();
  });
  const machine = createMachine(options, world);
  const { clock, delivery, outbox, faults, events, pageSize, readings, image } = world;
  const { state, execute, close } = machine;
  return {
    ...{ name, clock, delivery, traffic, outbox, faults, events, pageSize, readings, image },
    ...{ state, execute, close, kept: journal.kept },
    counts: () => {
      const { slots, directory } = world.state();
      return {
        invitations: slots.size,
        people: directory.users.size,
        events: events.count(),
        messages: outbox.count(),
      };
    },
    isQuiet: () => !faults.areSet() && !delivery.isTouched(clock.now()),
    observe: (event, built) => {
      world.observe(event, built);
      machine.update();
    },
    apiKeys: () => world.state().directory.apiKeys.keys(),
    open: ({ history, state: built, ...opening }) => {
      // Built aside, so that a history which does not hold together leaves this world as it was.
      world.replace(built ?? replay(history), opening);
      journal.restart();
      machine.update();
    },
  };
};
