// Deleting: possible in every state; nothing and nobody finds the invitation afterwards, and its address is free.
import { drawOnSlot, refusedChange, type CommandKind, type Expectation } from './command.ts';
import type { OnKnown } from './command.ts';

export const expectDestroy = ({ known, asker }: OnKnown): Expectation => ({
  refusals: refusedChange(known, asker, undefined),
  status: 204,
  rule: 'destroy.answer',
  about: known,
  take: ({ text }) => {
    known.isGone = true;
    return [{ rule: 'destroy.answer', holds: text === '', expected: 'an empty body' }];
  },
});

export const destroy: CommandKind = {
  weight: 4,
  draw: ({ askers }) => drawOnSlot('invitations_destroy', askers),
};
