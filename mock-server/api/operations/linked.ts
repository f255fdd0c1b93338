// users_retrieve, memberships_retrieve, organizations_retrieve: what an invitation links to.
// A caller sees what belongs to the own organization, and the organizations that it is a member of; everything else does
// not exist. [linked.missing]
import type { ScopedCaller } from '../../../domain/caller.ts';
import { findVisibleUser } from '../../../domain/directory.ts';
import type { components } from '../../../spec/types.gen.ts';
import { replyDetail, replyJson } from '../../web/reply.ts';
import type { Context, Operation } from '../context.ts';
import { presentMembership, presentOrganization, presentUser } from '../present.ts';

type Linked = components['schemas']['User' | 'Membership' | 'Organization'];

const retrieveOperation = (
  resource: 'user' | 'membership' | 'organization',
  find: (context: Context<ScopedCaller>) => Linked | undefined,
): Operation => ({
  operationId: `${resource}s_retrieve`,
  needsScope: true,
  run: (context) => {
    const found = find(context);
    return found === undefined
      ? replyDetail(
          404,
          `There is no such ${resource}, or none that you can see.`,
          'linked.missing',
        )
      : replyJson(200, found);
  },
});

export const retrieveUser = retrieveOperation('user', ({ sandbox, caller, id, base }) => {
  const user = findVisibleUser(sandbox.state().directory, caller.scope.organizationId, id);
  return user === undefined ? undefined : presentUser(user, base, sandbox.readings());
});

export const retrieveMembership = retrieveOperation(
  'membership',
  ({ sandbox, caller, id, base }) => {
    const membership = sandbox.state().directory.memberships.get(id);
    return membership?.organizationId === caller.scope.organizationId
      ? presentMembership(membership, base, sandbox.readings())
      : undefined;
  },
);

export const retrieveOrganization = retrieveOperation(
  'organization',
  ({ sandbox, caller, id, base }) => {
    const { organizations, memberIds } = sandbox.state().directory;
    const isMember = memberIds.get(id)?.has(caller.userId) === true;
    const organization = isMember ? organizations.get(id) : undefined;
    const current = caller.scope.organizationId === id;
    return organization && presentOrganization(organization, base, current, sandbox.readings());
  },
);
