// Changing the address or the role of an invitation that nobody has accepted yet.
import type { Readings } from '../../spec/vocabulary.ts';
import type { UpdateInvitation } from '../commands.ts';
import { grant, reject, type Decision } from '../decision.ts';
import type { Event } from '../events.ts';
import { addressKey } from '../invitation.ts';
import { outranks } from '../role.ts';
import type { State } from '../state.ts';
import { reachToChange } from './reach.ts';

export const decideUpdate = (
  state: State,
  command: UpdateInvitation,
  readings: Readings,
): Decision => {
  const { at, caller, invitationId } = command;
  const reached = reachToChange(state, caller, invitationId, readings);
  if (reached.kind === 'rejected') return reject(reached.rejection);
  const { invitation } = reached;
  const { email = invitation.email, role = invitation.role } = command;
  if (outranks(role, caller.scope.role)) return reject('role-above-own');
  const holder = state.indexes
    .get(invitation.organizationId)
    ?.slotsByAddress.get(addressKey(email));
  if (holder !== undefined && holder.invitation.id !== invitationId) {
    return reject('address-already-invited');
  }
  const events: Event[] = [];
  if (role !== invitation.role)
    events.push({ type: 'InvitationRoleChanged', at, invitationId, role });
  const isSame =
    readings['update.case-only-address'] === 'same-address'
      ? addressKey(email) === addressKey(invitation.email)
      : email === invitation.email;
  if (!isSame) {
    events.push({ type: 'InvitationReaddressed', at, invitationId, email });
  }
  return grant(...events);
};
