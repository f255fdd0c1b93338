// What a recording shows of a deployment's world: its invitations as they were last seen, and whom they name.
import { isRecord, type Json } from '../invitation.ts';
import { invitationsIn, type Recorded } from './recorded.ts';

export type ShownUser = {
  readonly name: string | undefined;
  readonly email: string | undefined;
  /** In the organization of whoever asked. */
  readonly role: string | undefined;
};

export type ShownInvitation = {
  readonly email: string;
  readonly role: string;
  readonly state: string;
  readonly detail: string;
  /** Addresses of the API; undefined where the edition has none. */
  readonly inviter: string | undefined;
  readonly organization: string | undefined;
};

export type ShownWorld = {
  /** By id, in the order in which they were first seen. */
  readonly invitations: Map<string, ShownInvitation>;
  /** By address of the API. */
  readonly users: Map<string, ShownUser>;
  readonly organizations: Map<string, string>;
};

const textIn = (json: Json, name: string): string | undefined => {
  const value = json[name];
  return typeof value === 'string' && value !== '' ? value : undefined;
};

const learnUser = ({ users }: ShownWorld, url: string | undefined, shown: ShownUser): void => {
  if (url === undefined) return;
  const known = users.get(url);
  users.set(url, {
    name: shown.name ?? known?.name,
    email: shown.email ?? known?.email,
    role: shown.role ?? known?.role,
  });
};

const learnInvitation = (world: ShownWorld, json: Json): void => {
  const [id, email, role] = ['id', 'email', 'role'].map((name) => textIn(json, name));
  if (id === undefined || email === undefined || role === undefined) return;
  const inviter = textIn(json, 'inviter');
  world.invitations.set(id, {
    ...{ email, role, inviter, organization: textIn(json, 'organization') },
    state: textIn(json, 'state') ?? 'pending',
    detail: textIn(json, 'state_detail') ?? '',
  });
  const name = textIn(json, 'inviter_name');
  learnUser(world, inviter, { name, email: undefined, role: undefined });
};

const results = ({ json, operation }: Recorded): readonly Json[] => {
  if (json === undefined) return [];
  if (operation?.endsWith('_list') !== true) return [json];
  return Array.isArray(json['results']) ? json['results'].filter(isRecord) : [];
};

const learn = (world: ShownWorld, exchange: Recorded): void => {
  const { operation, entry, id } = exchange;
  if (entry.status < 200 || entry.status > 299) return;
  for (const invitation of invitationsIn(exchange)) learnInvitation(world, invitation);
  if (operation === 'invitations_destroy') world.invitations.delete(id);
  if (operation?.startsWith('users_') === true) {
    for (const user of results(exchange)) {
      const [name, email, role] = ['name', 'email', 'role'].map((one) => textIn(user, one));
      learnUser(world, textIn(user, 'url'), { name, email, role });
    }
  }
  if (entry.method === 'DELETE' && operation?.startsWith('users_') === true) {
    for (const url of world.users.keys()) {
      if (url.endsWith(`/users/${id}/`)) world.users.delete(url);
    }
  }
  if (operation === 'organizations_retrieve') {
    for (const organization of results(exchange)) {
      const [url, name] = [textIn(organization, 'url'), textIn(organization, 'name')];
      if (url !== undefined && name !== undefined) world.organizations.set(url, name);
    }
  }
};

export const showWorld = (exchanges: readonly Recorded[]): ShownWorld => {
  const world = { invitations: new Map(), users: new Map(), organizations: new Map() };
  for (const exchange of exchanges) learn(world, exchange);
  return world;
};
