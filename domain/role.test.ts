// The order of the roles, pair by pair. [roles.order]
import { expect, test } from '@jest/globals';
import { isAbove, rolePairs } from './given.suite.ts';
import { isRole, outranks } from './role.ts';

test.each(rolePairs)('a caller who is %s knows whether %s is above', (own, role) => {
  expect(outranks(role, own)).toBe(isAbove(role, own));
});

test.each(['owner', '', 'ADMIN ', 'toString', null, 1, ['OWNER']])('%j is no role', (value) => {
  expect(isRole(value)).toBe(false);
});
