// A seed file for the fake from what a recording shows: people, invitations and states.
import { invitationStates, isRole } from '../../spec/vocabulary.ts';
import { groupBy } from '../report/group-by.ts';
import type { Disguise } from './disguise.ts';
import type { ShownInvitation, ShownUser, ShownWorld } from './shown-world.ts';

type SeedPerson = { readonly email: string; readonly name?: string; readonly role?: string };
type SeedAccount = { readonly name: string; readonly role: string };
type SeedInvitation = {
  readonly email: string;
  readonly role: string;
  readonly state: string;
  readonly reason?: string;
  readonly by?: string;
};

type SeedMembers = {
  readonly people?: readonly SeedPerson[];
  readonly service_accounts?: readonly SeedAccount[];
  readonly invitations?: readonly SeedInvitation[];
};

export type SeedWorld = SeedMembers & {
  readonly organization?: string;
  readonly organizations?: readonly (SeedMembers & { readonly name: string })[];
};

const longestReason = 500;

const isAddress = (text: string): boolean => /^(?=.{1,254}$)[^\s@]+@[^\s@]+$/.test(text);

const keyOf = (email: string): string => email.toLowerCase();

/** The API gives service accounts addresses of this kind. */
const isServiceAccount = ({ email }: ShownUser): boolean =>
  email !== undefined && /^serviceaccount\+|@service-accounts\.invalid$/i.test(email);

/** The newest of each address, in the order of the recording; what no seed file could say is left out. */
const invitationsOf = (all: readonly ShownInvitation[]): readonly ShownInvitation[] => {
  const byAddress = new Map<string, ShownInvitation>();
  for (const invitation of all) {
    const { email, role, state } = invitation;
    if (isAddress(email) && isRole(role) && invitationStates.some((one) => one === state)) {
      byAddress.set(keyOf(email), invitation);
    }
  }
  return [...byAddress.values()];
};

/** The role of an inviter of whom nothing else is said: the least that invites to what it gave. */
const leastRole = (given: readonly string[]): string =>
  given.includes('OWNER') ? 'OWNER' : 'ADMIN';

type Organization = { readonly isOwn: boolean; readonly invitations: readonly ShownInvitation[] };

type Context = {
  readonly world: ShownWorld;
  readonly disguise: Disguise;
  /** Addresses of those who accepted, whom their invitations register. */
  readonly accepted: Set<string>;
};

/** Whoever is known by name alone gets an address made of it. */
const addressOf = (name: string, taken: ReadonlySet<string>): string => {
  const local = name
    .normalize('NFD')
    .toLowerCase()
    .replaceAll(/[^a-z0-9]+/g, '.');
  let address = `${local.replaceAll(/^\.|\.$/g, '') || 'somebody'}@inviters.example`;
  while (taken.has(address)) address = `x${address}`;
  return address;
};

type Members = {
  readonly people: Map<string, SeedPerson>;
  readonly accounts: Map<string, SeedAccount>;
  /** By the address of the API: how an invitation says who invited. */
  readonly names: Map<string, string>;
};

const addAccount = (
  { accounts, names }: Members,
  url: string,
  name: string,
  role: string,
): void => {
  const free = accounts.has(name) ? `${name} ${accounts.size + 1}` : name;
  accounts.set(free, { name: free, role });
  names.set(url, free);
};

const addPerson = (
  { people, names }: Members,
  url: string,
  person: SeedPerson & { readonly email: string },
): void => {
  if (people.has(keyOf(person.email))) return;
  people.set(keyOf(person.email), person);
  if (person.role !== undefined) names.set(url, person.email);
};

const membersOf = (
  { world, disguise, accepted }: Context,
  { isOwn, invitations }: Organization,
): Members => {
  const members: Members = { people: new Map(), accounts: new Map(), names: new Map() };
  for (const [url, user] of world.users) {
    const given = invitations.filter(({ inviter }) => inviter === url).map(({ role }) => role);
    if (given.length === 0 && !isOwn) continue;
    const role = user.role !== undefined && isRole(user.role) ? user.role : leastRole(given);
    const { email, name } = user;
    const shown = name === undefined ? undefined : disguise.person(name, email);
    if (isServiceAccount(user)) {
      addAccount(members, url, disguise.serviceAccount(name ?? url), role);
    } else if (email !== undefined && isAddress(email)) {
      if (accepted.has(keyOf(email))) continue;
      const isMember = given.length > 0 || user.role !== undefined;
      addPerson(members, url, {
        email: disguise.address(email),
        ...(shown !== undefined && { name: shown }),
        ...(isMember && { role }),
      });
    } else if (shown !== undefined) {
      const made = addressOf(shown, new Set(members.people.keys()));
      addPerson(members, url, { email: made, name: shown, role });
    }
  }
  return members;
};

const toInvitation = (
  { email, role, state, detail, inviter }: ShownInvitation,
  disguise: Disguise,
  names: ReadonlyMap<string, string>,
): SeedInvitation => {
  const by = inviter === undefined ? undefined : names.get(inviter);
  const reason = state === 'bounced' ? disguise.reason(detail).slice(0, longestReason) : '';
  return {
    ...{ email: disguise.address(email), role, state },
    ...(reason !== '' && { reason }),
    ...(by !== undefined && { by }),
  };
};

const toMembers = (context: Context, organization: Organization): SeedMembers => {
  const { people, accounts, names } = membersOf(context, organization);
  const { disguise } = context;
  const invitations = organization.invitations.map((one) => toInvitation(one, disguise, names));
  return {
    ...(people.size > 0 && { people: [...people.values()] }),
    ...(accounts.size > 0 && { service_accounts: [...accounts.values()] }),
    ...(invitations.length > 0 && { invitations }),
  };
};

export const toSeedWorld = (world: ShownWorld, disguise: Disguise): SeedWorld => {
  const byOrganization = groupBy(
    [...world.invitations.values()],
    ({ organization = '' }) => organization,
  );
  const accepted = new Set<string>();
  const context = { world, disguise, accepted };
  const told = [...byOrganization]
    .sort(([, one], [, other]) => other.length - one.length)
    .map(([url, all]) => ({
      url,
      invitations: invitationsOf(all).filter(({ email, state }) => {
        if (state !== 'accepted') return true;
        const isFirst = !accepted.has(keyOf(email));
        accepted.add(keyOf(email));
        return isFirst;
      }),
    }));
  const nameOf = (url: string): string | undefined => {
    const name = world.organizations.get(url);
    return name === undefined ? undefined : disguise.organization(name);
  };
  const [own = { url: '', invitations: [] }, ...others] = told;
  const organization = nameOf(own.url);
  return {
    ...(organization !== undefined && { organization }),
    ...toMembers(context, { isOwn: true, invitations: own.invitations }),
    ...(others.length > 0 && {
      organizations: others.map(({ url, invitations }, index) => ({
        name: nameOf(url) ?? `Organization ${index + 2}`,
        ...toMembers(context, { isOwn: false, invitations }),
      })),
    }),
  };
};
