// What each fact does to the state.
import { describe, expect, test } from '@jest/globals';
import type { Event } from './events.ts';
import {
  accepted,
  before,
  bounced,
  created,
  destroyed,
  granted,
  invitationId,
  membershipId,
  now,
  organizationId,
  otherOrganizationId,
  sent,
  stateAfter,
} from './given.suite.ts';
import { findCaller, findMembership, findVisibleUser } from './directory.ts';
import { findInvitation } from './state.ts';

const resent: Event = { type: 'InvitationResent', at: now, invitationId };
const readdressed: Event = {
  type: 'InvitationReaddressed',
  at: now,
  invitationId,
  email: 'bob@example.com',
};
const roleChanged: Event = { type: 'InvitationRoleChanged', at: now, invitationId, role: 'ADMIN' };

const registered = (userId: string, kind: 'person' | 'service-account' = 'person'): Event => ({
  type: 'UserRegistered',
  at: before,
  userId,
  name: 'Ann',
  email: `${userId}@Example.com`,
  pictureUrl: null,
  kind,
});

describe('an invitation', () => {
  test.each([
    ['starts as pending', [], { state: 'pending', stateDetail: '', membershipId: null }],
    ['becomes sent', [sent], { state: 'sent', stateDetail: '' }],
    [
      'becomes bounced with the reason',
      [bounced],
      { state: 'bounced', stateDetail: 'no such mailbox' },
    ],
    [
      'is pending without a reason after a resend',
      [bounced, resent],
      { state: 'pending', stateDetail: '' },
    ],
    [
      'is pending after a new address',
      [bounced, readdressed],
      { state: 'pending', stateDetail: '', email: 'bob@example.com' },
    ],
    [
      'keeps its state with a new role',
      [bounced, roleChanged],
      { state: 'bounced', stateDetail: 'no such mailbox', role: 'ADMIN' },
    ],
    [
      'has its membership once accepted',
      [bounced, granted, accepted],
      { state: 'accepted', stateDetail: '', membershipId },
    ],
  ] as const)('%s', (_title, events, expected) => {
    expect(findInvitation(stateAfter([created(), ...events]), invitationId)).toMatchObject(
      expected,
    );
  });

  test('is a new object after each change, so that what was read stays as it was', () => {
    const state = stateAfter([created()]);
    const read = findInvitation(state, invitationId);
    expect(findInvitation(stateAfter([created(), sent]), invitationId)).not.toBe(read);
    expect(read).toMatchObject({ state: 'pending' });
  });

  test('is gone after it was deleted; the membership stays', () => {
    const state = stateAfter([created(), granted, accepted, destroyed]);
    expect(findInvitation(state, invitationId)).toBeUndefined();
    expect(state.directory.memberships.has(membershipId)).toBe(true);
  });
});

test('an event about an invitation or a membership that never was is a mistake of ours', () => {
  const destroyed: Event = { type: 'InvitationDestroyed', at: now, invitationId };
  for (const event of [sent, destroyed]) {
    expect(() => stateAfter([event])).toThrow(
      `invitation ${invitationId}, which was never created`,
    );
  }
  const change: Event = { type: 'MembershipRoleChanged', at: now, membershipId, role: 'ADMIN' };
  expect(() => stateAfter([change])).toThrow(`membership ${membershipId}, which was never granted`);
});

describe('the directory', () => {
  const change: Event = { type: 'MembershipRoleChanged', at: now, membershipId, role: 'ADMIN' };
  const { directory } = stateAfter([
    registered('invitee'),
    registered('robot', 'service-account'),
    granted,
    change,
  ]);

  test('finds a user by address, whatever its letter case', () => {
    expect(directory.userIdsByAddress.get('invitee@example.com')).toBe('invitee');
  });

  test('keeps when a membership was granted and when its role changed', () => {
    expect(findMembership(directory, organizationId, 'invitee')).toMatchObject({
      role: 'ADMIN',
      createdAt: before,
      modifiedAt: now,
    });
  });

  test('gives a caller the scope of a membership alone', () => {
    expect(findCaller(directory, 'invitee', organizationId)?.scope).toEqual({
      organizationId,
      role: 'ADMIN',
    });
    expect(findCaller(directory, 'invitee', otherOrganizationId)?.scope).toBeNull();
    expect(findCaller(directory, 'invitee', undefined)?.scope).toBeNull();
    expect(findCaller(directory, 'nobody', organizationId)).toBeUndefined();
  });

  test('gives a service account no address', () => {
    expect(findCaller(directory, 'robot', undefined)?.email).toBeNull();
    expect(findCaller(directory, 'invitee', undefined)?.email).toBe('invitee@Example.com');
  });

  test('shows the users of the own organization alone', () => {
    expect(findVisibleUser(directory, organizationId, 'invitee')?.id).toBe('invitee');
    expect(findVisibleUser(directory, organizationId, 'robot')).toBeUndefined();
    expect(findVisibleUser(directory, otherOrganizationId, 'invitee')).toBeUndefined();
  });
});
