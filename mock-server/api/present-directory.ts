// The wire shape of what invitations link to: users, service accounts, memberships, organizations.
import {
  findMembership,
  type Directory,
  type Membership,
  type Organization,
  type User,
} from '../../domain/directory.ts';
import type { Readings } from '../../spec/vocabulary.ts';
import type { components } from '../../spec/types.gen.ts';
import type { ScopedCaller } from '../../domain/caller.ts';
import type { Context } from './context.ts';
import { inEdition, link } from './present.ts';

type Schemas = components['schemas'];

/** Who looks, under which address, and in which edition. */
export type View = {
  readonly directory: Directory;
  readonly organizationId: string;
  readonly userId: string;
  readonly base: string;
  readonly readings: Readings;
};

export const viewOf = ({ sandbox, caller, base }: Context<ScopedCaller>): View => ({
  directory: sandbox.state().directory,
  organizationId: caller.scope.organizationId,
  userId: caller.userId,
  base,
  readings: sandbox.readings(),
});

/** What an invitation links to, in every edition. */
export type Linked =
  | Partial<Schemas['User' | 'Organization']>
  | Schemas['Membership']
  | ServiceAccount;

type Times = { readonly createdAt: number; readonly modifiedAt: number };

/** RFC 3339 in UTC. The clock has milliseconds; what follows them is nought. */
const time = (at: number, precision: Readings['times']): string => {
  const text = new Date(at).toISOString().slice(0, -1);
  if (precision === 'microseconds') return `${text}000Z`;
  return precision === 'seconds' ? `${text.slice(0, -4)}Z` : `${text}Z`;
};

const times = (
  { createdAt, modifiedAt }: Times,
  readings: Readings,
): { created_at: string; modified_at: string } => ({
  created_at: time(createdAt, readings.times),
  modified_at: time(modifiedAt, readings.times),
});

export const presentUser = (user: User, view: View): Partial<Schemas['User']> => {
  const { id, name, email, pictureUrl, kind } = user;
  const { directory, organizationId, base, readings } = view;
  const membership = findMembership(directory, organizationId, id);
  return inEdition(readings.edition, 'User', {
    url: link(base, 'users', id),
    id,
    name,
    email,
    picture_url: pictureUrl,
    ...times(user, readings),
    type: kind === 'person' ? 'interactive' : 'service',
    organization_name: directory.organizations.get(organizationId)?.name ?? null,
    membership_id: membership?.id ?? null,
    role: membership?.role ?? null,
  });
};

type ServiceAccount = Omit<Schemas['ServiceAccount'], 'user'> & {
  readonly user: Partial<Schemas['User']>;
};

/** No key is told here: it is, once, in the answer to a create. */
export const presentServiceAccount = (user: User, view: View): ServiceAccount => {
  const { id, ownerId, description } = user;
  return {
    url: link(view.base, 'serviceaccounts', id),
    id,
    owner: ownerId === null ? null : link(view.base, 'users', ownerId),
    user: presentUser(user, view),
    description,
    ...times(user, view.readings),
    last_used_at: null,
  };
};

export const presentMembership = (
  membership: Membership,
  { base, readings }: View,
): Schemas['Membership'] => {
  const { id, userId, organizationId, role } = membership;
  return {
    url: link(base, 'memberships', id),
    id,
    user: link(base, 'users', userId),
    organization: link(base, 'organizations', organizationId),
    role,
    ...times(membership, readings),
  };
};

/** Of subscriptions the fake knows nothing. */
const noSubscription = {
  subscription_expires_at: null,
  subscription_features: null,
  subscription_id: null,
  subscription_plan_id: null,
  subscription_plan_name: null,
};

export const presentOrganization = (
  organization: Organization,
  view: View,
): Partial<Schemas['Organization']> => {
  const { id, name } = organization;
  const { directory, base, readings } = view;
  return inEdition(readings.edition, 'Organization', {
    url: link(base, 'organizations', id),
    id,
    name,
    current: view.organizationId === id,
    ...times(organization, readings),
    maintenance: false,
    mfa_enabled: false,
    version: '1',
    role: findMembership(directory, id, view.userId)?.role ?? null,
    project_name_pattern: null,
    ...noSubscription,
  });
};
