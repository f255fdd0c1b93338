// The eight operations as data, for checks that go over all of them.

export const operations = {
  invitations_list: { method: 'GET', path: '/api/v1/invitations/' },
  invitations_create: { method: 'POST', path: '/api/v1/invitations/' },
  invitations_retrieve: { method: 'GET', path: '/api/v1/invitations/{id}/' },
  invitations_update: { method: 'PUT', path: '/api/v1/invitations/{id}/' },
  invitations_partial_update: { method: 'PATCH', path: '/api/v1/invitations/{id}/' },
  invitations_destroy: { method: 'DELETE', path: '/api/v1/invitations/{id}/' },
  invitations_accept_create: { method: 'POST', path: '/api/v1/invitations/{id}/accept/' },
  invitations_resend_create: { method: 'POST', path: '/api/v1/invitations/{id}/resend/' },
  users_retrieve: { method: 'GET', path: '/api/v1/users/{id}/' },
  memberships_retrieve: { method: 'GET', path: '/api/v1/memberships/{id}/' },
  organizations_retrieve: { method: 'GET', path: '/api/v1/organizations/{id}/' },
} as const;

export type OperationId = keyof typeof operations;

export const allOperations = Object.keys(operations).filter(
  (name): name is OperationId => name in operations,
);

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
