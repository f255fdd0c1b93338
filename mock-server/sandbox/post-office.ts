// Brings messages that are due to the courier, hears what became of them, and keeps those that left.
import type { Command } from '../../domain/commands.ts';
import type { Event } from '../../domain/events.ts';
import { findInvitation, type State } from '../../domain/state.ts';
import { bounceReason } from './bounce-rules.ts';
import type { Clock } from './clock.ts';
import type { Courier, Verdict } from './courier.ts';
import type { Delivery, Waiting } from './delivery.ts';
import { writeLetter, type Letter } from './message.ts';
import { createOutbox, type Outbox } from './outbox.ts';
import { createPulse } from './pulse.ts';

export type PostOfficeOptions = {
  /** The sandbox's. */
  readonly name: string;
  readonly clock: Clock;
  readonly delivery: Delivery;
  readonly courier: Courier;
  readonly state: () => State;
  /** `letter` is what left, or came back. */
  readonly perform: (command: Command, letter?: Letter) => void;
};

export type PostOffice = {
  readonly outbox: Outbox;
  /** What is due by now leaves. */
  readonly settle: () => void;
  /** Keeps the message that an event speaks of. Without a letter it left by other means than the courier. */
  readonly observe: (event: Event, letter: Letter | undefined) => void;
  /** To be called after whatever happened: messages may wait now, or no longer. */
  readonly update: () => void;
  readonly close: () => void;
};

const outboxLimits = { messages: 1_000, characters: 1_000_000 } as const;

type Post = Omit<PostOfficeOptions, 'delivery' | 'perform'> & {
  readonly isWaiting: (waiting: Waiting) => boolean;
  readonly report: (letter: Letter, at: number, reason: string | null) => void;
};

/** Brings a message to the courier, once; not reported when another one has taken its place in the meantime. */
const createPosting = (post: Post): ((waiting: Waiting, letter: Letter, dueAt: number) => void) => {
  const { clock, courier, isWaiting, report } = post;
  const underWay = new Set<Waiting>();
  const reasonOf = (verdict: Verdict): string | null =>
    verdict.kind === 'taken' ? null : verdict.reason;
  return (waiting, letter, dueAt) => {
    // New settings make all that waits due again.
    if (underWay.has(waiting)) return;
    const verdict = courier.send(letter, () => isWaiting(waiting));
    if ('kind' in verdict) {
      report(letter, dueAt, reasonOf(verdict));
      return;
    }
    underWay.add(waiting);
    void verdict.then((reached) => {
      underWay.delete(waiting);
      if (isWaiting(waiting)) report(letter, clock.now(), reasonOf(reached));
    });
  };
};

export const createPostOffice = (options: PostOfficeOptions): PostOffice => {
  const { name, clock, delivery, courier, state, perform } = options;
  let isOpen = true;

  const report: Post['report'] = (letter, at, reason) => {
    const { invitationId } = letter;
    perform({ type: 'DeliverInvitation', at, invitationId, bounceReason: reason }, letter);
  };
  const isWaiting = (waiting: Waiting): boolean => isOpen && delivery.isWaiting(waiting);
  const post = createPosting({ ...options, isWaiting, report });

  const settle = (): void => {
    const now = clock.now();
    for (let due = delivery.takeDue(now); due !== undefined; due = delivery.takeDue(now)) {
      const { waiting, dueAt } = due;
      const invitation = findInvitation(state(), waiting.invitationId);
      if (invitation === undefined) continue;
      const letter = writeLetter(state(), invitation, name);
      const reason = bounceReason(delivery.settings().bounceRules, invitation.email);
      if (reason === null) post(waiting, letter, dueAt);
      else report(letter, dueAt, reason);
    }
    pulse.update();
  };

  const isNeeded = (): boolean => {
    if (outbox.waiting() > 0) return true;
    const isByHand = delivery.settings().mode === 'by-hand';
    return isOpen && courier.isPrompt && !isByHand && delivery.count() > 0;
  };
  const pulse = createPulse(isNeeded, settle);
  const outbox = createOutbox(outboxLimits, pulse.update);

  return {
    outbox,
    settle,
    observe: (event, letter) => {
      if (event.type !== 'InvitationSent' && event.type !== 'InvitationBounced') return;
      const invitation = findInvitation(state(), event.invitationId);
      if (invitation === undefined) return;
      const written = letter ?? writeLetter(state(), invitation, name);
      const reason = event.type === 'InvitationSent' ? null : event.reason;
      // Whoever says by hand that it was sent has decided; what the courier says counts for nothing.
      if (letter === undefined && reason === null) void courier.send(written, () => isOpen);
      outbox.add({ letter: written, at: event.at, bounceReason: reason });
    },
    update: pulse.update,
    close: () => {
      isOpen = false;
      pulse.stop();
      outbox.close();
    },
  };
};
