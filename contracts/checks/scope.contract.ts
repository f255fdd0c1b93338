// A JWT without the scope of an organization: enough to accept an invitation, and for nothing else.
import { randomUUID } from 'node:crypto';
import { json } from '../body.ts';
import { expectDetail, expectInvitation } from '../expect.ts';
import { commonOperations, writingOperations } from '../operations.ts';
import { isLinked } from '../kit/asking.ts';
import { roles } from '../settings.ts';
import { contract } from '../engine/contract.ts';

const needs = ['OWNER', 'INVITEE'] as const;
const toAccept = [...needs, 'INVITEE_EMAIL'] as const;

const scoped = commonOperations.filter((operation) => operation !== 'invitations_accept_create');

export const checks = contract('scope', (kit) => {
  const { accept, acceptedInvitation, bodyFor, invitationForInvitee, rule, send, sendRight } = kit;

  for (const role of roles) {
    rule('scope.accept-without', `an invitation as ${role}`, toAccept, async () => {
      const { id } = await invitationForInvitee({ role });
      expectInvitation(await accept(id), 200, { state: 'accepted' });
    });
  }
  rule('scope.accept-without', 'by a user who is a member already', toAccept, async () => {
    const { id } = await acceptedInvitation();
    await kit.destroy({ id });
    expectInvitation(await accept((await invitationForInvitee()).id), 200, { state: 'accepted' });
  });
  rule('scope.accept-without', 'into two organizations', [...toAccept, 'OUTSIDER'], async () => {
    const ours = await invitationForInvitee();
    const theirs = await invitationForInvitee({ as: 'OUTSIDER' });
    expectInvitation(await accept(ours.id), 200, { state: 'accepted' });
    expectInvitation(await accept(theirs.id), 200, { state: 'accepted' });
  });

  for (const operation of scoped) {
    rule('scope.required-elsewhere', operation, { needs, operation }, async () => {
      expectDetail(await sendRight(operation, { as: 'INVITEE' }), 403);
      await kit.expectExistingUnchanged();
    });
  }
  const collections: readonly string[] = ['invitations_list', 'invitations_create'];
  for (const operation of scoped.filter((one) => !collections.includes(one))) {
    const title = `${operation} with an id that nothing has`;
    rule('scope.required-elsewhere', title, { needs, operation }, async () => {
      const asking = { as: 'INVITEE', id: randomUUID(), body: bodyFor(operation) } as const;
      expectDetail(await send(operation, asking), 403);
    });
  }
  for (const operation of writingOperations) {
    const title = `${operation} with a body that is wrong`;
    rule('scope.required-elsewhere', title, { needs, operation }, async () => {
      expectDetail(await sendRight(operation, { as: 'INVITEE', body: json({ email: 'no' }) }), 403);
    });
  }
  const listing = { needs, operation: 'invitations_list' } as const;
  rule('scope.required-elsewhere', 'invitations_list with filters', listing, async () => {
    const queries = [{ role: 'VIEWER' }, { state: 'sent' }, { role: 'BOSS' }, { page: 9_999 }];
    for (const query of queries) expectDetail(await kit.list(query, 'INVITEE'), 403);
  });
  const creating = { needs, operation: 'invitations_create' } as const;
  rule('scope.required-elsewhere', 'invitations_create makes nothing', creating, async () => {
    const email = kit.address();
    expectDetail(await kit.create({ email, role: 'VIEWER' }, 'INVITEE'), 403);
    await kit.expectListed({ email }, []);
  });

  // Who is invited, or has accepted, has the right to no more; that takes another JWT.
  for (const operation of scoped.filter((one) => !isLinked(one))) {
    const title = `${operation} by whom it invites`;
    rule('scope.required-elsewhere', title, { needs: toAccept, operation }, async () => {
      const invitation = await invitationForInvitee();
      const asking = { as: 'INVITEE', id: invitation.id, body: bodyFor(operation) } as const;
      expectDetail(await send(operation, asking), 403);
      await kit.expectUnchanged(invitation);
    });
  }
  for (const operation of scoped) {
    const title = `${operation} by a member`;
    rule('scope.required-elsewhere', title, { needs: toAccept, operation }, async () => {
      const { id, membership } = await acceptedInvitation();
      const isOwn = operation === 'memberships_retrieve';
      const own = isOwn ? membership?.split('/').at(-2) : id;
      const answer =
        isLinked(operation) && !isOwn
          ? await sendRight(operation, { as: 'INVITEE' })
          : await send(operation, { as: 'INVITEE', id: own ?? '', body: bodyFor(operation) });
      expectDetail(answer, 403);
    });
  }
});
