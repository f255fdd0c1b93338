// The order of the roles of an organization's members.
import { roles, type Role } from '../spec/vocabulary.ts';

export { isRole, roles, type Role } from '../spec/vocabulary.ts';

/** Who invites, makes and removes users. [roles.who-invites] [users.who-deletes] */
export const mayManage = (role: Role): boolean => role === 'OWNER' || role === 'ADMIN';

/** True when `role` permits more than `other`. */
export const outranks = (role: Role, other: Role): boolean =>
  roles.indexOf(role) < roles.indexOf(other);
