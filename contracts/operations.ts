// The operations and their paths as data, for checks that go over all of them.
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

export const linkedOperations = [
  'users_retrieve',
  'memberships_retrieve',
  'organizations_retrieve',
] as const satisfies readonly OperationId[];

/** Those that are asked in every way there is. What makes or removes users is asked with more care, in checks of its own. */
export const commonOperations: readonly OperationId[] = [
  ...invitationOperations,
  ...linkedOperations,
];

/** Those that users and service accounts have besides. Where they are asked in order to be refused, nobody is made or removed. */
export const accountOperations = [
  'users_list',
  'users_current_retrieve',
  'users_destroy',
  'serviceaccounts_list',
  'serviceaccounts_create',
  'serviceaccounts_retrieve',
  'serviceaccounts_destroy',
] as const satisfies readonly OperationId[];

export const changingOperations = [
  'invitations_update',
  'invitations_partial_update',
  'invitations_resend_create',
  'invitations_destroy',
] as const satisfies readonly OperationId[];

/** Those that take a body. */
export const writingOperations = [
  'invitations_create',
  'invitations_update',
  'invitations_partial_update',
] as const satisfies readonly OperationId[];

export const pathOf = (operation: OperationId, id = ''): string =>
  operations[operation].path.replace('{id}', encodeURIComponent(id));

/** Each with the id of a path as its group. */
export const patterns = allOperations.map((id) => ({
  id,
  method: operations[id].method,
  pattern: new RegExp(`^${operations[id].path.replace('{id}', '([^/]+)')}$`),
}));

const places: ReadonlyMap<string, OperationId> = new Map(
  allOperations.map((id) => [`${operations[id].method} ${operations[id].path}`, id]),
);

/** The operation that a request is of, by its method and path; undefined where it is of none. Asked several times for each request. */
export const operationAt = (method: string, path: string): OperationId | undefined => {
  const mark = path.indexOf('?');
  const bare = mark === -1 ? path : path.slice(0, mark);
  const id = bare.indexOf('/', '/api/v1/'.length) + 1;
  const end = bare.indexOf('/', id);
  const exact = places.get(`${method} ${bare}`);
  if (exact !== undefined || end <= id) return exact;
  return places.get(`${method} ${bare.slice(0, id)}{id}${bare.slice(end)}`);
};

const methods = ['GET', 'POST', 'PUT', 'PATCH', 'DELETE'] as const;
export type Method = (typeof methods)[number];

export type Path = {
  readonly template: string;
  readonly operations: readonly OperationId[];
  readonly allowed: readonly Method[];
  readonly refused: readonly Method[];
};

const templates = [...new Set(operationIds.map((operation) => operations[operation].path))];

export const paths: readonly Path[] = templates.map((template) => {
  const own = operationIds.filter((operation) => operations[operation].path === template);
  const allowed = own.map((operation) => operations[operation].method);
  const refused = methods.filter((method) => !allowed.includes(method));
  return { template, operations: own, allowed, refused };
});
