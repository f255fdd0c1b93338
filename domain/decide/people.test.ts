// People come and go.
import { test } from '@jest/globals';
import type { Event } from '../events.ts';
import { before, given, now, organizationId } from '../given.suite.ts';

const registered = (userId: string, email: string): Event => ({
  type: 'UserRegistered',
  at: before,
  userId,
  name: userId,
  email,
  pictureUrl: null,
  kind: 'person',
});
const created = (invitationId: string, inviterId: string, email: string): Event => ({
  type: 'InvitationCreated',
  at: before,
  invitationId,
  organizationId,
  inviterId,
  email,
  role: 'VIEWER',
});
const destroyed = (invitationId: string): Event => ({
  type: 'InvitationDestroyed',
  at: now,
  invitationId,
});
const register = {
  type: 'RegisterPerson',
  at: now,
  userId: 'bea',
  name: 'Bea',
  email: 'Ann@example.com',
} as const;

test('somebody new signs up', () => {
  const { userId, name, email } = register;
  given().when(register).then({
    type: 'UserRegistered',
    at: now,
    userId,
    name,
    email,
    pictureUrl: null,
    kind: 'person',
  });
});

test('an address has one user, whatever the case of its letters', () => {
  given(registered('ann', 'ann@example.com'))
    .when(register)
    .thenRejected('address-already-registered');
});

test('an address is free again when its user is gone', () => {
  const { userId, name, email } = register;
  given(registered('ann', 'ann@example.com'), { type: 'UserRemoved', at: before, userId: 'ann' })
    .when(register)
    .then({
      type: 'UserRegistered',
      at: now,
      userId,
      name,
      email,
      pictureUrl: null,
      kind: 'person',
    });
});

test('with a user go the invitations that it sent and the one that it accepted', () => {
  given(
    registered('ann', 'ann@example.com'),
    registered('bea', 'bea@example.com'),
    created('of-ann', 'ann', 'x@example.com'),
    created('of-bea', 'bea', 'y@example.com'),
    created('to-ann', 'bea', 'ann@example.com'),
    {
      type: 'MembershipGranted',
      at: before,
      membershipId: 'm',
      userId: 'ann',
      organizationId,
      role: 'VIEWER',
    },
    { type: 'InvitationAccepted', at: before, invitationId: 'to-ann', membershipId: 'm' },
  )
    .when({ type: 'RemoveUser', at: now, userId: 'ann' })
    .then(destroyed('of-ann'), destroyed('to-ann'), {
      type: 'UserRemoved',
      at: now,
      userId: 'ann',
    });
});

test('nobody goes twice', () => {
  given(registered('ann', 'ann@example.com'), { type: 'UserRemoved', at: before, userId: 'ann' })
    .when({ type: 'RemoveUser', at: now, userId: 'ann' })
    .thenRejected('user-not-found');
});
