// A user goes, and with it the invitations that it sent and those that made it a member.
import type { Readings } from '../../spec/vocabulary.ts';
import type { RemoveUser } from '../commands.ts';
import { reject, type Decision } from '../decision.ts';
import type { Event } from '../events.ts';
import type { State } from '../state.ts';

/** [users.invitations-go] */
export const decideRemove = (
  state: State,
  { at, userId }: Omit<RemoveUser, 'type'>,
  readings: Readings,
): Decision => {
  const { users, memberships } = state.directory;
  if (!users.has(userId)) return reject('user-not-found');
  const areSentGone = readings['users.invitations'] === 'gone';
  const events: Event[] = [];
  for (const { invitation } of state.slots.values()) {
    const { id: invitationId, inviterId, membershipId } = invitation;
    const member = membershipId === null ? undefined : memberships.get(membershipId);
    if ((inviterId !== userId || !areSentGone) && member?.userId !== userId) continue;
    events.push({ type: 'InvitationDestroyed', at, invitationId });
  }
  return { kind: 'granted', events: [...events, { type: 'UserRemoved', at, userId }] };
};
