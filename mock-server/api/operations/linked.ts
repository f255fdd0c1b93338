// users_retrieve, memberships_retrieve, organizations_retrieve, serviceaccounts_retrieve: what an invitation links to.
// A caller sees what belongs to the own organization, and the organizations that it is a member of; everything else does
// not exist. [linked.missing]
import type { ScopedCaller } from '../../../domain/caller.ts';
import { findVisibleUser } from '../../../domain/directory.ts';
import type { OperationId } from '../../../spec/vocabulary.ts';
import { replyDetail, replyJson, type Reply } from '../../web/reply.ts';
import type { Context, Operation } from '../context.ts';
import {
  presentMembership,
  presentOrganization,
  presentServiceAccount,
  presentUser,
  viewOf,
  type Linked,
  type View,
} from '../present-directory.ts';

const missing = (resource: string): Reply =>
  replyDetail(404, `There is no such ${resource}, or none that you can see.`, 'linked.missing');

const retrieveOperation = (
  operationId: OperationId,
  resource: string,
  find: (view: View, context: Context<ScopedCaller>) => Linked | undefined,
): Operation => ({
  operationId,
  needsScope: true,
  run: (context) => {
    const found = find(viewOf(context), context);
    return found === undefined ? missing(resource) : replyJson(200, found);
  },
});

export const retrieveUser = retrieveOperation('users_retrieve', 'user', (view, { id }) => {
  const user = findVisibleUser(view.directory, view.organizationId, id);
  return user && presentUser(user, view);
});

export const retrieveServiceAccount = retrieveOperation(
  'serviceaccounts_retrieve',
  'service account',
  (view, { id }) => {
    const user = findVisibleUser(view.directory, view.organizationId, id);
    return user?.kind === 'service-account' ? presentServiceAccount(user, view) : undefined;
  },
);

export const retrieveMembership = retrieveOperation(
  'memberships_retrieve',
  'membership',
  (view, { id }) => {
    const membership = view.directory.memberships.get(id);
    return membership?.organizationId === view.organizationId
      ? presentMembership(membership, view)
      : undefined;
  },
);

export const retrieveOrganization = retrieveOperation(
  'organizations_retrieve',
  'organization',
  (view, { id }) => {
    const { organizations, memberIds } = view.directory;
    const isMember = memberIds.get(id)?.has(view.userId) === true;
    const organization = isMember ? organizations.get(id) : undefined;
    return organization && presentOrganization(organization, view);
  },
);
