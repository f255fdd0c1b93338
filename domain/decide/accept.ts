// Joining an organization by an invitation. The caller needs no scope: whoever is invited is not a member yet.
import type { Readings } from '../../spec/vocabulary.ts';
import type { AcceptInvitation } from '../commands.ts';
import { grant, reject, type Decision } from '../decision.ts';
import { findMembership } from '../directory.ts';
import type { Event } from '../events.ts';
import { addressKey } from '../invitation.ts';
import { findInvitation, type State } from '../state.ts';

export const decideAccept = (
  state: State,
  command: AcceptInvitation,
  readings: Readings,
): Decision => {
  const { at, caller, invitationId } = command;
  const invitation = findInvitation(state, invitationId);
  if (invitation === undefined) return reject('invitation-not-found');
  if (invitation.state === 'accepted') return reject('invitation-already-accepted');
  if (caller.email === null) return reject('service-account-cannot-accept');
  if (addressKey(caller.email) !== addressKey(invitation.email))
    return reject('address-not-invited');

  const { organizationId, role } = invitation;
  const { userId } = caller;
  const existing = findMembership(state.directory, organizationId, userId);
  const membershipId = existing?.id ?? command.membershipId;
  const events: Event[] = [];
  if (existing === undefined) {
    events.push({ type: 'MembershipGranted', at, membershipId, userId, organizationId, role });
  } else if (existing.role !== role && readings['accept.member-role'] === 'the-invitations') {
    events.push({ type: 'MembershipRoleChanged', at, membershipId, role });
  }
  return grant(...events, { type: 'InvitationAccepted', at, invitationId, membershipId });
};
