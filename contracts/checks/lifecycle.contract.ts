// State over time: what comes by itself after a create or a resend, and that nothing leads away from `accepted`.
import { encode, json, mediaTypes } from '../body.ts';
import { detailIn, type Update } from '../kit/asking.ts';
import type { Answer } from '../kit/client.ts';
import { disappoint, expectInvitation, expectPage } from '../expect.ts';
import { isRecord } from '../invitation.ts';
import { bouncing, invitee, roles } from '../settings.ts';
import { contract } from '../engine/contract.ts';

const expectReason = (answer: Answer): void => {
  expectInvitation(answer, 200, { state: 'bounced' });
  if (detailIn(answer) === '') disappoint(answer, 'a reason in state_detail');
};

type Attempt = readonly [
  operation: Update | 'invitations_resend_create',
  title: string,
  fields?: () => Readonly<Record<string, unknown>>,
];
const final = { needs: invitee } as const;

export const checks = contract('lifecycle', (kit) => {
  const { accept, address, bouncedInvitation, list, resend, rule, send, settings, whenState } = kit;

  /** That it is `pending` until it is what it has to become, and never anything else. */
  const expectBecomes = async (id: string, outcome: string): Promise<void> => {
    const { held, value } = await kit.poll(
      () => kit.read(id),
      (answer) => expectInvitation(answer, 200).state !== 'pending',
      settings,
    );
    const expected = `the state ${outcome} within ${settings.timeoutMs} ms (CONTRACT_TIMEOUT)`;
    if (!held || expectInvitation(value, 200).state !== outcome) disappoint(value, expected);
  };

  /** What a target settles only because it is read is settled all the same. */
  const expectStays = async (id: string, state: string): Promise<void> => {
    for (let reads = 0; reads < 3; reads += 1) await kit.retrieve(id, { state });
  };

  /** Made together, since waiting for all of them takes no longer than waiting for one. */
  const team = kit.teamOf();
  for (const [rank, role] of roles.entries()) {
    rule('lifecycle.becomes-sent', `created as ${role}`, {}, async () => {
      const id = (await team())[rank]?.id ?? '';
      await expectBecomes(id, 'sent');
      await expectStays(id, 'sent');
    });
  }
  for (const as of ['ADMIN', 'JWT', 'API_KEY'] as const) {
    rule('lifecycle.becomes-sent', `created by ${as}`, ['OWNER', as], async () => {
      await expectBecomes((await kit.createInvitation({ as })).id, 'sent');
    });
  }
  for (const mediaType of mediaTypes) {
    rule('lifecycle.becomes-sent', `created by ${mediaType}`, {}, async () => {
      const body = encode(mediaType, { email: address(), role: 'VIEWER' });
      const answer = await send('invitations_create', { as: 'OWNER', body });
      await expectBecomes(expectInvitation(answer, 201).id, 'sent');
    });
  }
  rule('lifecycle.becomes-sent', 'resent before it was sent', {}, async () => {
    const { id } = await kit.createInvitation();
    expectInvitation(await resend(id), 200);
    await expectBecomes(id, 'sent');
    await expectStays(id, 'sent');
  });
  rule('lifecycle.becomes-sent', 'resent, time and again', {}, async () => {
    const { id } = await kit.sentInvitation();
    for (let time = 0; time < 3; time += 1) {
      expectInvitation(await resend(id), 200);
      await expectBecomes(id, 'sent');
    }
  });
  rule('lifecycle.becomes-sent', 'resent as what it was changed to', {}, async () => {
    const { id } = await kit.createInvitation();
    expectInvitation(await kit.patch({ id }, { role: 'ADMIN', email: address() }), 200);
    expectInvitation(await resend(id), 200);
    await expectBecomes(id, 'sent');
  });
  const freed = 'resent from an address that takes mail, after one that does not';
  rule('lifecycle.becomes-sent', freed, bouncing, async () => {
    const bounced = await bouncedInvitation();
    await kit.changeAddress(bounced, address());
    await whenState(bounced.id, 'sent');
    expectInvitation(await resend(bounced.id), 200);
    await expectBecomes(bounced.id, 'sent');
  });
  rule('lifecycle.becomes-sent', 'the others stay as they are', {}, async () => {
    const one = await kit.sentInvitation();
    const other = await kit.sentInvitation();
    expectInvitation(await resend(other.id), 200);
    await expectStays(one.id, 'sent');
  });

  for (const role of roles) {
    rule('lifecycle.becomes-bounced', `created as ${role}`, bouncing, async () => {
      const { id } = await bouncedInvitation({ role });
      await expectStays(id, 'bounced');
    });
  }
  rule('lifecycle.becomes-bounced', 'resent, time and again', bouncing, async () => {
    const { id } = await bouncedInvitation();
    for (let time = 0; time < 3; time += 1) {
      expectInvitation(await resend(id), 200);
      await expectBecomes(id, 'bounced');
    }
  });
  const refused = 'resent to an address that refuses mail, after one that does not';
  rule('lifecycle.becomes-bounced', refused, bouncing, async () => {
    // Moved away, so that the address is free to come back to; nobody else is using it meanwhile.
    const moved = await bouncedInvitation();
    await kit.changeAddress(moved, address());
    await whenState(moved.id, 'sent');
    await kit.changeAddress(moved, settings.bounceEmail ?? '');
    await whenState(moved.id, 'bounced');
    expectInvitation(await resend(moved.id), 200);
    await expectBecomes(moved.id, 'bounced');
  });
  rule('lifecycle.bounce-reason', 'after a create', bouncing, async () => {
    const { id } = await bouncedInvitation();
    expectReason(await kit.read(id));
  });
  rule('lifecycle.bounce-reason', 'after each resend', bouncing, async () => {
    const { id } = await bouncedInvitation();
    for (let time = 0; time < 2; time += 1) {
      expectInvitation(await resend(id), 200);
      await whenState(id, 'bounced');
      expectReason(await kit.read(id));
    }
  });
  rule('lifecycle.bounce-reason', 'in the list', bouncing, async () => {
    const { id, email } = await bouncedInvitation();
    const answer = await list({ email, state: 'bounced' });
    const index = expectPage(answer).results.findIndex((item) => item.id === id);
    const results = isRecord(answer.json) ? answer.json['results'] : undefined;
    const item: unknown = Array.isArray(results) ? results[index] : undefined;
    if (detailIn({ ...answer, json: item }) === '') disappoint(answer, 'a reason in state_detail');
  });
  rule('lifecycle.bounce-reason', 'when only the role has changed', bouncing, async () => {
    const { id } = await bouncedInvitation();
    expectReason(await kit.patch({ id }, { role: 'CONTRIB' }));
    expectReason(await kit.read(id));
  });
  const asItIs = { email: settings.inviteeEmail, role: 'VIEWER' };
  const attempts: readonly Attempt[] = [
    ['invitations_update', 'a new address', () => ({ email: address(), role: 'VIEWER' })],
    ['invitations_update', 'a new role', () => ({ ...asItIs, role: 'CONTRIB' })],
    ['invitations_update', 'what it has', () => asItIs],
    ['invitations_update', 'a state', () => ({ ...asItIs, state: 'pending' })],
    ['invitations_partial_update', 'a new address', () => ({ email: address() })],
    ['invitations_partial_update', 'a new role', () => ({ role: 'CONTRIB' })],
    ['invitations_partial_update', 'a state', () => ({ state: 'pending', membership: null })],
    ['invitations_partial_update', 'nothing', () => ({})],
    ['invitations_resend_create', 'nothing'],
  ];
  for (const [operation, title, fields] of attempts) {
    const options = { needs: invitee, operation };
    rule('lifecycle.accepted-is-final', `${operation} with ${title}`, options, async () => {
      const accepted = await kit.acceptedInvitation();
      const body = fields && json(fields());
      await send(operation, { as: 'OWNER', id: accepted.id, body });
      await kit.expectUnchanged(accepted);
    });
  }
  for (const as of ['INVITEE', 'OWNER_JWT', 'OWNER_API_KEY'] as const) {
    const operation = 'invitations_accept_create';
    const options = { needs: [...invitee, as], operation } as const;
    rule('lifecycle.accepted-is-final', `${operation} by ${as}`, options, async () => {
      const accepted = await kit.acceptedInvitation();
      await accept(accepted.id, as);
      await kit.expectUnchanged(accepted);
    });
  }

  /** That a message which is still on its way, or was until just now, no longer counts. */
  const expectAcceptedAfterDelivery = async (id: string): Promise<void> => {
    expectInvitation(await accept(id), 200, { state: 'accepted' });
    await kit.sentInvitation();
    await kit.retrieve(id, { state: 'accepted' });
  };
  rule('lifecycle.accepted-is-final', 'accepted before it is sent', final, async () => {
    await expectAcceptedAfterDelivery((await kit.invitationForInvitee()).id);
  });
  rule('lifecycle.accepted-is-final', 'accepted after a resend', final, async () => {
    const { id } = await kit.invitationForInvitee();
    await whenState(id, 'sent');
    expectInvitation(await resend(id), 200);
    await expectAcceptedAfterDelivery(id);
  });
});
