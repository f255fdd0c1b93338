// Every command in every state of an invitation, and for one that is not there.
import { describe, expect, test } from '@jest/globals';
import type { Command } from './commands.ts';
import { decide } from './decide.ts';
import {
  accept,
  create,
  created,
  deliver,
  destroy,
  destroyed,
  given,
  historyOf,
  invitationId,
  now,
  resend,
  stateAfter,
  update,
} from './given.suite.ts';
import { invitationStates, type InvitationState } from './invitation.ts';
import type { Rejection } from './rejections.ts';

const commands = {
  accept: accept(),
  resend: resend(),
  'change the role of': update({ role: 'ADMIN' }),
  'change the address of': update({ email: 'bob@example.com' }),
  destroy: destroy(),
  deliver: deliver(),
} as const;

type Verb = keyof typeof commands;

const eventTypes: Readonly<Record<Verb, string>> = {
  accept: 'InvitationAccepted',
  resend: 'InvitationResent',
  'change the role of': 'InvitationRoleChanged',
  'change the address of': 'InvitationReaddressed',
  destroy: 'InvitationDestroyed',
  deliver: 'InvitationSent',
};

/** What is not named here is granted. */
const refusals: Readonly<Record<InvitationState, Readonly<Partial<Record<Verb, Rejection>>>>> = {
  pending: {},
  sent: { deliver: 'delivery-not-pending' },
  bounced: { deliver: 'delivery-not-pending' },
  accepted: {
    accept: 'invitation-already-accepted',
    resend: 'invitation-already-accepted',
    'change the role of': 'invitation-already-accepted',
    'change the address of': 'invitation-already-accepted',
    deliver: 'delivery-not-pending',
  },
};

const verbs: readonly Verb[] = [
  'accept',
  'resend',
  'change the role of',
  'change the address of',
  'destroy',
  'deliver',
];
const cases = invitationStates.flatMap((state) => verbs.map((verb) => ({ state, verb })));

test.each(cases)('asked to $verb an invitation that is $state', ({ state, verb }) => {
  const decision = decide(stateAfter(historyOf(state)), commands[verb]);
  const rejection = refusals[state][verb];
  if (rejection === undefined) {
    const events = decision.kind === 'granted' ? decision.events : [];
    expect(events.map(({ type }) => type)).toContain(eventTypes[verb]);
  } else {
    expect(decision).toEqual({ kind: 'rejected', rejection });
  }
});

test.each(verbs)('refuses to %s an invitation that never was, or is no more', (verb) => {
  given().when(commands[verb]).thenRejected('invitation-not-found');
  given(...historyOf('sent'), destroyed)
    .when(commands[verb])
    .thenRejected('invitation-not-found');
});

describe('a decision', () => {
  const all: readonly Command[] = [create(), ...Object.values(commands)];

  test.each(all)('changes nothing by itself: $type', (command) => {
    const state = stateAfter(historyOf('pending'));
    decide(state, command);
    expect(state).toEqual(stateAfter(historyOf('pending')));
  });

  test('gives its events the time of the command', () => {
    for (const command of all) {
      const decision = decide(stateAfter([created()]), command);
      const events = decision.kind === 'granted' ? decision.events : [];
      expect(events.length).toBeGreaterThan(0);
      for (const event of events) expect(event.at).toBe(now);
    }
  });

  test('is made of flat JSON facts', () => {
    for (const command of all) {
      const decision = decide(stateAfter([created()]), command);
      expect(JSON.parse(JSON.stringify(decision))).toEqual(decision);
    }
  });
});

test('an invitation can be made again after it was deleted', () => {
  given(created(), destroyed)
    .when(create({ invitationId: 'again', email: 'ann@example.com' }))
    .then(created({ at: now, invitationId: 'again', role: 'VIEWER' }));
  expect(invitationId).not.toBe('again');
});
