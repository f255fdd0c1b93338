// Deleting: in which states, what is gone then, and what stays.
import { disappoint, expectStatus, pathIn } from '../../expect.ts';
import { toPage, toRecord, type Invitation } from '../../invitation.ts';
import { changingOperations, operations } from '../../operations.ts';
import { bouncing, invitee, roles, type Caller } from '../../settings.ts';
import { contract } from '../../engine/contract.ts';

export const checks = contract('invitations/destroy', (kit) => {
  const { acceptedInvitation, createInvitation, destroy, expectGone, rule, sentInvitation } = kit;

  const expectDestroyed = async (invitation: Invitation, as: Caller = 'OWNER'): Promise<void> => {
    const answer = await destroy(invitation, as);
    expectStatus(answer, 204);
    if (answer.text !== '') disappoint(answer, '204 with an empty body');
  };

  for (const as of [...roles, 'JWT', 'API_KEY'] as const) {
    rule('destroy.answer', `${as} deletes one`, ['OWNER', as], async () => {
      await expectDestroyed(await createInvitation(), as);
    });
  }
  for (const as of ['ADMIN', 'CONTRIB', 'VIEWER'] as const) {
    rule('destroy.answer', `${as} deletes the OWNER's`, ['OWNER', as], async () => {
      const made = await createInvitation();
      await expectDestroyed(made, as);
      await expectGone(made);
    });
  }
  rule('destroy.answer', "the OWNER deletes ADMIN's", ['OWNER', 'ADMIN'], async () => {
    const made = await createInvitation({ as: 'ADMIN' });
    await expectDestroyed(made);
    await expectGone(made, 'ADMIN');
  });

  rule('destroy.gone', 'it can be retrieved no more, nor found', {}, async () => {
    const made = await sentInvitation();
    await expectDestroyed(made);
    await expectGone(made);
  });
  rule('destroy.gone', 'no list has it, whatever the filter', {}, async () => {
    const made = await sentInvitation();
    await expectDestroyed(made);
    const { role, state } = made;
    for (const query of [{}, { role }, { state }, { role, state }]) {
      // The newest are on the last page; a target that cannot be asked for it has nothing to answer for here.
      const answer = await kit.list({ ...query, page: 'last' });
      const { results = [] } = toPage(answer.json) ?? {};
      if (results.some(({ id }) => id === made.id)) disappoint(answer, `no ${made.id} in the list`);
    }
  });
  rule('destroy.gone', 'the others stay', {}, async () => {
    const before = await createInvitation();
    const made = await createInvitation();
    const after = await createInvitation();
    await expectDestroyed(made);
    await kit.expectUnchanged(before);
    await kit.expectUnchanged(after);
  });
  rule('destroy.gone', 'its address is free', {}, async () => {
    const made = await createInvitation();
    await expectDestroyed(made);
    const again = await createInvitation({ email: made.email });
    if (again.id === made.id) throw new Error(`The id ${made.id} was given twice.`);
    expectStatus(await kit.read(made.id), 404);
  });
  for (const operation of changingOperations) {
    const { method, path } = operations[operation];
    const title = `${method} ${path} finds it no more, nor brings it back`;
    rule('destroy.gone', title, { operation }, async () => {
      const made = await createInvitation();
      await expectDestroyed(made);
      const { email, role } = made;
      expectStatus(await kit.command(operation, made, { email, role }), 404);
      await expectGone(made);
    });
  }
  rule('destroy.gone', 'a message on its way does not bring it back', {}, async () => {
    const made = await createInvitation();
    await expectDestroyed(made);
    // What was made later is sent: the earlier message, if it went out at all, has gone out too.
    await sentInvitation();
    await expectGone(made);
  });

  const states = [
    ['pending', ['OWNER'], createInvitation],
    ['sent', ['OWNER'], sentInvitation],
    ['bounced', bouncing, kit.bouncedInvitation],
    ['accepted', invitee, acceptedInvitation],
  ] as const;
  for (const [state, needs, make] of states) {
    rule('destroy.every-state', state, needs, async () => {
      const made = await make();
      await expectDestroyed(made);
      await expectGone(made);
    });
  }

  rule('destroy.membership-stays', 'it is answered as before', invitee, async () => {
    const made = await acceptedInvitation();
    const path = pathIn(made.membership ?? '');
    const read = async (): Promise<string> => {
      const answer = await kit.request('GET', path, { as: 'OWNER' });
      expectStatus(answer, 200);
      const { id, role, user } = toRecord(answer.json);
      return [id, role, user].join();
    };
    const before = await read();
    await expectDestroyed(made);
    const after = await read();
    if (before !== after) throw new Error(`The membership was ${before} and is ${after}.`);
  });
});
