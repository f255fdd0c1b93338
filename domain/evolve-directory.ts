// The part of `evolve` that concerns people, organizations, memberships and keys.
import type { Directory } from './directory.ts';
import type {
  ApiKeyIssued,
  Event,
  MembershipGranted,
  MembershipRevoked,
  MembershipRoleChanged,
  OrganizationFounded,
  UserRegistered,
  UserRemoved,
} from './events.ts';
import { addressKey } from './invitation.ts';

type DirectoryEvent =
  | UserRegistered
  | UserRemoved
  | OrganizationFounded
  | MembershipGranted
  | MembershipRoleChanged
  | MembershipRevoked
  | ApiKeyIssued;

const directoryEventTypes: ReadonlySet<string> = new Set<DirectoryEvent['type']>([
  'UserRegistered',
  'UserRemoved',
  'OrganizationFounded',
  'MembershipGranted',
  'MembershipRoleChanged',
  'MembershipRevoked',
  'ApiKeyIssued',
]);

export const isDirectoryEvent = (event: Event): event is DirectoryEvent =>
  directoryEventTypes.has(event.type);

const grantMembership = (directory: Directory, event: MembershipGranted): void => {
  const { membershipId: id, userId, organizationId, role, at } = event;
  directory.memberships.set(id, {
    id,
    userId,
    organizationId,
    role,
    createdAt: at,
    modifiedAt: at,
  });
  const members = directory.memberIds.get(organizationId) ?? new Map<string, string>();
  directory.memberIds.set(organizationId, members.set(userId, id));
};

const removeUser = (directory: Directory, userId: string): void => {
  const { users, userIdsByAddress, memberships, memberIds, apiKeys } = directory;
  const user = users.get(userId);
  if (user === undefined) return;
  users.delete(userId);
  userIdsByAddress.delete(addressKey(user.email));
  for (const members of memberIds.values()) {
    const id = members.get(userId);
    if (id !== undefined) memberships.delete(id);
    members.delete(userId);
  }
  for (const [key, owner] of apiKeys) if (owner.userId === userId) apiKeys.delete(key);
};

const revokeMembership = ({ memberships, memberIds }: Directory, id: string): void => {
  const membership = memberships.get(id);
  if (membership === undefined) return;
  memberships.delete(id);
  memberIds.get(membership.organizationId)?.delete(membership.userId);
};

export const evolveDirectory = (directory: Directory, event: DirectoryEvent): void => {
  const { at } = event;
  switch (event.type) {
    case 'UserRegistered': {
      const { userId: id, name, email, pictureUrl, kind, description = '', ownerId = null } = event;
      directory.users.set(id, {
        ...{ id, name, email, pictureUrl, kind, description, ownerId },
        createdAt: at,
        modifiedAt: at,
      });
      directory.userIdsByAddress.set(addressKey(email), id);
      return;
    }
    case 'UserRemoved':
      removeUser(directory, event.userId);
      return;
    case 'OrganizationFounded': {
      const { organizationId: id, name } = event;
      directory.organizations.set(id, { id, name, createdAt: at, modifiedAt: at });
      return;
    }
    case 'MembershipGranted':
      grantMembership(directory, event);
      return;
    case 'MembershipRoleChanged': {
      const membership = directory.memberships.get(event.membershipId);
      if (membership === undefined) {
        throw new Error(
          `An event speaks of membership ${event.membershipId}, which was never granted.`,
        );
      }
      directory.memberships.set(membership.id, { ...membership, role: event.role, modifiedAt: at });
      return;
    }
    case 'MembershipRevoked':
      revokeMembership(directory, event.membershipId);
      return;
    case 'ApiKeyIssued':
      directory.apiKeys.set(event.key, {
        userId: event.userId,
        organizationId: event.organizationId,
      });
      return;
    default:
      event satisfies never;
  }
};
