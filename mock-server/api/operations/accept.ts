// invitations_accept_create
import type { Operation } from '../context.ts';
import { answerWithInvitation } from './answer.ts';

export const accept: Operation = {
  operationId: 'invitations_accept_create',
  needsScope: false,
  run: ({ sandbox, caller, id, base, newId }) => {
    const at = sandbox.clock.now();
    return answerWithInvitation(
      sandbox,
      { type: 'AcceptInvitation', at, caller, invitationId: id, membershipId: newId() },
      base,
    );
  },
};
