// Inviting someone to the caller's organization.
import type { Readings } from '../../spec/vocabulary.ts';
import type { CreateInvitation } from '../commands.ts';
import { grant, reject, type Decision } from '../decision.ts';
import { addressKey } from '../invitation.ts';
import { outranks } from '../role.ts';
import type { State } from '../state.ts';

export const decideCreate = (
  state: State,
  command: CreateInvitation,
  readings: Readings,
): Decision => {
  const { at, caller, invitationId, role } = command;
  const isKept = readings['create.letter-case'] === 'kept';
  const email = isKept ? command.email : command.email.toLowerCase();
  const { organizationId } = caller.scope;
  if (outranks(role, caller.scope.role)) return reject('role-above-own');
  if (state.indexes.get(organizationId)?.slotsByAddress.has(addressKey(email)) === true) {
    return reject('address-already-invited');
  }
  return grant({
    type: 'InvitationCreated',
    at,
    invitationId,
    organizationId,
    inviterId: caller.userId,
    email,
    role,
  });
};
