// Delivery in a sandbox whose clock the test sets: when a message leaves, what replaces it, and what becomes of it.
import { describe, expect, test } from '@jest/globals';
import type { ScopedCaller } from '../../domain/caller.ts';
import { findInvitation } from '../../domain/state.ts';
import {
  bounceReason,
  defaultBounceRules,
  defaultDelivery,
  isDeliveryMode,
  type DeliverySettings,
} from './delivery-settings.ts';
import type { Result } from './sandbox.ts';
import { aSandbox } from './sandbox.suite.ts';

const caller: ScopedCaller = {
  userId: 'owner',
  email: 'owner@example.com',
  scope: { organizationId: 'organization', role: 'OWNER' },
};

const atOnce: DeliverySettings = { ...defaultDelivery, mode: 'at-once', delayMs: 100 };
const afterDelay: DeliverySettings = { ...defaultDelivery, mode: 'after-delay', delayMs: 100 };
const byHand: DeliverySettings = { ...defaultDelivery, mode: 'by-hand', delayMs: 100 };

const setup = (delivery: DeliverySettings) => {
  const time = { now: 1_000 };
  const sandbox = aSandbox({ now: () => time.now, delivery });
  const at = (): number => sandbox.clock.now();
  return {
    sandbox,
    pass: (milliseconds: number): void => {
      time.now += milliseconds;
    },
    create: (id: string, email = `${id}@example.com`): Result =>
      sandbox.execute({
        type: 'CreateInvitation',
        at: at(),
        caller,
        invitationId: id,
        email,
        role: 'VIEWER',
      }),
    resend: (id: string): Result =>
      sandbox.execute({ type: 'ResendInvitation', at: at(), caller, invitationId: id }),
    readdress: (id: string, email: string): Result =>
      sandbox.execute({ type: 'UpdateInvitation', at: at(), caller, invitationId: id, email }),
    destroy: (id: string): Result =>
      sandbox.execute({ type: 'DestroyInvitation', at: at(), caller, invitationId: id }),
    accept: (id: string, email = `${id}@example.com`): Result =>
      sandbox.execute({
        type: 'AcceptInvitation',
        at: at(),
        caller: { userId: email, email, scope: null },
        invitationId: id,
        membershipId: `m-${id}`,
      }),
    deliver: (id: string, reason: string | null = null): Result =>
      sandbox.execute({
        type: 'DeliverInvitation',
        at: at(),
        invitationId: id,
        bounceReason: reason,
      }),
    stateOf: (id: string): string | undefined => findInvitation(sandbox.state(), id)?.state,
  };
};

describe('at once', () => {
  test('the answer to a create is pending, and the next read is sent', () => {
    const { create, stateOf } = setup(atOnce);
    const result = create('a');
    const left = result.kind === 'granted' ? findInvitation(result.state, 'a') : undefined;
    expect(left?.state).toBe('pending');
    expect(stateOf('a')).toBe('sent');
  });

  test('so it is after a resend and after a new address', () => {
    const { create, readdress, resend, stateOf } = setup(atOnce);
    create('a', 'bounce@example.com');
    expect(stateOf('a')).toBe('bounced');
    resend('a');
    expect(stateOf('a')).toBe('bounced');
    readdress('a', 'ann@example.com');
    expect(stateOf('a')).toBe('sent');
    readdress('a', 'bounce@example.com');
    expect(stateOf('a')).toBe('bounced');
  });

  test('another command settles what is due before it is decided', () => {
    const { create, deliver } = setup(atOnce);
    create('a');
    expect(deliver('a')).toEqual({ kind: 'rejected', rejection: 'delivery-not-pending' });
  });
});

describe('after a delay', () => {
  test('a message leaves when the delay is over, and not a millisecond before', () => {
    const { create, pass, stateOf } = setup(afterDelay);
    create('a');
    pass(99);
    expect(stateOf('a')).toBe('pending');
    pass(1);
    expect(stateOf('a')).toBe('sent');
  });

  test.each(['resend', 'readdress'] as const)('a %s starts the delay again', (verb) => {
    const { create, pass, readdress, resend, stateOf } = setup(afterDelay);
    create('a');
    pass(60);
    if (verb === 'resend') resend('a');
    else readdress('a', 'bounce@example.com');
    pass(60);
    expect(stateOf('a')).toBe('pending');
    pass(40);
    expect(stateOf('a')).toBe(verb === 'resend' ? 'sent' : 'bounced');
  });

  test('nothing is sent to a deleted invitation, nor to one that was made anew in its place', () => {
    const { create, destroy, pass, stateOf } = setup(afterDelay);
    create('a', 'ann@example.com');
    pass(50);
    destroy('a');
    create('b', 'ann@example.com');
    pass(50);
    expect(stateOf('a')).toBeUndefined();
    expect(stateOf('b')).toBe('pending');
    pass(50);
    expect(stateOf('b')).toBe('sent');
  });

  test('an accepted invitation stays accepted', () => {
    const { accept, create, pass, stateOf } = setup(afterDelay);
    create('a');
    expect(accept('a').kind).toBe('granted');
    pass(100);
    expect(stateOf('a')).toBe('accepted');
  });

  test('delivered by hand before its time it is not delivered again', () => {
    const { create, deliver, pass, stateOf } = setup(afterDelay);
    create('a');
    deliver('a', 'mailbox full');
    pass(100);
    expect(stateOf('a')).toBe('bounced');
  });

  test('under a steady load each message leaves in its turn', () => {
    const { create, pass, stateOf } = setup(afterDelay);
    for (let index = 0; index < 10_000; index += 1) {
      create(`i${index}`);
      pass(1);
      if (index >= 99 && index % 500 === 0) {
        expect(stateOf(`i${index - 99}`)).toBe('sent');
        expect(stateOf(`i${index - 98}`)).toBe('pending');
      }
    }
    pass(100);
    expect(['i0', 'i4095', 'i4096', 'i9999'].map(stateOf)).toEqual(Array(4).fill('sent'));
  });
});

describe('by hand', () => {
  test('nothing leaves by itself, however long it takes', () => {
    const { create, pass, stateOf } = setup(byHand);
    create('a');
    pass(1_000_000);
    expect(stateOf('a')).toBe('pending');
  });

  test('it is sent or bounced when told so', () => {
    const { create, deliver, stateOf } = setup(byHand);
    create('a');
    create('b');
    deliver('a');
    deliver('b', 'mailbox full');
    expect([stateOf('a'), stateOf('b')]).toEqual(['sent', 'bounced']);
  });
});

test('what happened before the sandbox opened is not delivered again', () => {
  const sandbox = aSandbox({
    now: () => 9_000,
    delivery: atOnce,
    history: [
      {
        type: 'InvitationCreated',
        at: 1,
        invitationId: 'old',
        organizationId: 'organization',
        inviterId: 'owner',
        email: 'ann@example.com',
        role: 'VIEWER',
      },
    ],
  });
  expect(findInvitation(sandbox.state(), 'old')?.state).toBe('pending');
});

test('a refused command leaves the state as it was', () => {
  const { create, sandbox, stateOf } = setup(byHand);
  create('a');
  expect(create('b', 'A@example.com')).toEqual({
    kind: 'rejected',
    rejection: 'address-already-invited',
  });
  expect(stateOf('b')).toBeUndefined();
  expect(sandbox.state().slots.size).toBe(1);
});

test.each([
  ['bounce@example.com', true],
  ['bounce+1@example.com', true],
  ['Bouncer@example.com', true],
  ['ann.bounce@example.com', false],
  ['ann@bounce.example.com', false],
])('by rule, %s bounces: %s', (email, bounces) => {
  expect(bounceReason(defaultBounceRules, email) !== null).toBe(bounces);
  if (bounces) expect(bounceReason(defaultBounceRules, email)).toContain(email);
});

test.each(['at-once', 'after-delay', 'by-hand'])('%s is a way to deliver', (mode) => {
  expect(isDeliveryMode(mode)).toBe(true);
  expect(isDeliveryMode(mode.toUpperCase())).toBe(false);
});
