// Taking invitations back.
import { describe, expect, test } from '@jest/globals';
import { defaultReadings } from '../../spec/vocabulary.ts';
import { decide } from '../decide.ts';
import type { Event } from '../events.ts';
import {
  a,
  created,
  destroy,
  given,
  historyOf,
  membershipId,
  invitationId,
  isAbove,
  now,
  organizationId,
  otherOrganizationId,
  rolePairs,
  stateAfter,
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

  test('takes the membership along where that is the reading, unless it has another ground', () => {
    const readings = { ...defaultReadings, 'delete.membership': 'goes' } as const;
    const eventsAfter = (...events: readonly Event[]): unknown => {
      const state = stateAfter([...historyOf('accepted'), ...events]);
      const decision = decide(state, destroy(), readings);
      return decision.kind === 'granted' ? decision.events : decision;
    };
    expect(eventsAfter()).toEqual([gone, { type: 'MembershipRevoked', at: now, membershipId }]);
    const elder = { type: 'MembershipGranted', at: 1, ...{ membershipId, userId: 'ann' } } as const;
    expect(eventsAfter({ ...elder, organizationId, role: 'VIEWER' })).toEqual([gone]);
    const other = { ...created(), invitationId: 'another', email: 'other@example.com' };
    const accepted = { type: 'InvitationAccepted', at: now, membershipId } as const;
    expect(eventsAfter(other, { ...accepted, invitationId: 'another' })).toEqual([gone]);
  });
});
