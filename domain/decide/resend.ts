// Sending an invitation's message once more.
import type { Readings } from '../../spec/vocabulary.ts';
import type { ResendInvitation } from '../commands.ts';
import { grant, reject, type Decision } from '../decision.ts';
import type { State } from '../state.ts';
import { reachToChange } from './reach.ts';

export const decideResend = (
  state: State,
  command: ResendInvitation,
  readings: Readings,
): Decision => {
  const { at, caller, invitationId } = command;
  const reached = reachToChange(state, caller, invitationId, readings);
  return reached.kind === 'rejected'
    ? reject(reached.rejection)
    : grant({ type: 'InvitationResent', at, invitationId });
};
