// 406 and 415: what the target does not speak, and what it does not read.
import { json, raw, type Body } from '../../body.ts';
import type { Answer } from '../../kit/client.ts';
import { expectDetail, expectPage, expectStatus } from '../../expect.ts';
import { commonOperations, writingOperations } from '../../operations.ts';
import { invitee, invitingRoles, roles } from '../../settings.ts';
import { contract } from '../../engine/contract.ts';

// Not text/html: the family has pages for people, too.
const picture = { accept: 'image/png' } as const;

const others = [
  'text/plain',
  'text/json',
  'application/xml',
  'application/octet-stream',
  'application/vnd.api+json',
  'application/merge-patch+json',
  'application/jsonx',
  'multipart/mixed; boundary=x',
] as const;

export const checks = contract('errors/media-types', (kit) => {
  const { accept, address, expectExistingUnchanged, expectListed, rule, send, sendRight } = kit;

  for (const operation of commonOperations) {
    rule('errors.not-acceptable', operation, { operation }, async () => {
      expectDetail(await sendRight(operation, { as: 'OWNER', headers: picture }), 406);
      await expectExistingUnchanged();
    });
  }
  for (const accepted of [
    'image/*',
    'audio/mpeg;q=0.9, video/mp4',
    'application/pdf',
    'application/octet-stream',
    'image/json',
  ]) {
    rule('errors.not-acceptable', `"${accepted}"`, { changes: false }, async () => {
      const headers = { accept: accepted };
      expectDetail(await send('invitations_list', { as: 'OWNER', headers }), 406);
    });
  }
  for (const as of [...roles.slice(1), 'JWT', 'API_KEY'] as const) {
    rule('errors.not-acceptable', `asked by ${as}`, { needs: [as], changes: false }, async () => {
      expectDetail(await send('invitations_list', { as, headers: picture }), 406);
    });
  }
  for (const operation of commonOperations.filter((one) => one !== 'invitations_list')) {
    for (const as of ['JWT', 'API_KEY'] as const) {
      const options = { needs: ['OWNER', as], operation } as const;
      rule('errors.not-acceptable', `${operation} asked by ${as}`, options, async () => {
        expectDetail(await sendRight(operation, { as, headers: picture }), 406);
        await expectExistingUnchanged();
      });
    }
  }
  for (const accepted of [
    '*/*',
    'application/*',
    'image/png, application/json;q=0.5',
    'image/png, */*;q=0.1',
    'application/json; charset=utf-8',
  ]) {
    rule('errors.not-acceptable', `"${accepted}" leaves room`, { changes: false }, async () => {
      expectPage(await send('invitations_list', { as: 'OWNER', headers: { accept: accepted } }));
    });
  }
  rule('errors.not-acceptable', 'a create makes nothing', {}, async () => {
    const email = address();
    const body = json({ email, role: 'VIEWER' });
    expectStatus(await send('invitations_create', { as: 'OWNER', body, headers: picture }), 406);
    await expectListed({ email }, []);
  });
  rule('errors.not-acceptable', 'an accept changes nothing', invitee, async () => {
    const invitation = await kit.invitationForInvitee();
    const { id } = invitation;
    const asking = { as: 'INVITEE', id, headers: picture } as const;
    expectDetail(await send('invitations_accept_create', asking), 406);
    await kit.expectUnchanged(invitation);
    expectStatus(await accept(id), 200);
  });

  const write = async (
    operation: (typeof writingOperations)[number],
    body: Body,
    as: 'OWNER' | 'ADMIN' | 'CONTRIB' | 'VIEWER' | 'JWT' = 'OWNER',
  ): Promise<Answer> => send(operation, { as, id: (await kit.existing()).id, body });

  for (const operation of writingOperations) {
    for (const other of others) {
      rule('errors.unsupported-media-type', `${operation}: ${other}`, { operation }, async () => {
        const email = address();
        const text = JSON.stringify({ email, role: 'CONTRIB' });
        expectDetail(await write(operation, raw(text, other)), 415);
        await expectExistingUnchanged();
        await expectListed({ email }, []);
      });
    }
    const callers = operation === 'invitations_create' ? invitingRoles : roles;
    for (const as of [...callers.slice(1), 'JWT'] as const) {
      const options = { needs: ['OWNER', as], operation } as const;
      rule('errors.unsupported-media-type', `${operation} by ${as}`, options, async () => {
        const text = JSON.stringify({ email: address(as), role: 'VIEWER' });
        expectDetail(await write(operation, raw(text, 'text/plain'), as), 415);
      });
    }
  }
  const withCharset = 'not for JSON that says its character set';
  rule('errors.unsupported-media-type', withCharset, {}, async () => {
    const { id } = await kit.createInvitation();
    const body = raw('{"role":"CONTRIB"}', 'application/json; charset=utf-8');
    expectStatus(await send('invitations_partial_update', { as: 'OWNER', id, body }), 200);
  });
});
