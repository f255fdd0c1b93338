// Taking an invitation back. The membership of an accepted one stays, unless the reading is that it goes with it.
import type { Readings } from '../../spec/vocabulary.ts';
import type { DestroyInvitation } from '../commands.ts';
import { grant, reject, type Decision } from '../decision.ts';
import type { Event } from '../events.ts';
import type { Invitation } from '../invitation.ts';
import type { State } from '../state.ts';
import { reachToDestroy } from './reach.ts';

/** A membership stays that was there before, or that another accepted invitation leads to as well. [destroy.membership-stays] */
const revocation = (
  { directory, slots }: State,
  { id, membershipId, changedAt: acceptedAt }: Invitation,
  at: number,
): readonly Event[] => {
  const membership = directory.memberships.get(membershipId ?? '');
  if (membershipId === null || membership?.createdAt !== acceptedAt) return [];
  for (const { invitation: other } of slots.values()) {
    if (other.membershipId === membershipId && other.id !== id) return [];
  }
  return [{ type: 'MembershipRevoked', at, membershipId }];
};

export const decideDestroy = (
  state: State,
  command: DestroyInvitation,
  readings: Readings,
): Decision => {
  const { at, caller, invitationId } = command;
  const reached = reachToDestroy(state, caller, invitationId, readings);
  if (reached.kind === 'rejected') return reject(reached.rejection);
  const isRevoked = readings['delete.membership'] === 'goes';
  const revoked = isRevoked ? revocation(state, reached.invitation, at) : [];
  return grant({ type: 'InvitationDestroyed', at, invitationId }, ...revoked);
};
