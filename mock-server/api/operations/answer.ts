// Turns what the state machine made of a command into a reply.
import type { Caller } from '../../../domain/caller.ts';
import type { InvitationCommand } from '../../../domain/commands.ts';
import { findInvitation } from '../../../domain/state.ts';
import { json, replyDetail, type Reply } from '../../web/reply.ts';
import type { Context } from '../context.ts';
import { invitationUrl, writeInvitation } from '../present.ts';
import { refuse } from '../refuse.ts';

/** The contract knows no such answer; it is the fake that has an end. Undefined where there is room for what is asked. */
export const refuseGrowth = (why: string | undefined): Reply | undefined =>
  why === undefined ? undefined : replyDetail(507, why);

/** The invitation as the command left it: deliveries that are due show from the next request on. */
export const answerWithInvitation = (
  { sandbox, base, whyFull }: Pick<Context<Caller>, 'sandbox' | 'base' | 'whyFull'>,
  command: InvitationCommand,
  status = 200,
): Reply => {
  const refused = refuseGrowth(whyFull());
  if (refused !== undefined) return refused;
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
  const fragment = writeInvitation(decision.state, invitation, base, readings);
  const location = isLocated ? invitationUrl(base, invitation.id) : undefined;
  return { status, headers: json, body: fragment.text, fragment, location };
};
