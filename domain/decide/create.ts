// Inviting someone to the caller's organization.
import type { Readings } from '../../spec/vocabulary.ts';
import type { ScopedCaller } from '../caller.ts';
import type { CreateInvitation } from '../commands.ts';
import { grant, reject, type Decision } from '../decision.ts';
import { addressKey } from '../invitation.ts';
import { mayManage, outranks } from '../role.ts';
import type { State } from '../state.ts';

/** Whatever role is asked for. [roles.who-invites] */
export const mayInvite = ({ scope }: ScopedCaller, readings: Readings): boolean =>
  readings['roles.who-invites'] === 'by-rank' || mayManage(scope.role);

export const decideCreate = (
  state: State,
  command: CreateInvitation,
  readings: Readings,
): Decision => {
  const { at, caller, invitationId, role } = command;
  const isKept = readings['create.letter-case'] === 'kept';
  const email = isKept ? command.email : command.email.toLowerCase();
  const { organizationId } = caller.scope;
  if (!mayInvite(caller, readings)) return reject('role-cannot-invite');
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
