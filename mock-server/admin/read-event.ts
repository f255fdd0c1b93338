// One event of a world's file, member by member. A file tells what is there, not what was undone: see `distill`.
import type { Event } from '../../domain/events.ts';
import { roles, type Role } from '../../domain/role.ts';
import { choice, orNull, text, time, type Input, type Reader } from './input.ts';

const types = [
  'UserRegistered',
  'OrganizationFounded',
  'MembershipGranted',
  'MembershipRoleChanged',
  'ApiKeyIssued',
  'InvitationCreated',
  'InvitationSent',
  'InvitationBounced',
  'InvitationAccepted',
] as const;

type Type = (typeof types)[number];

export const uuid: Reader<string> = (value) =>
  typeof value === 'string' && /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/.test(value)
    ? { value }
    : { expected: 'a UUID in lower case' };

const address: Reader<string> = (value) =>
  typeof value === 'string' && value.length <= 254 && /^[^\s@]+@[^\s@]+$/.test(value)
    ? { value }
    : { expected: 'an e-mail address of at most 254 characters' };

const label: Reader<string> = (value) =>
  typeof value === 'string' && /^[a-z][a-z0-9-]{0,63}$/.test(value)
    ? { value }
    : { expected: 'a label of 1 to 64 of a-z, 0-9 and "-"' };

const name = text(0, 500);
const kinds = ['person', 'service-account'] as const;

const id = (input: Input, member: string): string => input.need(member, uuid, '');
const role = (input: Input): Role => input.need('role', choice(roles), 'VIEWER');

/** `keyFor` makes the key that a label stands for. */
export type KeyFor = (label: string) => string;

const readers: Readonly<Record<Type, (input: Input, at: number, keyFor: KeyFor) => Event>> = {
  UserRegistered: (input, at) => ({
    type: 'UserRegistered',
    at,
    userId: id(input, 'user_id'),
    name: input.need('name', name, ''),
    email: input.need('email', address, ''),
    pictureUrl: input.need('picture_url', orNull(text(1, 2_000)), null),
    kind: input.need('kind', choice(kinds), 'person'),
  }),
  OrganizationFounded: (input, at) => ({
    type: 'OrganizationFounded',
    at,
    organizationId: id(input, 'organization_id'),
    name: input.need('name', name, ''),
  }),
  MembershipGranted: (input, at) => ({
    type: 'MembershipGranted',
    at,
    membershipId: id(input, 'membership_id'),
    userId: id(input, 'user_id'),
    organizationId: id(input, 'organization_id'),
    role: role(input),
  }),
  MembershipRoleChanged: (input, at) => ({
    type: 'MembershipRoleChanged',
    at,
    membershipId: id(input, 'membership_id'),
    role: role(input),
  }),
  ApiKeyIssued: (input, at, keyFor) => ({
    type: 'ApiKeyIssued',
    at,
    key: keyFor(input.need('label', label, '')),
    userId: id(input, 'user_id'),
    organizationId: id(input, 'organization_id'),
  }),
  InvitationCreated: (input, at) => ({
    type: 'InvitationCreated',
    at,
    invitationId: id(input, 'invitation_id'),
    organizationId: id(input, 'organization_id'),
    inviterId: id(input, 'inviter_id'),
    email: input.need('email', address, ''),
    role: role(input),
  }),
  InvitationSent: (input, at) => ({
    type: 'InvitationSent',
    at,
    invitationId: id(input, 'invitation_id'),
  }),
  InvitationBounced: (input, at) => ({
    type: 'InvitationBounced',
    at,
    invitationId: id(input, 'invitation_id'),
    reason: input.need('reason', text(0, 100_000), ''),
  }),
  InvitationAccepted: (input, at) => ({
    type: 'InvitationAccepted',
    at,
    invitationId: id(input, 'invitation_id'),
    membershipId: id(input, 'membership_id'),
  }),
};

export const readEvent = (input: Input, keyFor: KeyFor): Event => {
  const type = input.need('type', choice(types), 'InvitationSent');
  return readers[type](input, input.need('at', time, 0), keyFor);
};
