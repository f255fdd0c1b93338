// The API's paths and which operation each method of them is.
import type { Operation } from './context.ts';
import { accept } from './operations/accept.ts';
import { create } from './operations/create.ts';
import { destroy } from './operations/destroy.ts';
import { retrieveMembership, retrieveOrganization, retrieveUser } from './operations/linked.ts';
import { list } from './operations/list.ts';
import { resend } from './operations/resend.ts';
import { retrieve } from './operations/retrieve.ts';
import { partialUpdate, update } from './operations/update.ts';

export type Route = {
  /** In Express's notation. */
  readonly path: string;
  readonly operations: Readonly<Record<string, Operation>>;
  /** The `Allow` header of every answer under this path. [headers.allow] */
  readonly allow: string;
  /** False where a caller without organization may ask. [scope.accept-without] */
  readonly needsScope: boolean;
};

const route = (path: string, operations: Readonly<Record<string, Operation>>): Route => {
  const methods = Object.keys(operations);
  const allow = [...methods, ...(methods.includes('GET') ? ['HEAD'] : []), 'OPTIONS'].join(', ');
  const needsScope = Object.values(operations).some((operation) => operation.needsScope);
  return { path, operations, allow, needsScope };
};

export const routes: readonly Route[] = [
  route('/api/v1/invitations/', { GET: list, POST: create }),
  route('/api/v1/invitations/:id/', {
    GET: retrieve,
    PUT: update,
    PATCH: partialUpdate,
    DELETE: destroy,
  }),
  route('/api/v1/invitations/:id/accept/', { POST: accept }),
  route('/api/v1/invitations/:id/resend/', { POST: resend }),
  route('/api/v1/users/:id/', { GET: retrieveUser }),
  route('/api/v1/memberships/:id/', { GET: retrieveMembership }),
  route('/api/v1/organizations/:id/', { GET: retrieveOrganization }),
];

/** The route of a path, ids included; undefined when there is none. */
export const findRoute = (path: string): Route | undefined => {
  const segments = path.split('/');
  return routes.find((candidate) => {
    const expected = candidate.path.split('/');
    return (
      expected.length === segments.length &&
      expected.every((part, index) =>
        part === ':id' ? segments[index] !== '' : part === segments[index],
      )
    );
  });
};
