// Taking an invitation back. The membership of an accepted one stays. [destroy.membership-stays]
import type { Readings } from '../../spec/vocabulary.ts';
import type { DestroyInvitation } from '../commands.ts';
import { grant, reject, type Decision } from '../decision.ts';
import type { State } from '../state.ts';
import { reachToDestroy } from './reach.ts';

export const decideDestroy = (
  state: State,
  command: DestroyInvitation,
  readings: Readings,
): Decision => {
  const { at, caller, invitationId } = command;
  const reached = reachToDestroy(state, caller, invitationId, readings);
  return reached.kind === 'rejected'
    ? reject(reached.rejection)
    : grant({ type: 'InvitationDestroyed', at, invitationId });
};
