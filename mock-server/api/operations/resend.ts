// invitations_resend_create
import type { Operation } from '../context.ts';
import { answerWithInvitation } from './answer.ts';

export const resend: Operation = {
  operationId: 'invitations_resend_create',
  needsScope: true,
  run: (context) => {
    const { sandbox, caller, id } = context;
    const at = sandbox.clock.now();
    return answerWithInvitation(context, {
      type: 'ResendInvitation',
      at,
      caller,
      invitationId: id,
    });
  },
};
