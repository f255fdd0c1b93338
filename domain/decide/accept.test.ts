// Joining an organization by an invitation.
import { describe, test } from '@jest/globals';
import type { Event, MembershipGranted } from '../events.ts';
import {
  a,
  accept,
  before,
  created,
  given,
  historyOf,
  invitationId,
  invitee,
  membershipId,
  now,
  organizationId,
  otherOrganizationId,
} from '../given.suite.ts';
import { roles } from '../role.ts';

const joined = {
  ...invitee,
  scope: { organizationId: otherOrganizationId, role: 'VIEWER' },
} as const;

const memberAs = (role: 'ADMIN' | 'CONTRIB' | 'VIEWER'): MembershipGranted => ({
  type: 'MembershipGranted',
  at: before,
  membershipId: 'old-membership',
  userId: invitee.userId,
  organizationId,
  role,
});

const acceptedAs = (id: string): Event => ({
  type: 'InvitationAccepted',
  at: now,
  invitationId,
  membershipId: id,
});

const grantedAs = (role: (typeof roles)[number]): Event => ({
  type: 'MembershipGranted',
  at: now,
  membershipId,
  userId: invitee.userId,
  organizationId,
  role,
});

describe('accepting', () => {
  test.each(['pending', 'sent', 'bounced'] as const)('is possible while it is %s', (state) => {
    given(...historyOf(state))
      .when(accept())
      .then(grantedAs('CONTRIB'), acceptedAs(membershipId));
  });

  test.each(roles)('grants the role of the invitation: %s', (role) => {
    given(created({ role })).when(accept()).then(grantedAs(role), acceptedAs(membershipId));
  });

  test('needs no scope, and one of another organization does not matter', () => {
    given(created()).when(accept(joined)).then(grantedAs('CONTRIB'), acceptedAs(membershipId));
  });

  test.each(['ANN@EXAMPLE.COM', 'Ann@example.com'])('does not look at letter case: %s', (email) => {
    given(created())
      .when(accept({ ...invitee, email }))
      .then(grantedAs('CONTRIB'), acceptedAs(membershipId));
    given(created({ email })).when(accept()).then(grantedAs('CONTRIB'), acceptedAs(membershipId));
  });
});

describe('a member of the organization who accepts', () => {
  test('keeps the membership and takes the role of the invitation', () => {
    given(created(), memberAs('ADMIN'))
      .when(accept())
      .then(
        { type: 'MembershipRoleChanged', at: now, membershipId: 'old-membership', role: 'CONTRIB' },
        acceptedAs('old-membership'),
      );
  });

  test('changes no role that is the same already', () => {
    given(created(), memberAs('CONTRIB')).when(accept()).then(acceptedAs('old-membership'));
  });

  test('of another organization is no member of this one', () => {
    given(created(), { ...memberAs('VIEWER'), organizationId: otherOrganizationId })
      .when(accept())
      .then(grantedAs('CONTRIB'), acceptedAs(membershipId));
  });
});

describe('is refused', () => {
  const serviceAccount = { ...a('OWNER'), email: null };

  test('to another address', () => {
    given(created())
      .when(accept(a('OWNER')))
      .thenRejected('address-not-invited');
  });

  test.each(['ann@example.co', 'ann+1@example.com', ' ann@example.com'])(
    'to an address that is only like it: %j',
    (email) => {
      given(created())
        .when(accept({ ...invitee, email }))
        .thenRejected('address-not-invited');
    },
  );

  test('to a service account, which has no address', () => {
    given(created()).when(accept(serviceAccount)).thenRejected('service-account-cannot-accept');
  });

  test('as accepted or missing before anybody asks who it is for', () => {
    given(...historyOf('accepted'))
      .when(accept(serviceAccount))
      .thenRejected('invitation-already-accepted');
    given()
      .when(accept(a('OWNER')))
      .thenRejected('invitation-not-found');
  });

  test('to the former address once there is another one', () => {
    given(created(), {
      type: 'InvitationReaddressed',
      at: before,
      invitationId,
      email: 'bob@example.com',
    })
      .when(accept())
      .thenRejected('address-not-invited');
  });
});
