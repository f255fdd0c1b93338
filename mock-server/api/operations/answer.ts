// Turns what the state machine made of a command into a reply.
import type { InvitationCommand } from '../../../domain/commands.ts';
import { findInvitation } from '../../../domain/state.ts';
import { replyText, type Reply } from '../../web/reply.ts';
import type { Sandbox } from '../../sandbox/sandbox.ts';
import { invitationUrl, writeInvitation } from '../present.ts';
import { refuse } from '../refuse.ts';

/** The invitation as the command left it: deliveries that are due show from the next request on. */
export const answerWithInvitation = (
  sandbox: Sandbox,
  command: InvitationCommand,
  base: string,
  status = 200,
): Reply => {
  const readings = sandbox.readings();
  const isNewest =
    (command.type === 'CreateInvitation' && readings['create.answer-state'] === 'newest') ||
    (command.type === 'ResendInvitation' && readings['resend.answer-state'] === 'newest');
  const decision = sandbox.execute(command);
  if (decision.kind === 'rejected') return refuse(decision.rejection);
  const invitation = findInvitation(
    isNewest ? sandbox.state() : decision.state,
    command.invitationId,
  );
  if (invitation === undefined) return refuse('invitation-not-found');
  // [create.location]
  const isLocated = status === 201 && readings['create.location'] !== 'absent';
  return replyText(
    status,
    writeInvitation(decision.state, invitation, base, readings),
    isLocated ? { location: invitationUrl(base, invitation.id) } : undefined,
  );
};
