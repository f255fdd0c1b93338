// The wire shape of what the API answers. State and wire are different types, and this is the one way between them.
import type { JsonFragment } from '../../spec/exchange.ts';
import type { Invitation } from '../../domain/invitation.ts';
import type { State } from '../../domain/state.ts';
import { lackingIn, type Edition, type Readings } from '../../spec/vocabulary.ts';
import type { components } from '../../spec/types.gen.ts';

type Schemas = components['schemas'];

export const invitationUrl = (base: string, id: string): string => link(base, 'invitations', id);

/** Without the fields that came after that edition. */
export const inEdition = <Resource extends object>(
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

/** In every edition and every reading. */
type Wire = Partial<
  Omit<Schemas['Invitation'], 'membership'> & { readonly membership: string | null }
>;

const toWire = (invitation: Schemas['Invitation'], readings: Readings): Wire => {
  const wire = inEdition(readings.edition, 'Invitation', invitation);
  const unset = readings['membership.unset'];
  if (unset === 'null' || wire.membership !== null) return wire;
  const { membership: _, ...others } = wire;
  return unset === 'empty' ? { ...others, membership: '' } : others;
};

export const link = (base: string, collection: string, id: string): string =>
  `${base}/api/v1/${collection}/${encodeURIComponent(id)}/`;

/** The last one is kept: whoever invites does so again, to the same organization. */
const createLinks = (collection: string): ((base: string, id: string) => string) => {
  let known = { base: '', id: '', address: '' };
  return (base, id) => {
    if (known.id !== id || known.base !== base)
      known = { base, id, address: link(base, collection, id) };
    return known.address;
  };
};

const inviterLink = createLinks('users');
const organizationLink = createLinks('organizations');

/** An invitation that is told once: what reads it next may find another state. */
export const writeInvitation = (
  state: State,
  invitation: Invitation,
  base: string,
  readings: Readings,
): JsonFragment => {
  const { id, email, role, inviterId, membershipId, organizationId } = invitation;
  const wire: Schemas['Invitation'] = {
    url: invitationUrl(base, id),
    id,
    email,
    role,
    inviter: inviterLink(base, inviterId),
    inviter_name: state.directory.users.get(inviterId)?.name ?? '',
    state: invitation.state,
    state_detail: invitation.stateDetail,
    membership: membershipId === null ? null : link(base, 'memberships', membershipId),
    organization: organizationLink(base, organizationId),
  };
  const value = toWire(wire, readings);
  return { text: JSON.stringify(value), value };
};

type Addressed = { readonly base: string; readonly fragment: JsonFragment };

// An invitation never changes in place, so its text is made once for each address under which we are reached;
// the last one is kept.
const texts = new WeakMap<Invitation, Addressed>();

export const presentInvitation = (
  state: State,
  invitation: Invitation,
  base: string,
  readings: Readings,
): JsonFragment => {
  const kept = texts.get(invitation);
  if (kept?.base === base) return kept.fragment;
  const { text } = writeInvitation(state, invitation, base, readings);
  const fragment = { text };
  texts.set(invitation, { base, fragment });
  return fragment;
};
