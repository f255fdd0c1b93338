// Taking invitations back.
import { describe, test } from '@jest/globals';
import {
  a,
  created,
  destroy,
  given,
  historyOf,
  invitationId,
  isAbove,
  now,
  otherOrganizationId,
  rolePairs,
} from '../given.suite.ts';
import { invitationStates } from '../invitation.ts';

const gone = { type: 'InvitationDestroyed', at: now, invitationId } as const;

describe('deleting', () => {
  test.each(invitationStates)('is possible while an invitation is %s', (state) => {
    given(...historyOf(state))
      .when(destroy())
      .then(gone);
  });

  test.each(rolePairs)('%s deletes an invitation as %s only up to the own role', (own, role) => {
    const answer = given(created({ role })).when(destroy(a(own)));
    if (isAbove(role, own)) answer.thenRejected('invitation-role-above-own');
    else answer.then(gone);
  });

  test('does not reach into another organization', () => {
    given(created())
      .when(destroy(a('OWNER', otherOrganizationId)))
      .thenRejected('invitation-not-found');
  });
});
