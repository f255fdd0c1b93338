// Deleting: possible in every state; nothing and nobody finds the invitation afterwards, and its address is free.
import { drawOnSlot, refusedChange, type CommandKind } from './command.ts';

export const destroy: CommandKind = {
  weight: 4,
  draw: ({ askers }) =>
    drawOnSlot({
      verb: 'deletes',
      askers,
      plan: (known, asker) => ({
        ask: { operation: 'invitations_destroy', as: asker.name, id: known.id },
        expect: {
          refusals: refusedChange(known, asker, undefined),
          status: 204,
          rule: 'destroy.answer',
          about: known,
          take: ({ text }) => {
            known.isGone = true;
            return [{ rule: 'destroy.answer', holds: text === '', expected: 'an empty body' }];
          },
        },
      }),
    }),
};
