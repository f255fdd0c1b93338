// What can happen in a sandbox: flat JSON facts, the only way in which a state changes. Fixtures are made of them too.
import type { Role } from './role.ts';

/** `at` is in milliseconds since the epoch, of the sandbox's clock. */
type Fact<Type extends string, Data> = {
  readonly type: Type;
  readonly at: number;
} & Readonly<Data>;

export type UserRegistered = Fact<
  'UserRegistered',
  {
    userId: string;
    name: string;
    email: string;
    pictureUrl: string | null;
    /** A service account acts through API keys alone and can accept nothing. */
    kind: 'person' | 'service-account';
    /** Of a service account. */
    description?: string;
    ownerId?: string | null;
  }
>;
/** With the memberships and the keys of the user. */
export type UserRemoved = Fact<'UserRemoved', { userId: string }>;
export type OrganizationFounded = Fact<
  'OrganizationFounded',
  { organizationId: string; name: string }
>;
export type MembershipGranted = Fact<
  'MembershipGranted',
  { membershipId: string; userId: string; organizationId: string; role: Role }
>;
export type MembershipRoleChanged = Fact<
  'MembershipRoleChanged',
  { membershipId: string; role: Role }
>;
export type MembershipRevoked = Fact<'MembershipRevoked', { membershipId: string }>;
/** The key is kept as it is: a fake's keys guard nothing, and people must be able to look them up. */
export type ApiKeyIssued = Fact<
  'ApiKeyIssued',
  { key: string; userId: string; organizationId: string }
>;
export type InvitationCreated = Fact<
  'InvitationCreated',
  { invitationId: string; organizationId: string; inviterId: string; email: string; role: Role }
>;
export type InvitationSent = Fact<'InvitationSent', { invitationId: string }>;
export type InvitationBounced = Fact<'InvitationBounced', { invitationId: string; reason: string }>;
export type InvitationResent = Fact<'InvitationResent', { invitationId: string }>;
export type InvitationRoleChanged = Fact<
  'InvitationRoleChanged',
  { invitationId: string; role: Role }
>;
export type InvitationReaddressed = Fact<
  'InvitationReaddressed',
  { invitationId: string; email: string }
>;
export type InvitationAccepted = Fact<
  'InvitationAccepted',
  { invitationId: string; membershipId: string }
>;
export type InvitationDestroyed = Fact<'InvitationDestroyed', { invitationId: string }>;

export type Event =
  | UserRegistered
  | UserRemoved
  | OrganizationFounded
  | MembershipGranted
  | MembershipRoleChanged
  | MembershipRevoked
  | ApiKeyIssued
  | InvitationCreated
  | InvitationSent
  | InvitationBounced
  | InvitationResent
  | InvitationRoleChanged
  | InvitationReaddressed
  | InvitationAccepted
  | InvitationDestroyed;

const types: Readonly<Record<Event['type'], true>> = {
  UserRegistered: true,
  UserRemoved: true,
  OrganizationFounded: true,
  MembershipGranted: true,
  MembershipRoleChanged: true,
  MembershipRevoked: true,
  ApiKeyIssued: true,
  InvitationCreated: true,
  InvitationSent: true,
  InvitationBounced: true,
  InvitationResent: true,
  InvitationRoleChanged: true,
  InvitationReaddressed: true,
  InvitationAccepted: true,
  InvitationDestroyed: true,
};

export const isEventType = (name: string): name is Event['type'] => Object.hasOwn(types, name);

export const eventTypes: readonly Event['type'][] = Object.keys(types).filter(isEventType);
