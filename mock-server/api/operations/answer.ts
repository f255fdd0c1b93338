// Turns what the state machine made of a command into a reply.
import type { InvitationCommand } from '../../../domain/commands.ts';
import { findInvitation } from '../../../domain/state.ts';
import { replyFragment, type Reply } from '../../web/reply.ts';
import type { Sandbox } from '../../sandbox/sandbox.ts';
import { presentInvitation } from '../present.ts';
import { refuse } from '../refuse.ts';

/** The invitation as the command left it: deliveries that are due show from the next request on. */
export const answerWithInvitation = (
  sandbox: Sandbox,
  command: InvitationCommand,
  base: string,
  status = 200,
): Reply => {
  const decision = sandbox.execute(command);
  if (decision.kind === 'rejected') return refuse(decision.rejection);
  const invitation = findInvitation(decision.state, command.invitationId);
  return invitation === undefined
    ? refuse('invitation-not-found')
    : replyFragment(
        status,
        presentInvitation(decision.state, invitation, base, sandbox.readings()),
      );
};
