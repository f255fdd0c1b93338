// GET /_mock/sandboxes/{name}/people: who is registered, and where they are members.
import type { Directory, Membership, User } from '../../domain/directory.ts';
import { replyJson } from '../web/reply.ts';
import type { SandboxOperation } from './context.ts';
import { readQuery, text, whole } from './input.ts';
import { pageAfter } from './page-after.ts';

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
): object => ({
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

export const listPeople: SandboxOperation = ({ hosted }, request) => {
  const input = readQuery(request);
  const limit = input.read('limit', whole(1, 1_000)) ?? 100;
  const after = input.read('after', text(1, 100));
  const refusal = input.refusal();
  if (refusal !== undefined) return refusal;
  const { directory } = hosted.sandbox.state();
  const memberships = membershipsByUser(directory);
  const users = [...directory.users.values()];
  return replyJson(200, {
    count: users.length,
    people: pageAfter(users, after, limit).map((user) =>
      presentPerson(directory, user, memberships.get(user.id) ?? []),
    ),
  });
};
