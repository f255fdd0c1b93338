// What only a PATCH may do: leave fields out, and even the body.
import { encode, mediaTypes, raw, type Fields } from '../../body.ts';
import type { Answer } from '../../kit/client.ts';
import { expectInvitation } from '../../expect.ts';
import type { Invitation } from '../../invitation.ts';
import { bouncing, roles, type Caller } from '../../settings.ts';
import { contract } from '../../engine/contract.ts';

const operation = 'invitations_partial_update';
const callers = [...roles, 'JWT', 'API_KEY'] as const;

export const checks = contract('invitations/partial-update', (kit) => {
  const { address, createInvitation, patch, retrieve, rule, send, sentInvitation } = kit;

  for (const as of callers) {
    rule('partial-update.answer', `${as} gives both fields`, ['OWNER', as], async () => {
      const made = await createInvitation();
      const fields = { email: address(as), role: 'VIEWER' };
      expectInvitation(await patch(made, fields, as), 200, { id: made.id, ...fields });
      await retrieve(made.id, fields, as);
    });
    rule('partial-update.answer', `${as} gives an address`, ['OWNER', as], async () => {
      const made = await createInvitation();
      const email = address(as);
      expectInvitation(await patch(made, { email }, as), 200, { id: made.id, email });
      await retrieve(made.id, { email, role: 'VIEWER' }, as);
    });
  }
  for (const [title, needs, make] of [
    ['of a sent one', {}, sentInvitation],
    ['of a bounced one', bouncing, kit.bouncedInvitation],
  ] as const) {
    rule('partial-update.answer', title, needs, async () => {
      const made = await make();
      expectInvitation(await patch(made, { role: 'ADMIN' }), 200, { role: 'ADMIN' });
      await retrieve(made.id, { role: 'ADMIN' });
    });
  }

  const expectNothingChanged = async (
    made: Invitation,
    answer: Answer,
    as: Caller = 'OWNER',
  ): Promise<void> => {
    kit.expectSame(made, answer);
    await kit.expectUnchanged(made, as);
  };

  for (const as of callers) {
    rule('partial-update.body-optional', `for ${as}`, ['OWNER', as], async () => {
      const made = await createInvitation();
      await expectNothingChanged(made, await send(operation, { as, id: made.id }), as);
    });
  }
  rule('partial-update.body-optional', 'with a media type all the same', {}, async () => {
    const made = await createInvitation({ role: 'CONTRIB' });
    const body = raw('', 'application/json');
    await expectNothingChanged(made, await send(operation, { as: 'OWNER', id: made.id, body }));
  });
  rule('partial-update.body-optional', 'of a sent one', {}, async () => {
    const made = await sentInvitation({ role: 'ADMIN' });
    await expectNothingChanged(made, await send(operation, { as: 'OWNER', id: made.id }));
  });

  for (const role of roles) {
    rule('partial-update.absent-fields-stay', `an address leaves ${role}`, {}, async () => {
      const made = await createInvitation({ role });
      const email = address();
      expectInvitation(await patch(made, { email }), 200, { email, role });
      await retrieve(made.id, { email, role });
    });
  }
  for (const mediaType of mediaTypes) {
    const id = 'partial-update.absent-fields-stay';
    const expectBoth = async (made: Invitation, fields: Fields): Promise<void> => {
      const asking = { as: 'OWNER', id: made.id, body: encode(mediaType, fields) } as const;
      const both = { email: made.email, role: made.role, ...fields };
      expectInvitation(await send(operation, asking), 200, both);
      await retrieve(made.id, both);
    };
    rule(id, `a role leaves the address, as ${mediaType}`, {}, async () => {
      const made = await createInvitation({ email: address('OWNER', 'Contract') });
      await expectBoth(made, { role: 'ADMIN' });
    });
    rule(id, `an address leaves the role, as ${mediaType}`, {}, async () => {
      await expectBoth(await createInvitation({ role: 'CONTRIB' }), { email: address() });
    });
  }
  rule('partial-update.absent-fields-stay', 'an empty object changes nothing', {}, async () => {
    const made = await createInvitation({ role: 'CONTRIB' });
    await expectNothingChanged(made, await patch(made, {}));
  });
  rule('partial-update.absent-fields-stay', 'two in a row add up', {}, async () => {
    const made = await createInvitation();
    const email = address();
    expectInvitation(await patch(made, { email }), 200, { email });
    expectInvitation(await patch(made, { role: 'ADMIN' }), 200, { email, role: 'ADMIN' });
    await retrieve(made.id, { email, role: 'ADMIN' });
  });
});
