// The wire shape of what the API answers. State and wire are different types, and this is the one way between them.
import type { JsonFragment } from '../../spec/exchange.ts';
import type { Membership, Organization, User } from '../../domain/directory.ts';
import type { Invitation } from '../../domain/invitation.ts';
import type { State } from '../../domain/state.ts';
import { lackingIn, type Edition, type Readings } from '../../spec/vocabulary.ts';
import type { components } from '../../spec/types.gen.ts';

type Schemas = components['schemas'];

/** Without the fields that came after that edition. */
const inEdition = <Resource extends object>(
  edition: Edition,
  schema: keyof Schemas,
  resource: Resource,
): Partial<Resource> => {
  const lacking = lackingIn(edition, schema);
  if (lacking.length === 0) return resource;
  const left: Partial<Resource> = { ...resource };
  for (const field of lacking) Reflect.deleteProperty(left, field);
  return left;
};

type Addressed = { readonly base: string; readonly fragment: JsonFragment };

// An invitation never changes in place, so its text is made once for each address under which we are reached;
// the last one is kept.
const texts = new WeakMap<Invitation, Addressed>();

const link = (base: string, collection: string, id: string): string =>
  `${base}/api/v1/${collection}/${id}/`;

export const presentInvitation = (
  state: State,
  invitation: Invitation,
  base: string,
  { edition }: Readings,
): JsonFragment => {
  const kept = texts.get(invitation);
  if (kept?.base === base) return kept.fragment;
  const { id, email, role, inviterId, membershipId, organizationId } = invitation;
  const wire: Schemas['Invitation'] = {
    url: link(base, 'invitations', id),
    id,
    email,
    role,
    inviter: link(base, 'users', inviterId),
    inviter_name: state.directory.users.get(inviterId)?.name ?? '',
    state: invitation.state,
    state_detail: invitation.stateDetail,
    membership: membershipId === null ? null : link(base, 'memberships', membershipId),
    organization: link(base, 'organizations', organizationId),
  };
  const fragment = { text: JSON.stringify(inEdition(edition, 'Invitation', wire)) };
  texts.set(invitation, { base, fragment });
  return fragment;
};

type Times = { readonly createdAt: number; readonly modifiedAt: number };

const times = ({ createdAt, modifiedAt }: Times): { created_at: string; modified_at: string } => ({
  created_at: new Date(createdAt).toISOString(),
  modified_at: new Date(modifiedAt).toISOString(),
});

export const presentUser = (user: User, base: string): Schemas['User'] => {
  const { id, name, email, pictureUrl } = user;
  return { url: link(base, 'users', id), id, name, email, picture_url: pictureUrl, ...times(user) };
};

export const presentMembership = (membership: Membership, base: string): Schemas['Membership'] => {
  const { id, userId, organizationId, role } = membership;
  return {
    url: link(base, 'memberships', id),
    id,
    user: link(base, 'users', userId),
    organization: link(base, 'organizations', organizationId),
    role,
    ...times(membership),
  };
};

/** `current`: whether the caller acts in this organization. */
export const presentOrganization = (
  organization: Organization,
  base: string,
  current: boolean,
): Schemas['Organization'] => {
  const { id, name } = organization;
  return { url: link(base, 'organizations', id), id, name, current, ...times(organization) };
};
