// Whether a history that came from elsewhere holds together: each event speaks of what is there, and nothing is there twice.
import { addressKey } from '../../domain/invitation.ts';
import type { Event } from '../../domain/events.ts';

type Seen = {
  readonly users: Set<string>;
  readonly organizations: Set<string>;
  readonly memberships: Set<string>;
  readonly members: Set<string>;
  readonly keys: Set<string>;
  readonly addresses: Set<string>;
  readonly invited: Set<string>;
  /** Invitations whose fate is not told yet. */
  readonly pending: Set<string>;
  readonly invitations: Set<string>;
};

const isNew = (seen: Set<string>, what: string, id: string): string | undefined => {
  if (seen.has(id)) return `${what} ${id} is there already`;
  seen.add(id);
  return undefined;
};

const isThere = (seen: ReadonlySet<string>, what: string, id: string): string | undefined =>
  seen.has(id) ? undefined : `there is no ${what} ${id}`;

const checkPlace = (
  seen: Seen,
  event: { userId: string; organizationId: string },
): string | undefined =>
  isThere(seen.users, 'user', event.userId) ??
  isThere(seen.organizations, 'organization', event.organizationId);

const checkFate = (seen: Seen, id: string): string | undefined => {
  if (seen.pending.delete(id)) return undefined;
  return (
    isThere(seen.invitations, 'invitation', id) ?? `the fate of invitation ${id} is told twice`
  );
};

const check = (seen: Seen, event: Event): string | undefined => {
  switch (event.type) {
    case 'UserRegistered':
      return (
        isNew(seen.users, 'user', event.userId) ??
        isNew(seen.addresses, 'a user with the address', addressKey(event.email))
      );
    case 'OrganizationFounded':
      return isNew(seen.organizations, 'organization', event.organizationId);
    case 'MembershipGranted':
      return (
        checkPlace(seen, event) ??
        isNew(seen.memberships, 'membership', event.membershipId) ??
        isNew(seen.members, 'a membership of', `${event.userId} in ${event.organizationId}`)
      );
    case 'MembershipRoleChanged':
      return isThere(seen.memberships, 'membership', event.membershipId);
    case 'ApiKeyIssued':
      return checkPlace(seen, event) ?? isNew(seen.keys, 'an API key of the label', event.key);
    case 'InvitationCreated': {
      const { invitationId, organizationId, inviterId, email } = event;
      seen.pending.add(invitationId);
      return (
        checkPlace(seen, { userId: inviterId, organizationId }) ??
        isNew(seen.invitations, 'invitation', invitationId) ??
        isNew(seen.invited, 'an invitation of', `${addressKey(email)} to ${organizationId}`)
      );
    }
    case 'InvitationSent':
    case 'InvitationBounced':
    case 'InvitationResent':
      return checkFate(seen, event.invitationId);
    case 'InvitationAccepted':
      return (
        isThere(seen.memberships, 'membership', event.membershipId) ??
        checkFate(seen, event.invitationId)
      );
    case 'UserRemoved':
    case 'MembershipRevoked':
    case 'InvitationReaddressed':
    case 'InvitationRoleChanged':
    case 'InvitationDestroyed':
      return `a history that tells what is there has no ${event.type}`;
    default:
      return event satisfies never;
  }
};

/** Takes events in their order, and says what is wrong with one that does not fit; undefined when it does. */
export const createHistoryCheck = (): ((event: Event) => string | undefined) => {
  const none = (): Set<string> => new Set();
  const seen: Seen = {
    users: none(),
    organizations: none(),
    memberships: none(),
    members: none(),
    keys: none(),
    addresses: none(),
    invited: none(),
    pending: none(),
    invitations: none(),
  };
  return (event) => check(seen, event);
};
