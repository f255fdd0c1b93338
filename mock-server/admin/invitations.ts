// GET /_mock/sandboxes/{name}/invitations: those of all organizations, the newest first, with what each of them admits.
// It is no read of the API: nothing is counted, judged or recorded.
import {
  invitationStates,
  type Invitation,
  type InvitationState,
} from '../../domain/invitation.ts';
import type { State } from '../../domain/state.ts';
import { replyJson } from '../web/reply.ts';
import type { SandboxOperation } from './context.ts';
import { choice, readQuery, text, whole } from './input.ts';
import { pageAfter } from './page-after.ts';

/** [accept.accepted] [resend.accepted] [update.accepted] [destroy.every-state] */
const commands: Readonly<Record<InvitationState, readonly string[]>> = {
  pending: ['update', 'accept', 'resend', 'destroy'],
  sent: ['update', 'accept', 'resend', 'destroy'],
  bounced: ['update', 'accept', 'resend', 'destroy'],
  accepted: ['destroy'],
};

export const presentInvitation = ({ directory }: State, invitation: Invitation): object => {
  const { id, email, role, state, stateDetail, inviterId, organizationId } = invitation;
  return {
    id,
    email,
    role,
    state,
    state_detail: stateDetail,
    organization: {
      id: organizationId,
      name: directory.organizations.get(organizationId)?.name ?? '',
    },
    inviter: { id: inviterId, name: directory.users.get(inviterId)?.name ?? '' },
    membership: invitation.membershipId,
    commands: commands[state],
  };
};

export const listInvitations: SandboxOperation = ({ hosted }, request) => {
  const input = readQuery(request);
  const wanted = input.read('state', choice(invitationStates));
  const limit = input.read('limit', whole(1, 1_000)) ?? 100;
  const after = input.read('after', text(1, 100));
  const refusal = input.refusal();
  if (refusal !== undefined) return refusal;
  const state = hosted.sandbox.state();
  const matching = [...state.slots.values()]
    .map(({ invitation }) => invitation)
    .filter((invitation) => wanted === undefined || invitation.state === wanted)
    .reverse();
  const page = pageAfter(matching, after, limit);
  return replyJson(200, {
    count: matching.length,
    invitations: page.map((invitation) => presentInvitation(state, invitation)),
  });
};
