// What an update changes: the address, the role, of this invitation and of no other. What a PATCH may leave out, which
// updates are refused, and what becomes of the state have suites of their own.
import { encode, json, mediaTypes, type Body } from '../../body.ts';
import { expectInvitation, expectRefusal, expectStatus } from '../../expect.ts';
import { bouncing, roles } from '../../settings.ts';
import { methodOf, updates } from '../../kit/asking.ts';
import { contract } from '../../engine/contract.ts';

export const checks = contract('invitations/update', (kit) => {
  const { address, createInvitation, expectListed, expectUnchanged, retrieve, rule, update } = kit;

  for (const as of [...roles, 'JWT', 'API_KEY'] as const) {
    rule('update.answer', `${as} gives both fields`, ['OWNER', as], async () => {
      const { id } = await createInvitation();
      const fields = { email: address(as), role: 'VIEWER' };
      const answer = await kit.send('invitations_update', { as, id, body: json(fields) });
      expectInvitation(answer, 200, { id, ...fields });
      await retrieve(id, fields, as);
    });
  }
  for (const [title, needs, make] of [
    ['of a sent one', {}, kit.sentInvitation],
    ['of a bounced one', bouncing, kit.bouncedInvitation],
  ] as const) {
    rule('update.answer', title, needs, async () => {
      const made = await make();
      const fields = { email: address(), role: 'CONTRIB' };
      expectInvitation(await update('invitations_update', made, fields), 200, fields);
      await retrieve(made.id, fields);
    });
  }
  rule('update.answer', 'with what is there already changes nothing', {}, async () => {
    const made = await createInvitation({ role: 'CONTRIB' });
    kit.expectSame(made, await update('invitations_update', made, {}));
    await expectUnchanged(made);
  });

  const lackings = {
    'an address alone': () => ({ email: address() }),
    'no role but null': () => ({ email: address(), role: null }),
    'a role alone': () => ({ role: 'CONTRIB' }),
    'no address but null': () => ({ email: null, role: 'CONTRIB' }),
    'neither of them': () => ({}),
    'read-only fields alone': () => ({ state: 'accepted' }),
  } as const;
  const refuses = (title: string, write: () => Body): void => {
    rule('update.requires-both', `${title} is refused`, {}, async () => {
      const { id, ...made } = await createInvitation();
      expectRefusal(await kit.send('invitations_update', { as: 'OWNER', id, body: write() }));
      await expectUnchanged({ id, ...made });
    });
  };
  for (const [title, fields] of Object.entries(lackings)) refuses(title, () => json(fields()));
  for (const mediaType of mediaTypes.filter((one) => one !== 'application/json')) {
    refuses(`email alone as ${mediaType}`, () => encode(mediaType, { email: address() }));
    refuses(`role alone as ${mediaType}`, () => encode(mediaType, { role: 'CONTRIB' }));
  }

  for (const operation of updates) {
    const method = methodOf(operation);

    rule(`update.email`, `${method} changes it, for whoever reads`, { operation }, async () => {
      const made = await createInvitation({ role: 'CONTRIB' });
      const email = address();
      const answer = await update(operation, made, { email });
      expectInvitation(answer, 200, { id: made.id, email, role: 'CONTRIB' });
      await retrieve(made.id, { id: made.id, email, role: 'CONTRIB', membership: null });
      await expectListed({ email }, [made]);
      await expectListed({ email: made.email }, []);
    });
    rule(`update.email`, `${method} leaves the old address free`, { operation }, async () => {
      const { email, ...made } = await createInvitation();
      expectStatus(await update(operation, { ...made, email }, { email: address() }), 200);
      await createInvitation({ email });
    });
    rule(`create.duplicate-address`, `the one that a ${method} gave`, {}, async () => {
      const made = await createInvitation();
      const email = address();
      expectStatus(await update(operation, made, { email }), 200);
      expectStatus(await kit.create({ email, role: 'VIEWER' }), 404);
    });
    rule(`update.email`, `${method} changes no other invitation`, { operation }, async () => {
      const before = await createInvitation();
      const made = await createInvitation();
      const after = await createInvitation();
      expectStatus(await update(operation, made, { email: address(), role: 'ADMIN' }), 200);
      await expectUnchanged(before);
      await expectUnchanged(after);
    });
    rule(`update.email`, `${method} keeps a sub-address`, { operation }, async () => {
      const made = await createInvitation();
      const email = made.email.replace('@', '+tag@');
      expectInvitation(await update(operation, made, { email }), 200, { email });
      await retrieve(made.id, { email });
    });
    rule(`update.email`, `${method} takes capital letters`, { operation }, async () => {
      const made = await createInvitation();
      const email = address().toUpperCase();
      const read = [expectInvitation(await update(operation, made, { email }), 200)];
      read.push(await retrieve(made.id));
      for (const { email: got } of read) {
        if (got.toUpperCase() !== email) throw new Error(`Expected ${email}, but got ${got}`);
      }
    });

    rule('schema.email-length', `${method} takes 254 characters`, { operation }, async () => {
      const made = await createInvitation();
      const email = kit.addressOfLength(254);
      expectInvitation(await update(operation, made, { email }), 200, { email });
      await retrieve(made.id, { email });
    });
    rule('schema.email-length', `${method} refuses 255 characters`, { operation }, async () => {
      const made = await createInvitation();
      expectRefusal(await update(operation, made, { email: kit.addressOfLength(255) }));
      await expectUnchanged(made);
    });
  }

  for (const operation of updates) {
    for (const [rank, as] of roles.entries()) {
      for (const role of roles.slice(rank)) {
        const title = `${methodOf(operation)} by ${as} makes it ${role}`;
        rule('update.role', title, { needs: ['OWNER', as], operation }, async () => {
          const made = await createInvitation({ role: role === 'VIEWER' ? as : 'VIEWER' });
          const { id, email } = made;
          expectInvitation(await update(operation, made, { role }, as), 200, { id, email, role });
          await retrieve(id, { email, role }, as);
        });
      }
    }
    rule('update.role', `${methodOf(operation)} shows in the list`, { operation }, async () => {
      const made = await createInvitation();
      expectStatus(await update(operation, made, { role: 'ADMIN' }), 200);
      await expectListed({ email: made.email, role: 'ADMIN' }, [made]);
      await expectListed({ email: made.email, role: 'VIEWER' }, []);
    });
  }
});
