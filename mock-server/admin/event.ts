// What happened, on the wire: as a list of events shows it.
import * as v from 'valibot';
import { eventTypes, type Event as DomainEvent } from '../../domain/events.ts';
import { named } from './schema/named.ts';
import { choice, object } from './schema/object.ts';
import { moment, PersonKind, Role, told, userId, uuid, whole } from './schema/values.ts';

export const EventType = named('EventType', 'What can happen in a sandbox.', choice(eventTypes));

/** Of all types together. */
const facts = {
  invitation_id: v.exactOptional(uuid),
  organization_id: v.exactOptional(uuid),
  inviter_id: v.exactOptional(userId),
  user_id: v.exactOptional(userId),
  membership_id: v.exactOptional(uuid),
  email: v.exactOptional(v.string()),
  name: v.exactOptional(v.string()),
  role: v.exactOptional(Role),
  reason: v.exactOptional(v.string()),
  picture_url: v.exactOptional(v.nullable(v.string())),
  kind: v.exactOptional(PersonKind),
  description: v.exactOptional(v.string()),
  owner_id: v.exactOptional(v.nullable(userId)),
};

export const Event = named(
  'Event',
  'One fact. Which of the members it has depends on its type.',
  object({
    sequence: told('Grows by one with each event.', whole(1, Number.MAX_SAFE_INTEGER)),
    type: EventType,
    at: moment,
    ...facts,
  }),
);

type WireFact = Omit<v.InferInput<typeof Event>, 'sequence'>;

/** The key of an `ApiKeyIssued` is a secret, and not told. */
export const presentFact = (event: DomainEvent): WireFact => ({
  type: event.type,
  at: new Date(event.at).toISOString(),
  ...('invitationId' in event ? { invitation_id: event.invitationId } : {}),
  ...('organizationId' in event ? { organization_id: event.organizationId } : {}),
  ...('inviterId' in event ? { inviter_id: event.inviterId } : {}),
  ...('userId' in event ? { user_id: event.userId } : {}),
  ...('membershipId' in event ? { membership_id: event.membershipId } : {}),
  ...('email' in event ? { email: event.email } : {}),
  ...('name' in event ? { name: event.name } : {}),
  ...('role' in event ? { role: event.role } : {}),
  ...('reason' in event ? { reason: event.reason } : {}),
  ...('pictureUrl' in event ? { picture_url: event.pictureUrl } : {}),
  ...('kind' in event ? { kind: event.kind } : {}),
  ...('description' in event ? { description: event.description } : {}),
  ...('ownerId' in event ? { owner_id: event.ownerId } : {}),
});
