// Brings messages to the courier, each once, and reports what became of them.
import { findInvitation, type State } from '../../domain/state.ts';
import type { Clock } from './clock.ts';
import type { Courier, SendResult } from './courier.ts';
import type { Delivery, Due, Waiting } from './delivery.ts';
import { bounceReason } from './delivery-settings.ts';
import type { Journal } from './journal.ts';
import { writeLetter, type Letter } from './message.ts';

export type SenderOptions = {
  /** The sandbox's. */
  readonly name: string;
  readonly clock: Clock;
  readonly delivery: Delivery;
  readonly courier: Courier;
  readonly state: () => State;
  /** For what is heard later. */
  readonly turn: Journal['turn'];
  /** `reason` says why it came back; null when it arrived. */
  readonly report: (letter: Letter, at: number, reason: string | null) => void;
};

export type Sender = {
  readonly send: (due: Due) => void;
  /** Of a message whose fate is known already: what the courier says counts for nothing. */
  readonly sendAnyway: (letter: Letter) => void;
  /** Whether messages leave that are due, although nobody looks. */
  readonly isPrompt: () => boolean;
  readonly close: () => void;
};

const reasonOf = (verdict: SendResult): string | null =>
  verdict.kind === 'taken' ? null : verdict.reason;

export const createSender = (options: SenderOptions): Sender => {
  const { name, clock, delivery, courier, state, report, turn } = options;
  const underWay = new Set<Waiting>();
  let isOpen = true;
  const isWanted = (waiting: Waiting): boolean => isOpen && delivery.isWaiting(waiting);

  const post = (waiting: Waiting, letter: Letter, dueAt: number): void => {
    // New settings make all that waits due again.
    if (underWay.has(waiting)) return;
    const verdict = courier.send(letter, () => isWanted(waiting), waiting.since);
    if ('kind' in verdict) {
      report(letter, dueAt, reasonOf(verdict));
      return;
    }
    underWay.add(waiting);
    const hear = (reached: SendResult): void | Promise<void> => {
      underWay.delete(waiting);
      return turn('write', () => {
        // Another message may have taken its place in the meantime.
        if (isWanted(waiting)) report(letter, clock.now(), reasonOf(reached));
      });
    };
    // What could not be kept falls due again where it is loaded anew.
    verdict.then(hear).catch(() => undefined);
  };

  return {
    send: ({ waiting, dueAt }) => {
      const invitation = findInvitation(state(), waiting.invitationId);
      if (invitation === undefined) return;
      const letter = writeLetter(state(), invitation, {
        sandbox: name,
        acceptTemplate: delivery.settings().acceptTemplate,
      });
      const reason = bounceReason(delivery.settings().bounceRules, invitation.email);
      if (reason === null) post(waiting, letter, dueAt);
      else report(letter, dueAt, reason);
    },
    sendAnyway: (letter) => {
      void courier.send(letter, () => isOpen);
    },
    isPrompt: () => {
      const isByHand = delivery.settings().mode === 'by-hand';
      return isOpen && courier.isPrompt && !isByHand && delivery.count() > 0;
    },
    close: () => {
      isOpen = false;
    },
  };
};
