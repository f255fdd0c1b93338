// The roles of an organization's members and their order.

/** From the most permissive to the least. [roles.order] */
export const roles = ['OWNER', 'ADMIN', 'CONTRIB', 'VIEWER'] as const;

export type Role = (typeof roles)[number];

export const isRole = (value: unknown): value is Role => roles.some((role) => role === value);

/** True when `role` permits more than `other`. */
export const outranks = (role: Role, other: Role): boolean =>
  roles.indexOf(role) < roles.indexOf(other);
