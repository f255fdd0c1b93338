// Writes that are refused, and leave all as it was: a role above the caller's own and an address that is taken, alike in each media
// type and by either scheme; an invitation that is accepted.
import { expectInvitation, expectStatus } from '../../expect.ts';
import type { Invitation } from '../../invitation.ts';
import { bouncing, invitee, roles, type Caller, type Need, type Role } from '../../settings.ts';
import { methodOf, updates, type Update } from '../../kit/asking.ts';
import { contract } from '../../engine/contract.ts';
import { encode, mediaTypes } from '../../body.ts';
import { operations, writingOperations } from '../../operations.ts';

const pairs: readonly (readonly [Caller, Role])[] = [
  ...roles.flatMap((caller, rank) => roles.slice(0, rank).map((role) => [caller, role] as const)),
  ['VIEWER_JWT', 'OWNER'],
  ['VIEWER_API_KEY', 'OWNER'],
];

const cases = {
  'as it is': (email: string) => email,
  'in capitals': (email: string) => email.toUpperCase(),
  'with a capital local part': (email: string) =>
    email.replace(/^[^@]+/, (part) => part.toUpperCase()),
  'with a capital domain': (email: string) => email.replace(/[^@]+$/, (part) => part.toUpperCase()),
} as const;

const ruleOf = {
  invitations_create: { role: 'create.role-above-own', address: 'create.duplicate-address' },
  invitations_update: { role: 'update.role-above-own', address: 'update.address-taken' },
  invitations_partial_update: { role: 'update.role-above-own', address: 'update.address-taken' },
} as const;

export const checks = contract('invitations/refused-writes', (kit) => {
  const { acceptedInvitation, address, createInvitation, once, retrieve, rule, update } = kit;

  /** None of the updates here may change it, so they share it. */
  const ours = once(() => createInvitation());
  const others = once(() => createInvitation());
  const accepted = once(() => acceptedInvitation());

  const expectRefused = async (
    operation: Update,
    invitation: Invitation,
    change: Readonly<Record<string, unknown>>,
    { as = 'OWNER', status }: { as?: Caller; status: number },
  ): Promise<void> => {
    expectStatus(await update(operation, invitation, change, as), status);
    await kit.expectUnchanged(invitation, as);
  };

  for (const operation of updates) {
    const method = methodOf(operation);
    const id = 'update.role-above-own';
    for (const [as, role] of pairs) {
      const title = `${method} by ${as} does not make it ${role}`;
      rule(id, title, { needs: ['OWNER', as], operation }, async () => {
        await expectRefused(operation, await ours(), { role }, { as, status: 403 });
      });
    }
    rule(id, `${method} of the caller's own one`, { needs: ['ADMIN'], operation }, async () => {
      const as = 'ADMIN';
      const made = await createInvitation({ as });
      await expectRefused(operation, made, { role: 'OWNER' }, { as, status: 403 });
    });
    const byContrib = { needs: ['OWNER', 'CONTRIB'], operation } as const;
    rule(id, `${method} of the address along with the role`, byContrib, async () => {
      const change = { email: address(), role: 'ADMIN' };
      await expectRefused(operation, await ours(), change, { as: 'CONTRIB', status: 403 });
    });
  }

  for (const operation of updates) {
    const method = methodOf(operation);
    const id = 'update.address-taken';
    /** The address comes of another one, which has it; what is changed besides is asked for too. */
    const refuses = (
      title: string,
      needs: readonly Need[],
      take: () => Promise<Pick<Invitation, 'email'>>,
      { as = 'OWNER', ...besides }: { readonly as?: Caller; readonly role?: Role } = {},
    ): void => {
      rule(id, `${method} ${title}`, { needs, operation }, async () => {
        const { email } = await take();
        const change = { email, ...besides };
        await expectRefused(operation, await ours(), change, { as, status: 404 });
      });
    };
    for (const [title, change] of Object.entries(cases)) {
      const respelled = async () => ({ email: change((await others()).email) });
      refuses(`to another's address ${title}`, ['OWNER'], respelled);
    }
    refuses('to an address that was given in capitals', ['OWNER'], async () => {
      const email = address();
      await createInvitation({ email: email.toUpperCase() });
      return { email };
    });
    refuses('of the role along with the address', ['OWNER'], others, { role: 'CONTRIB' });
    for (const as of ['ADMIN', 'CONTRIB', 'VIEWER'] as const) {
      refuses(`by ${as}`, ['OWNER', as], others, { as });
    }
    refuses('to the address of a bounced one', bouncing, kit.bouncedInvitation);
    refuses('to the address of an accepted one', invitee, accepted);
    refuses('to an address that an update gave', ['OWNER'], async () =>
      expectInvitation(
        await update(operation, await createInvitation(), { email: address() }),
        200,
      ),
    );
  }

  // What is not taken, though it looks like it.
  for (const operation of updates) {
    const method = methodOf(operation);
    const id = 'update.address-taken';
    for (const [title, change] of Object.entries(cases)) {
      rule(id, `${method} to its own address ${title} is none`, { operation }, async () => {
        const made = await createInvitation();
        const answer = await update(operation, made, { email: change(made.email) });
        const { email } = expectInvitation(answer, 200, { id: made.id });
        if (email.toLowerCase() !== made.email) throw new Error(`Expected ${made.email}: ${email}`);
      });
    }
    rule(id, `${method} to the address of a deleted one is none`, { operation }, async () => {
      const gone = await createInvitation();
      const made = await createInvitation();
      await kit.withdraw(gone.id);
      const { email } = gone;
      expectInvitation(await update(operation, made, { email }), 200, { email });
    });
    const givenUp = `${method} to an address that another one gave up is none`;
    rule(id, givenUp, { operation }, async () => {
      const { email, ...other } = await createInvitation();
      const made = await createInvitation();
      expectStatus(await update(operation, { ...other, email }, { email: address() }), 200);
      expectInvitation(await update(operation, made, { email }), 200, { email });
    });
    rule(id, `${method} to a sub-address of a taken one is none`, { operation }, async () => {
      // One that is told apart: where nothing can be removed, the other check's is still there.
      const email = (await others()).email.replace('@', `+${method.toLowerCase()}@`);
      const made = await createInvitation();
      expectInvitation(await update(operation, made, { email }), 200, { email });
    });
  }

  const changes = {
    'a role': () => ({ role: 'CONTRIB' }),
    'an address': () => ({ email: address() }),
    both: () => ({ email: address(), role: 'CONTRIB' }),
    nothing: () => ({}),
  } as const;
  for (const operation of updates) {
    for (const [title, change] of Object.entries(changes)) {
      const name = `${methodOf(operation)} of ${title}`;
      rule('update.accepted', name, { needs: invitee, operation }, async () => {
        const made = await accepted();
        expectStatus(await update(operation, made, change()), 404);
        const { membership, email, role } = made;
        await retrieve(made.id, { state: 'accepted', membership, email, role });
      });
    }
  }

  const { expectExistingUnchanged, expectListed, sendRight } = kit;

  const taken = once(() => createInvitation({ role: 'CONTRIB' }));

  for (const operation of writingOperations) {
    const ids = ruleOf[operation];
    for (const mediaType of mediaTypes) {
      const title = `${operations[operation].method} by ${mediaType}`;
      for (const as of ['VIEWER_JWT', 'VIEWER_API_KEY'] as const) {
        const options = { needs: ['OWNER', as], operation } as const;
        rule(ids.role, `${title}, asked by ${as}`, options, async () => {
          const email = address(as);
          const body = encode(mediaType, { email, role: 'OWNER' });
          expectStatus(await sendRight(operation, { as, body }), 403);
          await expectExistingUnchanged();
          await expectListed({ email }, []);
        });
      }
      for (const as of ['JWT', 'API_KEY'] as const) {
        const options = { needs: ['OWNER', as], operation } as const;
        rule(ids.address, `${title}, asked by ${as}`, options, async () => {
          const other = await taken();
          const body = encode(mediaType, { email: other.email, role: 'VIEWER' });
          expectStatus(await sendRight(operation, { as, body }), 404);
          await expectExistingUnchanged();
          await expectListed({ email: other.email }, [other]);
        });
      }
    }
  }
});
