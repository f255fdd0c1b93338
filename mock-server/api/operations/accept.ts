// invitations_accept_create
import type { Operation } from '../context.ts';
import { answerWithInvitation } from './answer.ts';

export const accept: Operation = {
  operationId: 'invitations_accept_create',
  needsScope: false,
  run: (context) => {
    const { sandbox, caller, id, newId } = context;
    const at = sandbox.clock.now();
    return answerWithInvitation(context, {
      ...{ type: 'AcceptInvitation', at, caller },
      ...{ invitationId: id, membershipId: newId() },
    });
  },
};
