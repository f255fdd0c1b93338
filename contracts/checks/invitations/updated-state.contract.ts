// What becomes of the state when an invitation is updated: with a new address, and without one.
import { disappoint, expectInvitation, expectStatus } from '../../expect.ts';
import type { Invitation } from '../../invitation.ts';
import { NotExercised } from '../../not-exercised.ts';
import { methodOf, updates, type Update } from '../../kit/asking.ts';
import { bouncing } from '../../settings.ts';
import { contract } from '../../engine/contract.ts';

/** A message may overtake an answer or a read by chance, but not every time. */
const attempts = 3;

const sames = {
  'another role': () => ({ role: 'CONTRIB' }),
  'its own address': ({ email }: Invitation) => ({ email }),
  'its own address and another role': ({ email }: Invitation) => ({ email, role: 'ADMIN' }),
  'its own role': ({ role }: Invitation) => ({ role }),
  nothing: () => ({}),
} as const;

export const checks = contract('invitations/updated-state', (kit) => {
  const { address, createInvitation, retrieve, rule, sentInvitation, update, whenState } = kit;

  const sent = kit.stockOfSent(20);

  /** The address whose messages come back, once no invitation has it. Not for one of the stock, which stays to the end. */
  const freeBounceEmail = async (): Promise<string> => {
    const email = kit.settings.bounceEmail ?? '';
    const { held } = await kit.poll(
      async () => (await kit.page({ email })).count,
      (count) => count === 0,
      kit.settings,
    );
    if (held) return email;
    throw new NotExercised(`CONTRACT_BOUNCE_EMAIL (${email}) has an invitation already`);
  };

  /**
   * A target that delivers before it answers never shows `pending` in an answer. A resend tells: it, too, puts the state back
   * and sends.
   */
  const deliversFirst = kit.once(async () => {
    const { id } = await sentInvitation();
    return expectInvitation(await kit.resend(id), 200).state !== 'pending';
  });

  /** Whether `pending` lasts until the next read, as other commands show it. */
  const showsPending = kit.once(async () => {
    const { id } = await createInvitation();
    if ((await retrieve(id)).state !== 'pending') return false;
    await whenState(id, 'sent');
    expectStatus(await kit.resend(id), 200);
    return (await retrieve(id)).state === 'pending';
  });

  const expectPending = async (
    operation: Update,
    make: () => Promise<Invitation>,
    change: { readonly role?: string },
  ): Promise<void> => {
    for (let attempt = 1; ; attempt += 1) {
      const made = await make();
      const answer = await update(operation, made, { email: address(), ...change });
      const { state } = expectInvitation(answer, 200);
      if (state === 'pending') return;
      if (state !== 'sent') disappoint(answer, 'the state pending');
      if (await deliversFirst()) return;
      if (attempt === attempts) disappoint(answer, 'the state pending');
    }
  };

  for (const operation of updates) {
    const method = methodOf(operation);
    const id = 'update.new-address-is-pending';
    const bounces = { needs: bouncing, operation } as const;

    for (const [title, needs, make, change] of [
      ['a sent one', ['OWNER'], sent, {}],
      ['a sent one, with a role', ['OWNER'], sent, { role: 'CONTRIB' }],
      ['a pending one', ['OWNER'], createInvitation, {}],
      ['a bounced one', bouncing, kit.bouncedInvitation, {}],
    ] as const) {
      rule(id, `${method} of ${title}`, { needs, operation }, () =>
        expectPending(operation, make, change),
      );
    }
    rule(id, `${method} of a sent one, to where it bounces`, bounces, async () => {
      const made = await sentInvitation();
      const answer = await update(operation, made, { email: await freeBounceEmail() });
      const { state } = expectInvitation(answer, 200);
      if (!['pending', 'bounced'].includes(state)) disappoint(answer, 'the state pending');
    });
    rule(id, `${method}: the reads go on from the answer`, { operation }, async () => {
      for (let attempt = 1; ; attempt += 1) {
        const made = await sent();
        const answer = await update(operation, made, { email: address() });
        const { state } = expectInvitation(answer, 200);
        const read = await retrieve(made.id);
        if (state === 'sent' && read.state !== 'sent')
          disappoint(answer, `the state ${read.state}`);
        await whenState(made.id, 'sent');
        await retrieve(made.id, { state: 'sent' });
        if (state !== 'pending' || read.state === 'pending' || !(await showsPending())) return;
        if (attempt === attempts) disappoint(answer, 'the state pending in the next read too');
      }
    });
  }

  for (const operation of updates) {
    const method = methodOf(operation);
    const id = 'update.new-address-is-sent-to';

    for (const [title, needs, make] of [
      ['a sent one', ['OWNER'], sent],
      ['a pending one', ['OWNER'], createInvitation],
      ['a bounced one to a good address', bouncing, kit.bouncedInvitation],
    ] as const) {
      rule(id, `${method} of ${title}`, { needs, operation }, async () => {
        const made = await make();
        expectStatus(await update(operation, made, { email: address() }), 200);
        await whenState(made.id, 'sent');
      });
    }
    for (const [title, make] of [
      ['a sent one', sentInvitation],
      ['a pending one', createInvitation],
    ] as const) {
      const options = { needs: bouncing, operation } as const;
      rule(id, `${method} of ${title} to where it bounces`, options, async () => {
        const made = await make();
        expectStatus(await update(operation, made, { email: await freeBounceEmail() }), 200);
        await whenState(made.id, 'bounced');
      });
    }
  }

  /** Nothing here gives it another address or state, so the checks share it. */
  const bounced = kit.once(() => kit.bouncedInvitation());

  for (const operation of updates) {
    const method = methodOf(operation);
    const id = 'update.role-alone-keeps-state';
    for (const [title, change] of Object.entries(sames)) {
      rule(id, `${method} of a sent one with ${title}`, { operation }, async () => {
        const made = await sent();
        const answer = await update(operation, made, change(made));
        expectInvitation(answer, 200, { state: 'sent' });
        await retrieve(made.id, { state: 'sent' });
      });
    }
    for (const [title, change] of [
      // Another one for each operation, as they share the invitation.
      ['another role', { role: operation === 'invitations_update' ? 'CONTRIB' : 'ADMIN' }],
      ['nothing', {}],
    ] as const) {
      const options = { needs: bouncing, operation } as const;
      rule(id, `${method} of a bounced one with ${title}`, options, async () => {
        const made = await bounced();
        const answer = await update(operation, made, change);
        expectInvitation(answer, 200, { state: 'bounced' });
        await retrieve(made.id, { state: 'bounced' });
      });
    }
    rule(id, `${method} of a pending one stops no message`, { operation }, async () => {
      const made = await createInvitation();
      const answer = await update(operation, made, { role: 'CONTRIB' });
      const { state } = expectInvitation(answer, 200);
      if (!['pending', 'sent'].includes(state)) disappoint(answer, 'the state pending');
      await whenState(made.id, 'sent');
    });
  }
});
