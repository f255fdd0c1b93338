// The index beside a plain array: after any commands every filter and every page is what a naive search finds.
import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import type { InvitationCommand } from './commands.ts';
import { decide } from './decide.ts';
import type { Event } from './events.ts';
import { evolve } from './evolve.ts';
import { a, organizationId, otherOrganizationId, stateAfter } from './given.suite.ts';
import type { InvitationFilter } from './invitation-index.ts';
import { addressKey, invitationStates, type Invitation } from './invitation.ts';
import { listInvitations } from './queries.ts';
import { roles } from './role.ts';
import { createState, type State } from './state.ts';

const addresses = ['ann@example.com', 'Ann@example.com', 'bob@example.com', 'cat@example.com'];
const ids = ['a', 'b', 'c', 'd', 'e', 'f'];

const command: fc.Arbitrary<InvitationCommand> = fc
  .record({
    type: fc.constantFrom<InvitationCommand['type'][]>(
      'CreateInvitation',
      'CreateInvitation',
      'UpdateInvitation',
      'DestroyInvitation',
      'ResendInvitation',
      'AcceptInvitation',
      'DeliverInvitation',
    ),
    at: fc.nat(1_000),
    invitationId: fc.constantFrom(...ids),
    email: fc.constantFrom(...addresses, 'dan@example.com', 'eve@example.com'),
    role: fc.constantFrom(...roles),
    isOurs: fc.boolean(),
    bounces: fc.boolean(),
  })
  .map(({ type, at, invitationId, email, role, isOurs, bounces }): InvitationCommand => {
    const caller = a('OWNER', isOurs ? organizationId : otherOrganizationId);
    switch (type) {
      case 'CreateInvitation':
      case 'UpdateInvitation':
        return { type, at, caller, invitationId, email, role };
      case 'DestroyInvitation':
      case 'ResendInvitation':
        return { type, at, caller, invitationId };
      case 'AcceptInvitation': {
        const user = { userId: email.toLowerCase(), email, scope: null };
        return { type, at, caller: user, invitationId, membershipId: `m-${invitationId}-${at}` };
      }
      case 'DeliverInvitation':
        return { type, at, invitationId, bounceReason: bounces ? 'no such mailbox' : null };
    }
  });

/** The order of creation is the map's own: what is deleted leaves, what is new comes last. */
const model = (events: readonly Event[], organization: string): readonly Invitation[] => {
  const kept = new Map<string, Invitation>();
  const change = (
    { invitationId: id, at }: { readonly invitationId: string; readonly at: number },
    changes: Partial<Invitation>,
  ): void => {
    const found = kept.get(id);
    if (found !== undefined) kept.set(id, { ...found, ...changes, changedAt: at });
  };
  for (const event of events) {
    switch (event.type) {
      case 'InvitationCreated': {
        const { invitationId: id, organizationId: owner, email, role, inviterId, at } = event;
        const state = { state: 'pending', stateDetail: '', membershipId: null } as const;
        const times = { createdAt: at, changedAt: at };
        kept.set(id, { id, organizationId: owner, email, role, inviterId, ...state, ...times });
        break;
      }
      case 'InvitationSent':
        change(event, { state: 'sent', stateDetail: '' });
        break;
      case 'InvitationBounced':
        change(event, { state: 'bounced', stateDetail: event.reason });
        break;
      case 'InvitationResent':
        change(event, { state: 'pending', stateDetail: '' });
        break;
      case 'InvitationReaddressed':
        change(event, { state: 'pending', stateDetail: '', email: event.email });
        break;
      case 'InvitationRoleChanged':
        change(event, { role: event.role });
        break;
      case 'InvitationAccepted':
        change(event, { state: 'accepted', stateDetail: '', membershipId: event.membershipId });
        break;
      case 'InvitationDestroyed':
        kept.delete(event.invitationId);
        break;
      case 'UserRegistered':
      case 'UserRemoved':
      case 'OrganizationFounded':
      case 'MembershipGranted':
      case 'MembershipRoleChanged':
      case 'MembershipRevoked':
      case 'ApiKeyIssued':
        break;
    }
  }
  return [...kept.values()].filter((one) => one.organizationId === organization);
};

/** A command whose id is in use would never come: ids are new. */
const run = (
  commands: readonly InvitationCommand[],
): { readonly state: State; readonly events: Event[] } => {
  const state = createState();
  const events: Event[] = [];
  const used = new Set<string>();
  for (const next of commands) {
    if (next.type === 'CreateInvitation' && used.has(next.invitationId)) continue;
    const decision = decide(state, next);
    if (decision.kind === 'rejected') continue;
    used.add(next.invitationId);
    for (const event of decision.events) evolve(state, event);
    events.push(...decision.events);
  }
  return { state, events };
};

const filters: readonly InvitationFilter[] = [
  undefined,
  ...addresses,
  'nobody@example.com',
].flatMap((email) =>
  [undefined, ...roles].flatMap((role) =>
    [undefined, ...invitationStates].map((state) => ({
      ...(email === undefined ? {} : { email }),
      ...(role === undefined ? {} : { role }),
      ...(state === undefined ? {} : { state }),
    })),
  ),
);

const matches = (invitation: Invitation, { email, role, state }: InvitationFilter): boolean =>
  (email === undefined || invitation.email.toLowerCase() === email.toLowerCase()) &&
  (role === undefined || invitation.role === role) &&
  (state === undefined || invitation.state === state);

const history = fc.array(command, { maxLength: 40 });

/** All pages one after the other. */
const readThrough = (
  state: State,
  organization: string,
  filter: InvitationFilter,
  size: number,
  count: number,
): readonly Invitation[] => {
  const found: Invitation[] = [];
  for (let number = 1; number <= Math.max(1, Math.ceil(count / size)); number += 1) {
    const page = listInvitations(state, organization, filter, { number, size });
    if (page === 'no-such-page') throw new Error(`Page ${number} is missing.`);
    if (page.count !== count) throw new Error(`${page.count} are counted where ${count} match.`);
    found.push(...page.invitations);
  }
  return found;
};

test('every filter finds, page by page, what a search through all would find', () => {
  const organizations = [organizationId, otherOrganizationId];
  fc.assert(
    fc.property(history, fc.integer({ min: 1, max: 4 }), (commands, size) => {
      const { state, events } = run(commands);
      for (const organization of organizations) {
        const all = model(events, organization);
        // Compared at once: a comparison for each filter would take most of the time.
        const expected = filters.map((filter) => all.filter((one) => matches(one, filter)));
        const found = filters.map((filter, index) =>
          readThrough(state, organization, filter, size, expected[index]?.length ?? 0),
        );
        expect(found).toEqual(expected);
      }
    }),
    { numRuns: 60 },
  );
});

test('the version of an index is another one after every change of its invitations', () => {
  fc.assert(
    fc.property(history, (commands) => {
      const state = createState();
      const seen: number[] = [];
      for (const event of run(commands).events) {
        evolve(state, event);
        if (!event.type.startsWith('Invitation')) continue;
        seen.push([...state.indexes.values()].reduce((sum, { version }) => sum + version, 0));
      }
      expect(new Set(seen).size).toBe(seen.length);
    }),
    { numRuns: 100 },
  );
});

test('letters that only capitals make alike stay two addresses', () => {
  expect(addressKey('Maße@example.com')).toBe(addressKey('maße@EXAMPLE.com'));
  expect(addressKey('maße@example.com')).not.toBe(addressKey('masse@example.com'));
});

test('the same events, told again or as JSON, give the same state', () => {
  fc.assert(
    fc.property(history, (commands) => {
      const { state, events } = run(commands);
      expect(stateAfter(events)).toEqual(state);
      const retold = events.map((event) => structuredClone(event));
      expect(stateAfter(retold)).toEqual(state);
    }),
    { numRuns: 100 },
  );
});

test('one organization never has two invitations for one address, and accepted is final', () => {
  fc.assert(
    fc.property(history, (commands) => {
      const { state, events } = run(commands);
      for (const { slotsByAddress, lists } of state.indexes.values()) {
        expect(slotsByAddress.size).toBe(lists.get('/')?.size ?? 0);
      }
      const acceptances = events.filter(({ type }) => type === 'InvitationAccepted');
      for (const acceptance of acceptances) {
        const later = events.slice(events.indexOf(acceptance) + 1);
        const touching = later.filter(
          (event) =>
            'invitationId' in event &&
            'invitationId' in acceptance &&
            event.invitationId === acceptance.invitationId,
        );
        for (const { type } of touching) expect(type).toBe('InvitationDestroyed');
      }
    }),
    { numRuns: 100 },
  );
});
