// Messages on their way: a courier that takes its time, what happens in the meantime, and messages that leave unseen.
import { describe, expect, test } from '@jest/globals';
import type { ScopedCaller } from '../../domain/caller.ts';
import { findInvitation } from '../../domain/state.ts';
import type { Courier, SendResult } from './courier.ts';
import { defaultDelivery, type DeliverySettings } from './delivery-settings.ts';
import type { Letter } from './message.ts';
import { aSandbox } from './sandbox.suite.ts';

const caller: ScopedCaller = {
  userId: 'owner',
  email: 'owner@example.com',
  scope: { organizationId: 'organization', role: 'OWNER' },
};

type Posted = {
  readonly letter: Letter;
  readonly isWanted: () => boolean;
  readonly answer: (verdict: SendResult) => Promise<void>;
};

/** A courier whose answers the test gives. */
const aCourier = () => {
  const posted: Posted[] = [];
  const heard: (() => void)[] = [];
  const courier: Courier = {
    isPrompt: true,
    send: (letter, isWanted) =>
      new Promise((resolve) => {
        const answer = async (verdict: SendResult): Promise<void> => {
          resolve(verdict);
          // Whoever was promised the answer hears it before the test goes on.
          await new Promise((done) => setImmediate(done));
        };
        posted.push({ letter, isWanted, answer });
        heard.splice(0).forEach((tell) => {
          tell();
        });
      }),
    close: () => Promise.resolve(),
  };
  const next = async (): Promise<Posted> => {
    for (;;) {
      const one = posted.shift();
      if (one !== undefined) return one;
      await new Promise<void>((resolve) => heard.push(resolve));
    }
  };
  return { courier, posted, next };
};

const setup = (changes: Partial<DeliverySettings> = {}) => {
  const time = { now: 1_000 };
  const { courier, posted, next } = aCourier();
  const sandbox = aSandbox({
    now: () => time.now,
    delivery: { ...defaultDelivery, ...changes },
    courier,
  });
  const on = { at: 1_000, caller, invitationId: 'a' };
  const email = 'a@example.com';
  return {
    sandbox,
    posted,
    next,
    time,
    create: (to = email) =>
      sandbox.execute({ ...on, type: 'CreateInvitation', email: to, role: 'VIEWER' }),
    resend: () => sandbox.execute({ ...on, type: 'ResendInvitation' }),
    readdress: () =>
      sandbox.execute({ ...on, type: 'UpdateInvitation', email: 'other@example.com' }),
    destroy: () => sandbox.execute({ ...on, type: 'DestroyInvitation' }),
    accept: () =>
      sandbox.execute({
        ...on,
        type: 'AcceptInvitation',
        caller: { userId: 'a', email, scope: null },
        membershipId: 'm',
      }),
    deliver: (bounceReason: string | null) =>
      sandbox.execute({ ...on, type: 'DeliverInvitation', bounceReason }),
    current: () => {
      const invitation = findInvitation(sandbox.state(), 'a');
      return [invitation?.state, invitation?.stateDetail];
    },
  };
};

const taken: SendResult = { kind: 'taken' };
const refused: SendResult = { kind: 'refused', reason: '550 no such user' };

test('a message leaves although nobody looks, and is pending until the courier answers', async () => {
  const { create, current, next, sandbox, time } = setup();
  create();
  const { letter, answer } = await next();
  expect(letter).toMatchObject({ invitationId: 'a', email: 'a@example.com', sandbox: 'test' });
  expect(current()).toEqual(['pending', '']);
  expect(sandbox.outbox.count()).toBe(0);
  time.now += 500;
  await answer(taken);
  expect(sandbox.outbox.list()).toEqual([{ letter, at: 1_500, bounceReason: null }]);
  expect(current()).toEqual(['sent', '']);
  sandbox.close();
});

test('the words of a refusal become the detail of a bounced invitation', async () => {
  const { create, current, next, sandbox } = setup();
  create();
  await (await next()).answer(refused);
  expect(current()).toEqual(['bounced', '550 no such user']);
  expect(sandbox.outbox.list()[0]).toMatchObject({ bounceReason: '550 no such user' });
  sandbox.close();
});

test('what a bounce rule matches never reaches the courier', () => {
  const { create, current, posted, sandbox } = setup();
  create('bounce@example.com');
  expect(current()[0]).toBe('bounced');
  expect(posted).toHaveLength(0);
  expect(sandbox.outbox.list()[0]?.bounceReason).toContain('<bounce@example.com>');
  sandbox.close();
});

describe('while a message is under way', () => {
  test.each(['resend', 'readdress'] as const)(
    'a %s sends another one, and what is said of the first counts for nothing',
    async (verb) => {
      const fake = setup();
      fake.create();
      const first = await fake.next();
      fake[verb]();
      expect(first.isWanted()).toBe(false);
      const second = await fake.next();
      await first.answer(refused);
      expect(fake.current()[0]).toBe('pending');
      await second.answer(taken);
      expect(fake.current()).toEqual(['sent', '']);
      expect(fake.sandbox.outbox.list().map(({ letter }) => letter)).toEqual([second.letter]);
      fake.sandbox.close();
    },
  );

  test.each([
    ['destroy', undefined],
    ['accept', 'accepted'],
  ] as const)('a %s lets what is said of it count for nothing', async (verb, state) => {
    const fake = setup();
    fake.create();
    const { answer, isWanted } = await fake.next();
    fake[verb]();
    expect(isWanted()).toBe(false);
    await answer(refused);
    expect(fake.current()[0]).toBe(state);
    expect(fake.sandbox.outbox.count()).toBe(0);
    fake.sandbox.close();
  });

  test('new settings do not send it twice', async () => {
    const { create, current, next, posted, sandbox } = setup();
    create();
    const { answer, isWanted } = await next();
    sandbox.delivery.configure({ ...defaultDelivery, mode: 'after-delay', delayMs: 0 });
    sandbox.state();
    expect(posted).toHaveLength(0);
    expect(isWanted()).toBe(true);
    await answer(taken);
    expect(current()[0]).toBe('sent');
    sandbox.close();
  });

  test.each(['open', 'close'] as const)('%s of the sandbox makes it unwanted', async (verb) => {
    const { create, next, sandbox } = setup();
    create();
    const { answer, isWanted } = await next();
    if (verb === 'open') sandbox.open({ history: [], waiting: [], pageSize: 10 });
    else sandbox.close();
    expect(isWanted()).toBe(false);
    await answer(refused);
    expect(sandbox.outbox.count()).toBe(0);
    sandbox.close();
  });
});

describe('by hand', () => {
  test('nothing leaves by itself', () => {
    const { create, posted, sandbox } = setup({ mode: 'by-hand' });
    create();
    sandbox.state();
    expect(posted).toHaveLength(0);
    sandbox.close();
  });

  test('what is said to be sent is sent, and the courier has no say in it', async () => {
    const { create, current, deliver, next, sandbox } = setup({ mode: 'by-hand' });
    create();
    deliver(null);
    expect(current()[0]).toBe('sent');
    const { letter, answer } = await next();
    await answer(refused);
    expect(current()[0]).toBe('sent');
    expect(sandbox.outbox.list()).toEqual([{ letter, at: 1_000, bounceReason: null }]);
    sandbox.close();
  });

  test('what is said to be bounced is not sent', () => {
    const { create, deliver, posted, sandbox } = setup({ mode: 'by-hand' });
    create();
    deliver('mailbox full');
    expect(posted).toHaveLength(0);
    expect(sandbox.outbox.list()).toMatchObject([{ bounceReason: 'mailbox full' }]);
    sandbox.close();
  });
});

test('opening another world empties the outbox', async () => {
  const { create, next, sandbox } = setup();
  create();
  await (await next()).answer(taken);
  sandbox.open({ history: [], waiting: [], pageSize: 10 });
  expect(sandbox.outbox.count()).toBe(0);
  sandbox.close();
});
