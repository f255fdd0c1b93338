// What became of an invitation's message. Only a pending invitation waits for news.
import type { DeliverInvitation } from '../commands.ts';
import { grant, reject, type Decision } from '../decision.ts';
import { findInvitation, type State } from '../state.ts';

export const decideDeliver = (state: State, command: DeliverInvitation): Decision => {
  const { at, invitationId, bounceReason } = command;
  const invitation = findInvitation(state, invitationId);
  if (invitation === undefined) return reject('invitation-not-found');
  if (invitation.state !== 'pending') return reject('delivery-not-pending');
  return bounceReason === null
    ? grant({ type: 'InvitationSent', at, invitationId })
    : grant({ type: 'InvitationBounced', at, invitationId, reason: bounceReason });
};
