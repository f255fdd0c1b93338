// Takes messages to those whom they are addressed to. What it says of a message decides what becomes of its invitation.
import type { Letter } from './message.ts';

export type SendResult =
  | { readonly kind: 'taken' }
  /** The words of whoever refused it. */
  | { readonly kind: 'refused'; readonly reason: string };

export type Courier = {
  /** Whether messages leave when they are due; else it is enough that they have left when somebody looks. */
  readonly isPrompt: boolean;
  /**
   * `isWanted` says, at any time until there is a verdict, whether the message shall still leave; `since`, since when it
   * waits, where its fate is open. Never rejects.
   */
  readonly send: (
    letter: Letter,
    isWanted: () => boolean,
    since?: number,
  ) => SendResult | Promise<SendResult>;
  /** Takes no more messages; resolves when those under way have arrived or were given up. */
  readonly close: () => Promise<void>;
};

const taken: SendResult = { kind: 'taken' };

/** Every message arrives, and none goes anywhere. */
export const nowhere: Courier = {
  isPrompt: false,
  send: () => taken,
  close: () => Promise.resolve(),
};
