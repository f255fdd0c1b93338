// The people, organizations and memberships that invitations point to.
import type { Caller } from './caller.ts';
import { sortByFields, type Ordering } from './compare.ts';
import type { Role } from './role.ts';

export type User = {
  readonly id: string;
  readonly name: string;
  readonly email: string;
  readonly pictureUrl: string | null;
  readonly kind: 'person' | 'service-account';
  /** What a service account is for; empty for a person. */
  readonly description: string;
  /** Who answers for a service account; null for nobody. */
  readonly ownerId: string | null;
  readonly createdAt: number;
  readonly modifiedAt: number;
};

export type Organization = {
  readonly id: string;
  readonly name: string;
  readonly createdAt: number;
  readonly modifiedAt: number;
};

export type Membership = {
  readonly id: string;
  readonly userId: string;
  readonly organizationId: string;
  readonly role: Role;
  readonly createdAt: number;
  readonly modifiedAt: number;
};

export type ApiKey = { readonly userId: string; readonly organizationId: string };

/** `memberIds`: user id → membership id, per organization. */
export type Directory = {
  readonly users: Map<string, User>;
  readonly userIdsByAddress: Map<string, string>;
  readonly organizations: Map<string, Organization>;
  readonly memberships: Map<string, Membership>;
  readonly memberIds: Map<string, Map<string, string>>;
  readonly apiKeys: Map<string, ApiKey>;
};

/** A user's id is no UUID: `auth0|` and 24 hexadecimal digits, here those of a UUID. [users.id] */
export const toUserId = (uuid: string): string => `auth0|${uuid.replaceAll('-', '').slice(0, 24)}`;

export const createDirectory = (): Directory => ({
  users: new Map(),
  userIdsByAddress: new Map(),
  organizations: new Map(),
  memberships: new Map(),
  memberIds: new Map(),
  apiKeys: new Map(),
});

export const findMembership = (
  directory: Directory,
  organizationId: string,
  userId: string,
): Membership | undefined => {
  const id = directory.memberIds.get(organizationId)?.get(userId);
  return id === undefined ? undefined : directory.memberships.get(id);
};

/** The caller that a user is, acting in an organization or in none; undefined when there is no such user. */
export const findCaller = (
  directory: Directory,
  userId: string,
  organizationId: string | undefined,
): Caller | undefined => {
  const user = directory.users.get(userId);
  if (user === undefined) return undefined;
  const membership =
    organizationId === undefined ? undefined : findMembership(directory, organizationId, userId);
  return {
    userId,
    email: user.kind === 'person' ? user.email : null,
    scope:
      membership === undefined
        ? null
        : { organizationId: membership.organizationId, role: membership.role },
  };
};

export type UserField = 'name' | 'email' | 'created_at' | 'id';

/** In the order in which they became members, unless it is another. [users.list] */
export const listUsers = (
  { users, memberIds }: Directory,
  organizationId: string,
  by: Ordering<UserField>,
): readonly User[] => {
  const members = [...(memberIds.get(organizationId)?.keys() ?? [])];
  const all = members.flatMap((id) => users.get(id) ?? []);
  return sortByFields(all, by, (user) => ({ ...user, created_at: user.createdAt }));
};

/** A caller sees the users of the own organization, and itself.  */
export const findVisibleUser = (
  directory: Directory,
  organizationId: string,
  userId: string,
): User | undefined => {
  const isMember = directory.memberIds.get(organizationId)?.has(userId) === true;
  return isMember ? directory.users.get(userId) : undefined;
};
