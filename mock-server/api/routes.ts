// The API's paths and which operation each method of them is.
import type { Operation } from './context.ts';
import { accept } from './operations/accept.ts';
import { create } from './operations/create.ts';
import { destroy } from './operations/destroy.ts';
import {
  retrieveMembership,
  retrieveOrganization,
  retrieveServiceAccount,
  retrieveUser,
} from './operations/linked.ts';
import { list } from './operations/list.ts';
import { resend } from './operations/resend.ts';
import { retrieve } from './operations/retrieve.ts';
import {
  createServiceAccount,
  destroyServiceAccount,
  listOfServiceAccounts,
} from './operations/service-accounts.ts';
import { partialUpdate, update } from './operations/update.ts';
import { destroyUser, listOfUsers, retrieveCurrentUser } from './operations/users.ts';

export type Route = {
  /** With `:id` where an id stands. */
  readonly path: string;
  readonly operations: Readonly<Record<string, Operation>>;
  /** The `Allow` header of every answer under this path. [headers.allow] */
  readonly allow: string;
  /** False where a caller without organization may ask. [scope.accept-without] */
  readonly needsScope: boolean;
  /** Whether its ids are UUIDs, and another is none. [errors.id-not-a-uuid] [users.id] */
  readonly hasUuids: boolean;
};

const route = (
  path: string,
  operations: Readonly<Record<string, Operation>>,
  hasUuids = true,
): Route => {
  const methods = Object.keys(operations);
  const allow = [...methods, ...(methods.includes('GET') ? ['HEAD'] : []), 'OPTIONS'].join(', ');
  const needsScope = Object.values(operations).some((operation) => operation.needsScope);
  return { path, operations, allow, needsScope, hasUuids };
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
  route('/api/v1/users/', { GET: listOfUsers }),
  route('/api/v1/users/current/', { GET: retrieveCurrentUser }),
  route('/api/v1/users/:id/', { GET: retrieveUser, DELETE: destroyUser }, false),
  route('/api/v1/memberships/:id/', { GET: retrieveMembership }),
  route('/api/v1/organizations/:id/', { GET: retrieveOrganization }, false),
  route('/api/v1/serviceaccounts/', { GET: listOfServiceAccounts, POST: createServiceAccount }),
  route(
    '/api/v1/serviceaccounts/:id/',
    { GET: retrieveServiceAccount, DELETE: destroyServiceAccount },
    false,
  ),
];

export type FoundRoute = {
  readonly route: Route;
  /** Undefined where the path has none. */
  readonly id: string | undefined;
};

/** Where an id cannot even be decoded it is none; the checks before it are still made. [errors.id-not-a-uuid] */
const undecodable = '%';

const decode = (segment: string): string => {
  try {
    return decodeURIComponent(segment);
  } catch {
    return undecodable;
  }
};

/** What stands before the id, and what behind it; undefined where there is none. */
const split = routes.map((route) => {
  const [before = '', behind] = route.path.split(':id');
  return { route, before, behind };
});

/** The route of a path; undefined when there is none. */
export const findRoute = (path: string): FoundRoute | undefined => {
  for (const { route, before, behind } of split) {
    if (behind === undefined) {
      if (path === before) return { route, id: undefined };
    } else if (path.startsWith(before)) {
      const end = path.indexOf('/', before.length);
      if (end > before.length && path.slice(end) === behind) {
        const id = path.slice(before.length, end);
        return { route, id: id.includes('%') ? decode(id) : id };
      }
    }
  }
  return undefined;
};
