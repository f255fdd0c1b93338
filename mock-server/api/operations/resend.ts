// invitations_resend_create
import type { Operation } from '../context.ts';
import { answerWithInvitation } from './answer.ts';

export const resend: Operation = {
  operationId: 'invitations_resend_create',
  needsScope: true,
  run: ({ sandbox, caller, id, base }) => {
    const at = sandbox.clock.now();
    return answerWithInvitation(
      sandbox,
      { type: 'ResendInvitation', at, caller, invitationId: id },
      base,
    );
  },
};
