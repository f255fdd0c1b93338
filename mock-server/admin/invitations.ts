// GET /_mock/sandboxes/{name}/invitations: those of all organizations, searched and sorted, with what each of them admits.
// It is no read of the API: nothing is counted, judged or recorded.
import * as v from 'valibot';
import {
  invitationStates,
  type Invitation,
  type InvitationState as StateName,
} from '../../domain/invitation.ts';
import type { Role as RoleName } from '../../domain/role.ts';
import { roles } from '../../domain/role.ts';
import { findInvitation, type State } from '../../domain/state.ts';
import { replyJson } from '../web/reply.ts';
import { sandboxEndpoint } from './endpoint.ts';
import { pageAfter } from './page-after.ts';
import { notFound } from './problem.ts';
import { named } from './schema/named.ts';
import { choice, object } from './schema/object.ts';
import {
  afterId,
  countOfAll,
  InvitationState,
  limit,
  maybe,
  moment,
  Named,
  offset,
  Role,
  text,
  told,
  uuid,
} from './schema/values.ts';
import { inQuery, nothing } from './takes.ts';

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
    created_at: moment,
    changed_at: told('When it last came into another state, role or address.', moment),
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
    created_at: new Date(invitation.createdAt).toISOString(),
    changed_at: new Date(invitation.changedAt).toISOString(),
    membership: invitation.membershipId,
    commands: [...commands[state]],
  };
};

const SandboxInvitationList = named(
  'SandboxInvitationList',
  "A part of a sandbox's invitations.",
  object({ count: countOfAll, invitations: v.array(SandboxInvitation) }),
);

const compare = (one: string, other: string): number => (one < other ? -1 : Number(one > other));

const sortNames = ['newest', 'changed', 'email', 'role', 'state'] as const;

type Sort = (typeof sortNames)[number];

const sorts: Readonly<Record<Sort, (one: Invitation, other: Invitation) => number>> = {
  newest: () => 0,
  changed: (one, other) => other.changedAt - one.changedAt,
  email: (one, other) => compare(one.email.toLowerCase(), other.email.toLowerCase()),
  role: (one, other) => roles.indexOf(one.role) - roles.indexOf(other.role),
  state: (one, other) =>
    invitationStates.indexOf(one.state) - invitationStates.indexOf(other.state),
};

type Wanted = {
  readonly state?: StateName;
  readonly role?: RoleName;
  readonly organization?: string;
  readonly search?: string;
  readonly sort?: Sort;
};

/** Whether a text that a person types is in what a person sees of it. */
const isFound = ({ directory }: State, words: string, invitation: Invitation): boolean =>
  [
    invitation.email,
    invitation.role,
    invitation.id,
    directory.organizations.get(invitation.organizationId)?.name ?? '',
    directory.users.get(invitation.inviterId)?.name ?? '',
  ].some((part) => part.toLowerCase().includes(words));

const matching = (state: State, wanted: Wanted): readonly Invitation[] => {
  const { state: inState, role, organization, search, sort = 'newest' } = wanted;
  const words = search?.trim().toLowerCase() ?? '';
  const found = [...state.slots.values()]
    .map(({ invitation }) => invitation)
    .filter(
      (invitation) =>
        (inState === undefined || invitation.state === inState) &&
        (role === undefined || invitation.role === role) &&
        (organization === undefined || invitation.organizationId === organization) &&
        (words === '' || isFound(state, words, invitation)),
    )
    .reverse();
  return sort === 'newest' ? found : found.sort(sorts[sort]);
};

export const listInvitations = sandboxEndpoint({
  id: 'sandbox_invitations_list',
  tag: 'contents',
  summary: 'List and search the invitations of all organizations',
  description: 'The newest first, unless `sort` says otherwise; ties are the newest first.',
  takes: inQuery({
    state: maybe('Keeps only the invitations that are in this state.', InvitationState),
    role: maybe('Keeps only those that give this role.', Role),
    organization: maybe('Keeps only those of the organization with this id.', uuid),
    search: maybe(
      'Keeps only those that have this in address, role, id, or the name of organization or inviter; letter case does not count.',
      text(1, 254),
    ),
    sort: maybe('What comes first.', choice(sortNames)),
    limit,
    offset,
    after: afterId,
  }),
  answers: { 200: { description: 'The invitations that match.', schema: SandboxInvitationList } },
  handle: ({ hosted }, { limit: most, after, offset: passed = 0, ...wanted }) => {
    const state = hosted.sandbox.state();
    const found = matching(state, wanted);
    const page = pageAfter(found.slice(passed), after, most);
    return replyJson(200, {
      count: found.length,
      invitations: page.map((invitation) => presentInvitation(state, invitation)),
    });
  },
});

export const showInvitation = sandboxEndpoint({
  id: 'sandbox_invitations_retrieve',
  tag: 'contents',
  summary: 'Show one invitation',
  description: 'Of whichever organization.',
  takes: nothing,
  answers: { 200: { description: 'The invitation.', schema: SandboxInvitation } },
  refusals: { 404: 'There is no such sandbox, or it has no such invitation.' },
  handle: ({ hosted: { sandbox } }, _asked, request) => {
    const id = String(request.params['invitation']).toLowerCase();
    const state = sandbox.state();
    const invitation = findInvitation(state, id);
    return invitation === undefined
      ? notFound(`There is no invitation ${id} in "${sandbox.name}".`)
      : replyJson(200, presentInvitation(state, invitation));
  },
});
