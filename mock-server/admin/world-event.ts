// One event of a world's file. A file tells what is there, not what was undone: see `distill`.
import * as v from 'valibot';
import type { Event } from '../../domain/events.ts';
import { named } from './schema/named.ts';
import { kinds, object } from './schema/object.ts';
import {
  emailAddress,
  matching,
  PersonKind,
  Role,
  text,
  time,
  told,
  userId,
  uuid,
} from './schema/values.ts';

const label = told(
  'Of a key; the sandbox that takes the file in makes a key of its own from it.',
  v.pipe(
    matching(/^[a-z][a-z0-9-]{0,63}$/, 'a label of 1 to 64 of a-z, 0-9 and "-"'),
    v.metadata({ example: 'owner' }),
  ),
);
const name = text(0, 500);

const fact = <const Type extends Event['type'], Entries extends v.ObjectEntries>(
  type: Type,
  entries: Entries,
) => object({ type: v.literal(type), at: time, ...entries });

const facts = [
  fact('UserRegistered', {
    user_id: userId,
    name,
    email: emailAddress,
    picture_url: v.nullable(text(1, 2_000)),
    kind: PersonKind,
    description: v.exactOptional(text(0, 10_000)),
    owner_id: v.exactOptional(userId),
  }),
  fact('OrganizationFounded', { organization_id: uuid, name }),
  fact('MembershipGranted', {
    membership_id: uuid,
    user_id: userId,
    organization_id: uuid,
    role: Role,
  }),
  fact('MembershipRoleChanged', { membership_id: uuid, role: Role }),
  fact('ApiKeyIssued', { label, user_id: userId, organization_id: uuid }),
  fact('InvitationCreated', {
    invitation_id: uuid,
    organization_id: uuid,
    inviter_id: userId,
    email: emailAddress,
    role: Role,
  }),
  fact('InvitationSent', { invitation_id: uuid }),
  fact('InvitationBounced', { invitation_id: uuid, reason: text(0, 100_000) }),
  fact('InvitationResent', { invitation_id: uuid }),
  fact('InvitationAccepted', { invitation_id: uuid, membership_id: uuid }),
] as const;

const types = facts.map(({ entries }) => entries.type.literal);

export const WorldEvent = named(
  'WorldEvent',
  'One fact that is there.',
  kinds('type', facts, types),
);

/** `keyFor` makes the key that a label stands for. */
export type KeyFor = (label: string) => string;

export const toEvent = (fact: v.InferOutput<typeof WorldEvent>, keyFor: KeyFor): Event => {
  switch (fact.type) {
    case 'UserRegistered': {
      const { user_id: userId, picture_url: pictureUrl, owner_id: ownerId, ...rest } = fact;
      return { ...rest, userId, pictureUrl, ...(ownerId !== undefined && { ownerId }) };
    }
    case 'OrganizationFounded': {
      const { organization_id: organizationId, ...rest } = fact;
      return { ...rest, organizationId };
    }
    case 'MembershipGranted': {
      const { membership_id: membershipId, user_id: userId, role, at, type } = fact;
      return { type, at, membershipId, userId, organizationId: fact.organization_id, role };
    }
    case 'MembershipRoleChanged': {
      const { membership_id: membershipId, ...rest } = fact;
      return { ...rest, membershipId };
    }
    case 'ApiKeyIssued': {
      const { user_id: userId, organization_id: organizationId, type, at } = fact;
      return { type, at, key: keyFor(fact.label), userId, organizationId };
    }
    case 'InvitationCreated': {
      const { invitation_id: invitationId, inviter_id: inviterId, type, at, email, role } = fact;
      const organizationId = fact.organization_id;
      return { type, at, invitationId, organizationId, inviterId, email, role };
    }
    case 'InvitationSent':
    case 'InvitationBounced':
    case 'InvitationResent': {
      const { invitation_id: invitationId, ...rest } = fact;
      return { ...rest, invitationId };
    }
    case 'InvitationAccepted': {
      const { type, at, invitation_id: invitationId, membership_id: membershipId } = fact;
      return { type, at, invitationId, membershipId };
    }
    default:
      return fact satisfies never;
  }
};
