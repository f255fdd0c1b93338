// Reading an invitation: it is as the model has it, or not to be seen.
import { claimInvitation, drawOnSlot, refusedCredentials, refusedObject } from './command.ts';
import type { CommandKind, Expectation, OnKnown } from './command.ts';
import { observe } from './model.ts';

/** Also of what is looked at when a sequence has ended. */
export const expectRetrieve = ({
  known,
  asker,
}: Pick<OnKnown, 'known' | 'asker'>): Expectation => ({
  refusals: [...refusedCredentials(asker), ...refusedObject(known, asker)],
  status: 200,
  rule: 'retrieve.answer',
  take: (answer) => claimInvitation('retrieve.answer', answer, (seen) => observe(known, seen)),
});

export const retrieve: CommandKind = {
  weight: 6,
  draw: ({ askers }) => drawOnSlot('invitations_retrieve', askers),
};
