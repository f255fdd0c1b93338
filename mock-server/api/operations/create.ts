// invitations_create
import { mayInvite } from '../../../domain/decide/create.ts';
import { replyDetail } from '../../web/reply.ts';
import type { Operation } from '../context.ts';
import { readAllFields } from '../fields.ts';
import { refuse } from '../refuse.ts';
import { answerWithInvitation } from './answer.ts';

export const create: Operation = {
  operationId: 'invitations_create',
  needsScope: true,
  run: async (context) => {
    const { sandbox, caller, newId, readBody, invitationLimit } = context;
    // [order.inviter-before-body]
    if (!mayInvite(caller, sandbox.readings())) return refuse('role-cannot-invite');
    const fields = readAllFields(await readBody(), sandbox.readings());
    if (fields.kind === 'refused') return fields.reply;
    if (sandbox.state().slots.size >= invitationLimit) {
      return replyDetail(
        507,
        `This sandbox of the fake holds ${invitationLimit} invitations, the most that it keeps. Delete some, reset it, or start with a higher --invitation-limit.`,
      );
    }
    const at = sandbox.clock.now();
    const { email, role: invitedAs } = fields.value;
    return answerWithInvitation(
      context,
      { type: 'CreateInvitation', at, caller, invitationId: newId(), email, role: invitedAs },
      201,
    );
  },
};
