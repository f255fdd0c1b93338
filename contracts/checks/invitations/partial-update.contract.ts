// What only a PATCH may do: leave fields out, and even the body.
import { encode, json, mediaTypes, raw } from '../../body.ts';
import type { Answer } from '../../kit/client.ts';
import { disappoint, expectInvitation } from '../../expect.ts';
import type { Invitation } from '../../invitation.ts';
import { isSame } from '../../kit/reading.ts';
import { bouncing, roles, type Caller } from '../../settings.ts';
import { contract } from '../../engine/contract.ts';

const operation = 'invitations_partial_update';
const callers = [...roles, 'JWT', 'API_KEY'] as const;

export const checks = contract('invitations/partial-update', (kit) => {
  const { address, createInvitation, expectUnchanged, retrieve, rule, send, sentInvitation } = kit;

  const patch = (
    { id }: Invitation,
    fields: Readonly<Record<string, unknown>>,
    as: Caller = 'OWNER',
  ): Promise<Answer> => send(operation, { as, id, body: json(fields) });

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
  rule('partial-update.answer', 'of a sent one', {}, async () => {
    const made = await sentInvitation();
    expectInvitation(await patch(made, { role: 'ADMIN' }), 200, { role: 'ADMIN' });
    await retrieve(made.id, { role: 'ADMIN' });
  });
  rule('partial-update.answer', 'of a bounced one', bouncing, async () => {
    const made = await kit.bouncedInvitation();
    expectInvitation(await patch(made, { role: 'ADMIN' }), 200, { role: 'ADMIN' });
    await retrieve(made.id, { role: 'ADMIN' });
  });

  const expectNothingChanged = async (
    made: Invitation,
    answer: Answer,
    as: Caller = 'OWNER',
  ): Promise<void> => {
    if (!isSame(made, expectInvitation(answer, 200))) {
      disappoint(answer, `the invitation as it was: ${JSON.stringify(made)}`);
    }
    await expectUnchanged(made, as);
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
    rule(id, `a role leaves the address, as ${mediaType}`, {}, async () => {
      const made = await createInvitation({ email: address('OWNER', 'Contract') });
      const body = encode(mediaType, { role: 'ADMIN' });
      const { email } = made;
      const answer = await send(operation, { as: 'OWNER', id: made.id, body });
      expectInvitation(answer, 200, { email, role: 'ADMIN' });
      await retrieve(made.id, { email, role: 'ADMIN' });
    });
    rule(id, `an address leaves the role, as ${mediaType}`, {}, async () => {
      const made = await createInvitation({ role: 'CONTRIB' });
      const email = address();
      const body = encode(mediaType, { email });
      const answer = await send(operation, { as: 'OWNER', id: made.id, body });
      expectInvitation(answer, 200, { email, role: 'CONTRIB' });
      await retrieve(made.id, { email, role: 'CONTRIB' });
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
