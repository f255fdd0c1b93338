// The order of the roles of an organization's members.
import { roles, type Role } from '../spec/vocabulary.ts';

export { isRole, roles, type Role } from '../spec/vocabulary.ts';

/** True when `role` permits more than `other`. */
export const outranks = (role: Role, other: Role): boolean =>
  roles.indexOf(role) < roles.indexOf(other);
