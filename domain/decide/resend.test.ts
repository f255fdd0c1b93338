// Sending invitations once more.
import { describe, test } from '@jest/globals';
import {
  a,
  created,
  given,
  historyOf,
  invitationId,
  isAbove,
  now,
  otherOrganizationId,
  resend,
  rolePairs,
} from '../given.suite.ts';

const resent = { type: 'InvitationResent', at: now, invitationId } as const;

describe('resending', () => {
  test.each(['pending', 'sent', 'bounced'] as const)(
    'is possible while an invitation is %s',
    (state) => {
      given(...historyOf(state))
        .when(resend())
        .then(resent);
    },
  );

  test.each(rolePairs)('%s resends an invitation as %s only up to the own role', (own, role) => {
    const answer = given(created({ role })).when(resend(a(own)));
    if (isAbove(role, own)) answer.thenRejected('invitation-role-above-own');
    else answer.then(resent);
  });

  test('says of an accepted one that it is accepted, before it asks for the role', () => {
    given(...historyOf('accepted', 'OWNER'))
      .when(resend(a('VIEWER')))
      .thenRejected('invitation-already-accepted');
  });

  test('does not reach into another organization', () => {
    given(created())
      .when(resend(a('OWNER', otherOrganizationId)))
      .thenRejected('invitation-not-found');
  });
});
