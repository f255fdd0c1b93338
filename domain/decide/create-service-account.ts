// Making a user that acts by a key. [serviceaccounts.who-makes]
import type { CreateServiceAccount } from '../commands.ts';
import { grant, reject, type Decision } from '../decision.ts';
import { mayManage, outranks } from '../role.ts';
import type { State } from '../state.ts';
import { addressKey } from '../invitation.ts';

export const decideCreateServiceAccount = (
  { directory }: State,
  command: CreateServiceAccount,
): Decision => {
  const { at, caller, userId, membershipId, key, role, name, email, description, ownerId } =
    command;
  const { organizationId } = caller.scope;
  if (!mayManage(caller.scope.role)) return reject('role-cannot-manage');
  if (outranks(role, caller.scope.role)) return reject('account-role-above-own');
  if (directory.userIdsByAddress.has(addressKey(email)))
    return reject('address-already-registered');
  return grant(
    {
      ...{ type: 'UserRegistered', at, userId, name, email, description, ownerId },
      pictureUrl: null,
      kind: 'service-account',
    },
    { type: 'MembershipGranted', at, membershipId, userId, organizationId, role },
    { type: 'ApiKeyIssued', at, key, userId, organizationId },
  );
};
