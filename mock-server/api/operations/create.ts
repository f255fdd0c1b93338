// invitations_create
import type { Operation } from '../context.ts';
import { readAllFields } from '../fields.ts';
import { answerWithInvitation } from './answer.ts';

export const create: Operation = {
  operationId: 'invitations_create',
  needsScope: true,
  run: async ({ sandbox, caller, base, newId, readBody }) => {
    const fields = readAllFields(await readBody());
    if (fields.kind === 'refused') return fields.reply;
    const at = sandbox.clock.now();
    return answerWithInvitation(
      sandbox,
      { type: 'CreateInvitation', at, caller, invitationId: newId(), ...fields.value },
      base,
      201,
    );
  },
};
