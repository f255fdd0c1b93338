// invitations_retrieve
import { reachToRead } from '../../../domain/decide/reach.ts';
import { replyFragment } from '../../web/reply.ts';
import type { Operation } from '../context.ts';
import { presentInvitation } from '../present.ts';
import { refuse } from '../refuse.ts';

export const retrieve: Operation = {
  operationId: 'invitations_retrieve',
  needsScope: true,
  run: ({ sandbox, caller, id, base }) => {
    const state = sandbox.state();
    sandbox.delivery.countRead();
    const reached = reachToRead(state, caller, id);
    return reached.kind === 'rejected'
      ? refuse(reached.rejection)
      : replyFragment(200, presentInvitation(state, reached.invitation, base, sandbox.readings()));
  },
};
