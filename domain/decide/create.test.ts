// Who may invite whom as what.
import { describe, test } from '@jest/globals';
import {
  a,
  accepted,
  create,
  created,
  given,
  granted,
  isAbove,
  now,
  otherOrganizationId,
  rolePairs,
} from '../given.suite.ts';

test('makes the invitation in the organization of the caller, who is its inviter', () => {
  given()
    .when(create({ caller: a('ADMIN'), email: 'Bob@Example.com', role: 'CONTRIB' }))
    .then(
      created({
        at: now,
        invitationId: 'new-invitation',
        inviterId: 'the-ADMIN',
        email: 'Bob@Example.com',
        role: 'CONTRIB',
      }),
    );
});

describe('the role asked for', () => {
  test.each(rolePairs)(
    '%s invites as %s: an OWNER or an ADMIN, never above the own role',
    (own, role) => {
      const answer = given().when(create({ caller: a(own), role }));
      if (own === 'CONTRIB' || own === 'VIEWER') answer.thenRejected('role-cannot-invite');
      else if (isAbove(role, own)) answer.thenRejected('role-above-own');
      else {
        answer.then(
          created({
            at: now,
            invitationId: 'new-invitation',
            inviterId: `the-${own}`,
            email: 'new@example.com',
            role,
          }),
        );
      }
    },
  );

  test('is judged before the address', () => {
    given(created())
      .when(create({ caller: a('ADMIN'), email: 'ann@example.com', role: 'OWNER' }))
      .thenRejected('role-above-own');
  });
});

describe('the address', () => {
  test.each(['ann@example.com', 'ANN@example.com', 'Ann@EXAMPLE.com'])(
    'is invited once, letter case aside: %s',
    (email) => {
      given(created()).when(create({ email })).thenRejected('address-already-invited');
    },
  );

  test('counts as invited when the invitation is accepted', () => {
    given(created(), granted, accepted)
      .when(create({ email: 'ann@example.com' }))
      .thenRejected('address-already-invited');
  });

  test('is free again when the invitation got another address', () => {
    given(created(), {
      type: 'InvitationReaddressed',
      at: now,
      invitationId: 'the-invitation',
      email: 'bob@example.com',
    })
      .when(create({ email: 'ann@example.com' }))
      .then(
        created({
          at: now,
          invitationId: 'new-invitation',
          email: 'ann@example.com',
          role: 'VIEWER',
        }),
      );
  });

  test('may be invited by another organization as well', () => {
    given(created())
      .when(create({ caller: a('OWNER', otherOrganizationId), email: 'ann@example.com' }))
      .then(
        created({
          at: now,
          invitationId: 'new-invitation',
          organizationId: otherOrganizationId,
          email: 'ann@example.com',
          role: 'VIEWER',
        }),
      );
  });
});
