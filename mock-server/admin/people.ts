// GET /_mock/sandboxes/{name}/people: who is registered, and where they are members.
import * as v from 'valibot';
import type { Directory, Membership, User } from '../../domain/directory.ts';
import { replyJson } from '../web/reply.ts';
import { sandboxEndpoint } from './endpoint.ts';
import { pageAfter } from './page-after.ts';
import { named } from './schema/named.ts';
import { object } from './schema/object.ts';
import { afterId, countOfAll, limit, Named, PersonKind, Role, uuid } from './schema/values.ts';
import { inQuery } from './takes.ts';

const Person = named(
  'Person',
  'A user of the sandbox.',
  object({
    id: uuid,
    name: v.string(),
    email: v.string(),
    kind: PersonKind,
    memberships: v.array(object({ id: uuid, organization: Named, role: Role })),
  }),
);

const PersonList = named(
  'PersonList',
  "A part of a sandbox's people.",
  object({ count: countOfAll, people: v.array(Person) }),
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

const presentPerson = (
  { organizations }: Directory,
  { id, name, email, kind }: User,
  memberships: readonly Membership[],
): v.InferInput<typeof Person> => ({
  id,
  name,
  email,
  kind,
  memberships: memberships.map((membership) => ({
    id: membership.id,
    organization: {
      id: membership.organizationId,
      name: organizations.get(membership.organizationId)?.name ?? '',
    },
    role: membership.role,
  })),
});

export const listPeople = sandboxEndpoint({
  id: 'people_list',
  tag: 'contents',
  summary: 'List the people and service accounts',
  description: 'With their memberships, in the order in which they were registered.',
  takes: inQuery({ limit, after: afterId }),
  answers: { 200: { description: 'The people.', schema: PersonList } },
  handle: ({ hosted }, { limit: most, after }) => {
    const { directory } = hosted.sandbox.state();
    const memberships = membershipsByUser(directory);
    const users = [...directory.users.values()];
    return replyJson(200, {
      count: users.length,
      people: pageAfter(users, after, most).map((user) =>
        presentPerson(directory, user, memberships.get(user.id) ?? []),
      ),
    });
  },
});
