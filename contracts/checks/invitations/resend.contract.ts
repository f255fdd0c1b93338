// Resending: the message goes out once more, and the answer says how far it is.
import { randomUUID } from 'node:crypto';
import { disappoint, expectDetail, expectInvitation, expectStatus } from '../../expect.ts';
import { bouncing, invitee, roles } from '../../settings.ts';
import { contract } from '../../engine/contract.ts';

/** Often enough for a target that sends while it answers to show `pending` in one of its answers. */
const attempts = 4;

export const checks = contract('invitations/resend', (kit) => {
  const { address, bouncedInvitation, createInvitation, expectSameBut, resend, retrieve } = kit;
  const { rule, whenState } = kit;

  for (const as of [...roles, 'JWT', 'API_KEY'] as const) {
    rule('resend.answer', `${as} resends what the OWNER made`, ['OWNER', as], async () => {
      const made = await createInvitation();
      expectSameBut(made, await resend(made.id, as));
      await retrieve(made.id, { membership: null });
    });
  }
  for (const role of roles) {
    rule('resend.answer', `an invitation as ${role}`, {}, async () => {
      const made = await createInvitation({ role });
      expectSameBut(made, await resend(made.id));
    });
  }
  rule('resend.answer', 'a bounced one', bouncing, async () => {
    const bounced = await bouncedInvitation();
    expectSameBut(bounced, await resend(bounced.id));
  });
  rule('resend.answer', 'the one that was asked for, not the newest', {}, async () => {
    const older = await createInvitation();
    const newer = await createInvitation();
    expectSameBut(older, await resend(older.id));
    await kit.expectUnchanged(newer);
  });

  /** That the answer is `pending`, or, from a target that sends before it answers, what follows. */
  const expectPending = async (id: string, outcome: 'sent' | 'bounced'): Promise<void> => {
    const isFirst = await kit.answersPending();
    for (let attempt = 1; ; attempt += 1) {
      const answer = await resend(id);
      const { state } = expectInvitation(answer, 200);
      if (state === 'pending' || (!isFirst && state === outcome)) return;
      if (attempt === attempts || state !== outcome) disappoint(answer, 'the state pending');
      await whenState(id, outcome);
    }
  };

  const takeSent = kit.stockOfSent(4);

  rule('resend.back-to-pending', 'one that is sent', {}, async () => {
    const { id } = await takeSent();
    await expectPending(id, 'sent');
  });
  rule('resend.back-to-pending', 'one that is sent, each time again', {}, async () => {
    const { id } = await takeSent();
    for (let time = 0; time < 2; time += 1) {
      await expectPending(id, 'sent');
      await whenState(id, 'sent');
    }
  });
  rule('resend.back-to-pending', 'one that has bounced', bouncing, async () => {
    const { id } = await bouncedInvitation();
    await expectPending(id, 'bounced');
  });
  rule('resend.back-to-pending', 'one that is pending stays so', {}, async () => {
    const { id } = await createInvitation();
    await expectPending(id, 'sent');
  });
  rule('resend.back-to-pending', 'a read sees it too, where it takes a while', {}, async () => {
    const { id } = await takeSent();
    await expectPending(id, 'sent');
    if (!(await kit.showsPending())) return;
    for (let attempt = 1; attempt <= attempts; attempt += 1) {
      await whenState(id, 'sent');
      await resend(id);
      if ((await retrieve(id)).state === 'pending') return;
    }
    throw new Error(`Invitation ${id} was resent, but never read as pending.`);
  });

  rule('resend.goes-out-again', 'one that is sent', {}, async () => {
    const { id } = await takeSent();
    for (let time = 0; time < 2; time += 1) {
      expectInvitation(await resend(id), 200);
      await whenState(id, 'sent');
    }
  });
  rule('resend.goes-out-again', 'one that is pending', {}, async () => {
    const { id } = await createInvitation();
    expectInvitation(await resend(id), 200);
    expectInvitation(await resend(id), 200);
    await whenState(id, 'sent');
  });
  rule('resend.goes-out-again', 'one that has bounced', bouncing, async () => {
    const { id } = await bouncedInvitation();
    expectInvitation(await resend(id), 200);
    await whenState(id, 'bounced');
  });
  for (const as of ['ADMIN', 'CONTRIB', 'VIEWER'] as const) {
    rule('resend.goes-out-again', `asked by ${as}`, ['OWNER', as], async () => {
      const { id } = await createInvitation();
      expectInvitation(await resend(id, as), 200);
      await whenState(id, 'sent');
    });
  }

  /** The next read may be ahead of the answer by what comes by itself; never behind it, and never elsewhere. */
  const expectNewest = async (id: string, outcome: string): Promise<void> => {
    const answer = await resend(id);
    const { state } = expectInvitation(answer, 200);
    if (state !== 'pending' && state !== outcome) disappoint(answer, `pending or ${outcome}`);
    const next = await retrieve(id);
    const isRight = next.state === outcome || (next.state === 'pending' && state === 'pending');
    if (!isRight) disappoint(answer, `no other state than what the next read shows: ${next.state}`);
  };

  rule('resend.newest-state', 'one that is pending', {}, async () => {
    await expectNewest((await createInvitation()).id, 'sent');
  });
  rule('resend.newest-state', 'one that is sent', {}, async () => {
    const { id } = await kit.sentInvitation();
    await expectNewest(id, 'sent');
    await expectPending(id, 'sent');
  });
  rule('resend.newest-state', 'one that has bounced', bouncing, async () => {
    const { id } = await bouncedInvitation();
    await expectNewest(id, 'bounced');
    await whenState(id, 'bounced');
    await expectPending(id, 'bounced');
  });
  rule('resend.newest-state', 'one that bounced at an earlier address', bouncing, async () => {
    const bounced = await bouncedInvitation();
    await kit.changeAddress(bounced, address());
    await expectNewest(bounced.id, 'sent');
  });
  rule('resend.newest-state', 'beside the newest address and role', {}, async () => {
    const { id } = await createInvitation();
    const fields = { email: address(), role: 'CONTRIB' };
    expectInvitation(await kit.patch({ id }, fields), 200);
    expectInvitation(await resend(id), 200, fields);
  });

  for (const as of roles) {
    rule('resend.accepted', `asked by ${as}`, [...invitee, as], async () => {
      const accepted = await kit.acceptedInvitation();
      expectStatus(await resend(accepted.id, as), 404);
      await kit.expectUnchanged(accepted);
    });
  }

  rule('errors.not-found-detail', 'resend of what nothing has', {}, async () => {
    expectDetail(await resend(randomUUID()), 404);
    const { id } = await createInvitation();
    await kit.withdraw(id);
    expectDetail(await resend(id), 404);
  });
});
