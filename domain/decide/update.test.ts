// What an update changes, what it leaves, and who may make it.
import { describe, test } from '@jest/globals';
import type { Event } from '../events.ts';
import {
  a,
  created,
  given,
  historyOf,
  invitationId,
  isAbove,
  now,
  otherOrganizationId,
  rolePairs,
  update,
} from '../given.suite.ts';
import type { Role } from '../role.ts';

const roleChanged = (role: Role): Event => ({
  type: 'InvitationRoleChanged',
  at: now,
  invitationId,
  role,
});

const readdressed = (email: string): Event => ({
  type: 'InvitationReaddressed',
  at: now,
  invitationId,
  email,
});

describe('an update', () => {
  test.each([
    {},
    { email: 'ann@example.com' },
    { role: 'CONTRIB' } as const,
    { email: 'ann@example.com', role: 'CONTRIB' } as const,
  ])('to what is there already changes nothing: %j', (changes) => {
    given(...historyOf('sent'))
      .when(update(changes))
      .then();
  });

  test('of the role alone leaves the address', () => {
    given(created())
      .when(update({ role: 'ADMIN' }))
      .then(roleChanged('ADMIN'));
  });

  test('of the address alone leaves the role', () => {
    given(created())
      .when(update({ email: 'bob@example.com' }))
      .then(readdressed('bob@example.com'));
  });

  test('of both is two facts', () => {
    given(created())
      .when(update({ email: 'bob@example.com', role: 'VIEWER' }))
      .then(roleChanged('VIEWER'), readdressed('bob@example.com'));
  });

  test('takes the own address in other letter case', () => {
    given(created())
      .when(update({ email: 'Ann@Example.com' }))
      .then(readdressed('Ann@Example.com'));
  });
});

describe('is refused', () => {
  const other = created({ invitationId: 'other', email: 'bob@example.com' });

  test.each(['bob@example.com', 'BOB@example.com'])('an address that is taken: %s', (email) => {
    given(created(), other).when(update({ email })).thenRejected('address-already-invited');
  });

  test('a taken address together with a role above: for the role', () => {
    given(created({ role: 'VIEWER' }), other)
      .when(update({ email: 'bob@example.com', role: 'OWNER' }, a('ADMIN')))
      .thenRejected('role-above-own');
  });

  test('an invitation of another organization, as if it did not exist', () => {
    given(created())
      .when(update({ role: 'VIEWER' }, a('OWNER', otherOrganizationId)))
      .thenRejected('invitation-not-found');
  });

  test('an accepted one to whoever could not change it anyway: as accepted', () => {
    given(...historyOf('accepted', 'OWNER'))
      .when(update({ role: 'VIEWER' }, a('VIEWER')))
      .thenRejected('invitation-already-accepted');
  });

  test('an address of another organization is none of that', () => {
    given(created(), { ...other, organizationId: otherOrganizationId })
      .when(update({ email: 'bob@example.com' }))
      .then(readdressed('bob@example.com'));
  });
});

describe('roles', () => {
  test.each(rolePairs)('%s changes an invitation as %s only up to the own role', (own, role) => {
    const answer = given(created({ role })).when(update({ email: 'bob@example.com' }, a(own)));
    if (isAbove(role, own)) answer.thenRejected('invitation-role-above-own');
    else answer.then(readdressed('bob@example.com'));
  });

  test.each(rolePairs)('%s makes an invitation one as %s only up to the own role', (own, role) => {
    const answer = given(created({ role: 'VIEWER' })).when(update({ role }, a(own)));
    if (isAbove(role, own)) answer.thenRejected('role-above-own');
    else answer.then(...(role === 'VIEWER' ? [] : [roleChanged(role)]));
  });
});
