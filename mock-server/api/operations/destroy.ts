// invitations_destroy
import { replyEmpty } from '../../web/reply.ts';
import type { Operation } from '../context.ts';
import { refuse } from '../refuse.ts';

export const destroy: Operation = {
  operationId: 'invitations_destroy',
  needsScope: true,
  run: ({ sandbox, caller, id }) => {
    const at = sandbox.clock.now();
    const decision = sandbox.execute({ type: 'DestroyInvitation', at, caller, invitationId: id });
    return decision.kind === 'rejected' ? refuse(decision.rejection) : replyEmpty(204);
  },
};
