// The eight operations as data, for checks that go over all of them.
import { operationIds, operations, type OperationId } from '../spec/vocabulary.ts';

export { operations, type OperationId } from '../spec/vocabulary.ts';

export const allOperations = operationIds;

/** The eight of invitations, in the order of the contract. */
export const invitationOperations = [
  'invitations_list',
  'invitations_create',
  'invitations_retrieve',
  'invitations_update',
  'invitations_partial_update',
  'invitations_destroy',
  'invitations_accept_create',
  'invitations_resend_create',
] as const satisfies readonly OperationId[];

/** Those that take a body. */
export const writingOperations = [
  'invitations_create',
  'invitations_update',
  'invitations_partial_update',
] as const satisfies readonly OperationId[];

export const pathOf = (operation: OperationId, id = ''): string =>
  operations[operation].path.replace('{id}', encodeURIComponent(id));
