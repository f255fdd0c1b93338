// Updates that are refused: a role above the caller's own, an address that is taken, an invitation that is accepted.
// Each leaves the invitation as it was.
import { expectInvitation, expectStatus } from '../../expect.ts';
import type { Invitation } from '../../invitation.ts';
import { bouncing, invitee, roles, type Caller, type Role } from '../../settings.ts';
import { methodOf, updates, type Update } from '../../kit/updating.ts';
import { contract } from '../../engine/contract.ts';

const pairs = roles.flatMap((caller, rank) =>
  roles.slice(0, rank).map((role): readonly [Role, Role] => [caller, role]),
);

const cases = {
  'as it is': (email: string) => email,
  'in capitals': (email: string) => email.toUpperCase(),
  'with a capital local part': (email: string) =>
    email.replace(/^[^@]+/, (part) => part.toUpperCase()),
  'with a capital domain': (email: string) => email.replace(/[^@]+$/, (part) => part.toUpperCase()),
} as const;

export const checks = contract('invitations/refused-updates', (kit) => {
  const { acceptedInvitation, address, createInvitation, once, retrieve, rule, send, update } = kit;

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
    for (const as of ['VIEWER_JWT', 'VIEWER_API_KEY'] as const) {
      const title = `${method} by ${as} does not make it OWNER`;
      rule(id, title, { needs: ['OWNER', as], operation }, async () => {
        await expectRefused(operation, await ours(), { role: 'OWNER' }, { as, status: 403 });
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
    const options = { operation };
    for (const [title, change] of Object.entries(cases)) {
      rule(id, `${method} to another's address ${title}`, options, async () => {
        const { email } = await others();
        await expectRefused(operation, await ours(), { email: change(email) }, { status: 404 });
      });
    }
    rule(id, `${method} to an address that was given in capitals`, options, async () => {
      const email = address();
      await createInvitation({ email: email.toUpperCase() });
      await expectRefused(operation, await ours(), { email }, { status: 404 });
    });
    rule(id, `${method} of the role along with the address`, options, async () => {
      const { email } = await others();
      await expectRefused(operation, await ours(), { email, role: 'CONTRIB' }, { status: 404 });
    });
    for (const as of ['ADMIN', 'CONTRIB', 'VIEWER'] as const) {
      rule(id, `${method} by ${as}`, { needs: ['OWNER', as], operation }, async () => {
        const { email } = await others();
        await expectRefused(operation, await ours(), { email }, { as, status: 404 });
      });
    }
    for (const [title, needs, make] of [
      ['a bounced one', bouncing, () => kit.bouncedInvitation()],
      ['an accepted one', invitee, accepted],
    ] as const) {
      rule(id, `${method} to the address of ${title}`, { needs, operation }, async () => {
        const { email } = await make();
        await expectRefused(operation, await ours(), { email }, { status: 404 });
      });
    }
    rule(id, `${method} to an address that an update gave`, options, async () => {
      const other = await createInvitation();
      const email = address();
      expectStatus(await update(operation, other, { email }), 200);
      await expectRefused(operation, await ours(), { email }, { status: 404 });
    });
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
      expectStatus(await send('invitations_destroy', { as: 'OWNER', id: gone.id }), 204);
      expectInvitation(await update(operation, made, { email: gone.email }), 200, {
        email: gone.email,
      });
    });
    const givenUp = `${method} to an address that another one gave up is none`;
    rule(id, givenUp, { operation }, async () => {
      const { email, ...other } = await createInvitation();
      const made = await createInvitation();
      expectStatus(await update(operation, { ...other, email }, { email: address() }), 200);
      expectInvitation(await update(operation, made, { email }), 200, { email });
    });
    rule(id, `${method} to a sub-address of a taken one is none`, { operation }, async () => {
      const taken = await others();
      const email = taken.email.replace('@', '+tag@');
      expectInvitation(await update(operation, await createInvitation(), { email }), 200, {
        email,
      });
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
});
