// Which invitation a caller means, and whether the caller may change it: the checks that come before every other.
import type { ScopedCaller } from '../caller.ts';
import type { Invitation } from '../invitation.ts';
import type { Rejection } from '../rejections.ts';
import { outranks } from '../role.ts';
import { findInvitation, type State } from '../state.ts';

export type Reached =
  | { readonly kind: 'found'; readonly invitation: Invitation }
  | { readonly kind: 'rejected'; readonly rejection: Rejection };

const rejected = (rejection: Rejection): Reached => ({ kind: 'rejected', rejection });

/** Another organization's invitation is as good as none. [tenancy.other-organization] */
export const reachToRead = (state: State, caller: ScopedCaller, id: string): Reached => {
  const invitation = findInvitation(state, id);
  return invitation?.organizationId === caller.scope.organizationId
    ? { kind: 'found', invitation }
    : rejected('invitation-not-found');
};

/** [roles.invitation-above-own] */
export const reachToDestroy = (state: State, caller: ScopedCaller, id: string): Reached => {
  const reached = reachToRead(state, caller, id);
  if (reached.kind === 'rejected') return reached;
  return outranks(reached.invitation.role, caller.scope.role)
    ? rejected('invitation-role-above-own')
    : reached;
};

/** An accepted invitation can be deleted, but no longer changed or sent. [update.accepted] [resend.accepted] */
export const reachToChange = (state: State, caller: ScopedCaller, id: string): Reached => {
  const reached = reachToRead(state, caller, id);
  if (reached.kind === 'found' && reached.invitation.state === 'accepted') {
    return rejected('invitation-already-accepted');
  }
  return reachToDestroy(state, caller, id);
};
