// Reading an invitation: it is as the model has it, or not to be seen.
import type { Answer } from '../../kit/client.ts';
import { claimInvitation, drawOnSlot, refusedCredentials, refusedObject } from './command.ts';
import type { CommandKind, Plan } from './command.ts';
import type { Asker } from './askers.ts';
import { observe, type Known } from './model.ts';

/** Also what is looked at when a sequence has ended. */
export const planRetrieve = (known: Known, asker: Asker): Omit<Plan, 'tell'> => ({
  ask: { operation: 'invitations_retrieve', as: asker.name, id: known.id },
  expect: {
    refusals: [...refusedCredentials(asker), ...refusedObject(known, asker)],
    status: 200,
    rule: 'retrieve.answer',
    take: (answer: Answer) =>
      claimInvitation('retrieve.answer', answer, (seen) => observe(known, seen)),
  },
});

export const retrieve: CommandKind = {
  weight: 6,
  draw: ({ askers }) => drawOnSlot({ verb: 'reads', askers, plan: planRetrieve }),
};
