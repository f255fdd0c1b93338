// The shortest history that leads to a state: what was undone or replaced is not told. Its length is bounded by what is
// there, however much happened.
import type { Directory } from './directory.ts';
import type { Event } from './events.ts';
import type { Invitation } from './invitation.ts';
import type { State } from './state.ts';

// eslint-disable-next-line func-style -- There are no arrow functions that yield.
function* tellDirectory(directory: Directory): Generator<Event> {
  for (const { id, name, createdAt } of directory.organizations.values()) {
    yield { type: 'OrganizationFounded', at: createdAt, organizationId: id, name };
  }
  for (const user of directory.users.values()) {
    const { id, name, email, pictureUrl, kind, description, ownerId, createdAt } = user;
    yield {
      ...{ type: 'UserRegistered', at: createdAt, userId: id, name, email, pictureUrl, kind },
      ...(description !== '' && { description }),
      ...(ownerId !== null && { ownerId }),
    };
  }
  for (const membership of directory.memberships.values()) {
    const { id: membershipId, userId, organizationId, role, createdAt, modifiedAt } = membership;
    const granted = { membershipId, userId, organizationId, role };
    yield { type: 'MembershipGranted', at: createdAt, ...granted };
    if (modifiedAt !== createdAt) {
      yield { type: 'MembershipRoleChanged', at: modifiedAt, membershipId, role };
    }
  }
  for (const [key, { userId, organizationId }] of directory.apiKeys) {
    yield { type: 'ApiKeyIssued', at: 0, key, userId, organizationId };
  }
}

/** What became of it after it was made; undefined where nothing touched it. */
const tellFate = (invitation: Invitation): Event | undefined => {
  const { id, state, stateDetail, membershipId, createdAt, changedAt } = invitation;
  const fate = { at: changedAt, invitationId: id };
  switch (state) {
    case 'pending':
      return changedAt === createdAt ? undefined : { type: 'InvitationResent', ...fate };
    case 'sent':
      return { type: 'InvitationSent', ...fate };
    case 'bounced':
      return { type: 'InvitationBounced', ...fate, reason: stateDetail };
    case 'accepted':
      return { type: 'InvitationAccepted', ...fate, membershipId: membershipId ?? '' };
    default:
      return state satisfies never;
  }
};

/** Keys keep no times, so their events have none: `at` is 0. */
export const distill = ({ directory, slots }: State): readonly Event[] => {
  const history = [...tellDirectory(directory)];
  for (const { invitation } of slots.values()) {
    const { id: invitationId, organizationId, inviterId, email, role, createdAt } = invitation;
    history.push({
      type: 'InvitationCreated',
      at: createdAt,
      invitationId,
      organizationId,
      inviterId,
      email,
      role,
    });
    const fate = tellFate(invitation);
    if (fate !== undefined) history.push(fate);
  }
  return history;
};
