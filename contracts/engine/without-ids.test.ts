// Ids of invitations and of users, in paths and in texts.
import { expect, test } from '@jest/globals';
import { withoutIds } from './without-ids.ts';

test('neither a UUID nor the id of a user is told apart, as it is or in an address', () => {
  expect(withoutIds('/invitations/0d9c3b7e-61f4-4e2a-b5d8-7a1f2c4e6908/')).toBe(
    '/invitations/{id}/',
  );
  expect(
    withoutIds('auth0|61949e36c0ba61949e36c0ba at users/auth0%7C61949e36c0ba61949e36c0ba/'),
  ).toBe('{id} at users/{id}/');
});
