// Which invitation a caller means, and whether the caller may change it: the checks that come before every other.
import type { Readings } from '../../spec/vocabulary.ts';
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
const reachBelow = (state: State, caller: ScopedCaller, id: string): Reached => {
  const reached = reachToRead(state, caller, id);
  if (reached.kind === 'rejected') return reached;
  return outranks(reached.invitation.role, caller.scope.role)
    ? rejected('invitation-role-above-own')
    : reached;
};

/** An accepted invitation can be deleted, but no longer changed or sent. [update.accepted] [resend.accepted] */
export const reachToChange = (
  state: State,
  caller: ScopedCaller,
  id: string,
  readings: Readings,
): Reached => {
  const reached = reachToRead(state, caller, id);
  const below = reachBelow(state, caller, id);
  if (reached.kind === 'rejected' || reached.invitation.state !== 'accepted') return below;
  return readings['accepted.before-role'] === '403-first' && below.kind === 'rejected'
    ? below
    : rejected('invitation-already-accepted');
};

export const reachToDestroy = (
  state: State,
  caller: ScopedCaller,
  id: string,
  readings: Readings,
): Reached =>
  readings['destroy.accepted'] === 'deleted'
    ? reachBelow(state, caller, id)
    : reachToChange(state, caller, id, readings);
