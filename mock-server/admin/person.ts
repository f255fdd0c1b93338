// A user on the wire: with the memberships, by whose invitation each came to be, and how many invitations it sent.
import * as v from 'valibot';
import type { Directory, Membership, User } from '../../domain/directory.ts';
import type { State } from '../../domain/state.ts';
import { named } from './schema/named.ts';
import { object } from './schema/object.ts';
import { apiKey, count, Named, PersonKind, Role, told, userId, uuid } from './schema/values.ts';

export const Person = named(
  'Person',
  'A user of the sandbox.',
  object({
    id: userId,
    name: v.string(),
    email: v.string(),
    kind: PersonKind,
    api_key: told(
      "A service account's whole `Authorization` value; null for who has none.",
      v.nullable(apiKey),
    ),
    invitations: told('How many that it sent are there; they go when it is removed.', count),
    memberships: v.array(
      object({
        id: uuid,
        organization: Named,
        role: Role,
        invited_by: told(
          'Who sent the invitation that made the membership; null where none did.',
          v.nullable(Named),
        ),
      }),
    ),
  }),
);

const membershipsByUser = ({
  memberships,
}: Directory): ReadonlyMap<string, readonly Membership[]> => {
  const byUser = new Map<string, Membership[]>();
  for (const membership of memberships.values()) {
    const known = byUser.get(membership.userId);
    if (known === undefined) byUser.set(membership.userId, [membership]);
    else known.push(membership);
  }
  return byUser;
};

type Sent = {
  /** The user who invited, by the membership that came of it. */
  readonly inviters: ReadonlyMap<string, string>;
  /** By the user who sent them. */
  readonly counts: ReadonlyMap<string, number>;
};

const sentIn = ({ slots }: State): Sent => {
  const inviters = new Map<string, string>();
  const counts = new Map<string, number>();
  for (const { invitation } of slots.values()) {
    const { membershipId, inviterId } = invitation;
    counts.set(inviterId, (counts.get(inviterId) ?? 0) + 1);
    if (membershipId !== null) inviters.set(membershipId, inviterId);
  }
  return { inviters, counts };
};

const keysByUser = ({ apiKeys }: Directory): ReadonlyMap<string, string> =>
  new Map([...apiKeys].map(([key, { userId }]) => [userId, `Api-Key ${key}`]));

const presentInviter = (
  { users }: Directory,
  id: string | undefined,
): v.InferInput<typeof Named> | null =>
  id === undefined ? null : { id, name: users.get(id)?.name ?? '' };

const presentMembership = (
  directory: Directory,
  { inviters }: Sent,
  { id, organizationId, role }: Membership,
): v.InferInput<typeof Person>['memberships'][number] => ({
  id,
  organization: {
    id: organizationId,
    name: directory.organizations.get(organizationId)?.name ?? '',
  },
  role,
  invited_by: presentInviter(directory, inviters.get(id)),
});

export const presentPeople = (
  state: State,
  users: readonly User[],
): v.InferInput<typeof Person>[] => {
  const { directory } = state;
  const sent = sentIn(state);
  const memberships = membershipsByUser(directory);
  const keys = keysByUser(directory);
  return users.map(({ id, name, email, kind }) => ({
    ...{
      id,
      name,
      email,
      kind,
      api_key: keys.get(id) ?? null,
      invitations: sent.counts.get(id) ?? 0,
    },
    memberships: (memberships.get(id) ?? []).map((one) => presentMembership(directory, sent, one)),
  }));
};
