// GET /_mock/sandboxes/{name}/invitations: those of all organizations, the newest first, with what each of them admits.
// It is no read of the API: nothing is counted, judged or recorded.
import * as v from 'valibot';
import type { Invitation, InvitationState as StateName } from '../../domain/invitation.ts';
import type { State } from '../../domain/state.ts';
import { replyJson } from '../web/reply.ts';
import { sandboxEndpoint } from './endpoint.ts';
import { pageAfter } from './page-after.ts';
import { named } from './schema/named.ts';
import { choice, object } from './schema/object.ts';
import {
  afterId,
  countOfAll,
  InvitationState,
  limit,
  maybe,
  Named,
  Role,
  told,
  uuid,
} from './schema/values.ts';
import { inQuery } from './takes.ts';

type Command = 'update' | 'accept' | 'resend' | 'destroy';

/** [accept.accepted] [resend.accepted] [update.accepted] [destroy.every-state] */
const commands: Readonly<Record<StateName, readonly Command[]>> = {
  pending: ['update', 'accept', 'resend', 'destroy'],
  sent: ['update', 'accept', 'resend', 'destroy'],
  bounced: ['update', 'accept', 'resend', 'destroy'],
  accepted: ['destroy'],
};

export const SandboxInvitation = named(
  'SandboxInvitation',
  'An invitation, with the names behind its ids and what can be done with it.',
  object({
    id: uuid,
    email: v.string(),
    role: Role,
    state: InvitationState,
    state_detail: v.string(),
    organization: Named,
    inviter: Named,
    membership: told('The membership that came of accepting; null until then.', v.nullable(uuid)),
    commands: told(
      'What its state allows.',
      v.array(choice(['update', 'accept', 'resend', 'destroy'])),
    ),
  }),
);

export const presentInvitation = (
  { directory }: State,
  invitation: Invitation,
): v.InferInput<typeof SandboxInvitation> => {
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
    commands: [...commands[state]],
  };
};

const SandboxInvitationList = named(
  'SandboxInvitationList',
  "A part of a sandbox's invitations.",
  object({ count: countOfAll, invitations: v.array(SandboxInvitation) }),
);

export const listInvitations = sandboxEndpoint({
  id: 'sandbox_invitations_list',
  tag: 'contents',
  summary: 'List the invitations of all organizations',
  description: 'The newest first.',
  takes: inQuery({
    state: maybe('Keeps only the invitations that are in this state.', InvitationState),
    limit,
    after: afterId,
  }),
  answers: {
    200: { description: 'The invitations, the newest first.', schema: SandboxInvitationList },
  },
  handle: ({ hosted }, { state: wanted, limit: most, after }) => {
    const state = hosted.sandbox.state();
    const matching = [...state.slots.values()]
      .map(({ invitation }) => invitation)
      .filter((invitation) => wanted === undefined || invitation.state === wanted)
      .reverse();
    const page = pageAfter(matching, after, most);
    return replyJson(200, {
      count: matching.length,
      invitations: page.map((invitation) => presentInvitation(state, invitation)),
    });
  },
});
