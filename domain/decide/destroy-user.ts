// Removing a user, by a member of the same organization. [users.who-deletes]
import type { Readings } from '../../spec/vocabulary.ts';
import type { DestroyUser } from '../commands.ts';
import { reject, type Decision } from '../decision.ts';
import { findMembership } from '../directory.ts';
import { mayManage, outranks } from '../role.ts';
import type { State } from '../state.ts';
import { decideRemove } from './remove.ts';

export const decideDestroyUser = (
  state: State,
  { at, caller, userId, kind }: DestroyUser,
  readings: Readings,
): Decision => {
  const { organizationId, role } = caller.scope;
  const membership = findMembership(state.directory, organizationId, userId);
  const user = state.directory.users.get(userId);
  const isOne = kind === undefined || user?.kind === kind;
  if (membership === undefined || !isOne) return reject('user-not-found');
  if (!mayManage(role)) return reject('role-cannot-manage');
  if (userId === caller.userId) return reject('user-is-caller');
  if (outranks(membership.role, role)) return reject('user-role-above-own');
  return decideRemove(state, { at, userId }, readings);
};
