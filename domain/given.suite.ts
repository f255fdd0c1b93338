// How the tests of the state machine speak: given(events).when(command).then(events) or .thenRejected(why).
import { expect } from '@jest/globals';
import type { Caller, ScopedCaller } from './caller.ts';
import type { Command, CreateInvitation } from './commands.ts';
import { decide } from './decide.ts';
import type { Event } from './events.ts';
import { evolve } from './evolve.ts';
import type { InvitationState } from './invitation.ts';
import type { Rejection } from './rejections.ts';
import type { Role } from './role.ts';
import { createState, type State } from './state.ts';

/** When what is given happened, and when the command comes. */
export const before = 1_000;
export const now = 2_000;

export const organizationId = 'our-organization';
export const otherOrganizationId = 'other-organization';
export const invitationId = 'the-invitation';
export const membershipId = 'the-membership';
export const invitee: Caller = { userId: 'invitee', email: 'ann@example.com', scope: null };

export const stateAfter = (events: readonly Event[]): State => {
  const state = createState();
  for (const event of events) evolve(state, event);
  return state;
};

type Expectation = {
  readonly then: (...events: readonly Event[]) => void;
  readonly thenRejected: (rejection: Rejection) => void;
};

export const given = (
  ...history: readonly Event[]
): {
  readonly when: (command: Command) => Expectation;
} => ({
  when: (command) => {
    const decision = decide(stateAfter(history), command);
    return {
      then: (...events) => {
        expect(decision).toEqual({ kind: 'granted', events });
      },
      thenRejected: (rejection) => {
        expect(decision).toEqual({ kind: 'rejected', rejection });
      },
    };
  },
});

/** Someone who acts in our organization, or in another one. */
export const a = (role: Role, organization = organizationId): ScopedCaller => ({
  userId: `the-${role}`,
  email: `${role.toLowerCase()}@example.com`,
  scope: { organizationId: organization, role },
});

type Created = Extract<Event, { readonly type: 'InvitationCreated' }>;

/** An invitation of our organization to ann@example.com as CONTRIB, unless told otherwise. */
export const created = (changes: Partial<Created> = {}): Created => ({
  type: 'InvitationCreated',
  at: before,
  invitationId,
  organizationId,
  inviterId: 'the-OWNER',
  email: 'ann@example.com',
  role: 'CONTRIB',
  ...changes,
});

export const sent: Event = { type: 'InvitationSent', at: before, invitationId };
export const bounced: Event = {
  type: 'InvitationBounced',
  at: before,
  invitationId,
  reason: 'no such mailbox',
};
export const granted: Event = {
  type: 'MembershipGranted',
  at: before,
  membershipId,
  userId: invitee.userId,
  organizationId,
  role: 'CONTRIB',
};
export const accepted: Event = {
  type: 'InvitationAccepted',
  at: before,
  invitationId,
  membershipId,
};
export const destroyed: Event = { type: 'InvitationDestroyed', at: before, invitationId };

/** What leads an invitation to each of its states. */
export const historyOf = (state: InvitationState, role: Role = 'CONTRIB'): readonly Event[] => {
  const paths: Readonly<Record<InvitationState, readonly Event[]>> = {
    pending: [],
    sent: [sent],
    bounced: [bounced],
    accepted: [sent, granted, accepted],
  };
  return [created({ role }), ...paths[state]];
};

export const create = (changes: Partial<CreateInvitation> = {}): CreateInvitation => ({
  type: 'CreateInvitation',
  at: now,
  caller: a('OWNER'),
  invitationId: 'new-invitation',
  email: 'new@example.com',
  role: 'VIEWER',
  ...changes,
});

export const update = (
  changes: { readonly email?: string; readonly role?: Role },
  caller: ScopedCaller = a('OWNER'),
): Command => ({ type: 'UpdateInvitation', at: now, caller, invitationId, ...changes });

export const destroy = (caller: ScopedCaller = a('OWNER')): Command => ({
  type: 'DestroyInvitation',
  at: now,
  caller,
  invitationId,
});

export const resend = (caller: ScopedCaller = a('OWNER')): Command => ({
  type: 'ResendInvitation',
  at: now,
  caller,
  invitationId,
});

export const accept = (caller: Caller = invitee): Command => ({
  type: 'AcceptInvitation',
  at: now,
  caller,
  invitationId,
  membershipId,
});

export const deliver = (bounceReason: string | null = null): Command => ({
  type: 'DeliverInvitation',
  at: now,
  invitationId,
  bounceReason,
});

export const rolePairs: readonly (readonly [Role, Role])[] = [
  ['OWNER', 'OWNER'],
  ['OWNER', 'ADMIN'],
  ['OWNER', 'CONTRIB'],
  ['OWNER', 'VIEWER'],
  ['ADMIN', 'OWNER'],
  ['ADMIN', 'ADMIN'],
  ['ADMIN', 'CONTRIB'],
  ['ADMIN', 'VIEWER'],
  ['CONTRIB', 'OWNER'],
  ['CONTRIB', 'ADMIN'],
  ['CONTRIB', 'CONTRIB'],
  ['CONTRIB', 'VIEWER'],
  ['VIEWER', 'OWNER'],
  ['VIEWER', 'ADMIN'],
  ['VIEWER', 'CONTRIB'],
  ['VIEWER', 'VIEWER'],
];

const forbidden = new Set([
  'ADMIN OWNER',
  'CONTRIB OWNER',
  'CONTRIB ADMIN',
  'VIEWER OWNER',
  'VIEWER ADMIN',
  'VIEWER CONTRIB',
]);

/** Told apart by a list and not by an order, so that a wrong order is found. [roles.order] */
export const isAbove = (role: Role, own: Role): boolean => forbidden.has(`${own} ${role}`);
