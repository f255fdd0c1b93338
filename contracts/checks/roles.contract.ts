// What the role of an invitation means for those who would change it: nobody touches one above their own role.
import { json } from '../body.ts';
import type { Answer } from '../kit/client.ts';
import { expectStatus } from '../expect.ts';
import type { Invitation } from '../invitation.ts';
import { operations } from '../operations.ts';
import { roles, type Caller, type Role } from '../settings.ts';
import { contract } from '../engine/contract.ts';

const id = 'roles.invitation-above-own';

const changing = [
  'invitations_update',
  'invitations_partial_update',
  'invitations_resend_create',
  'invitations_destroy',
] as const;
type Changing = (typeof changing)[number];

type Wish = { readonly role: string; readonly email?: string };

const titleOf = (operation: Changing): string => {
  const { method, path } = operations[operation];
  return `${method}${path.endsWith('/resend/') ? ' resend' : ''}`;
};

export const checks = contract('roles', (kit) => {
  const { acceptedInvitation, address, createInvitation, expectUnchanged, once, rule, send } = kit;

  /** One of each role by the OWNER. Those above the caller's role are never changed, so the checks share them. */
  const team = once(async () => {
    const made = new Map<Role, Invitation>();
    for (const role of roles) made.set(role, await createInvitation({ role }));
    return made;
  });

  const oneOf = async (role: Role): Promise<Invitation> => {
    const made = (await team()).get(role);
    if (made === undefined) throw new Error(`There is no invitation as ${role}.`);
    return made;
  };

  /** What is asked for is within the caller's rights; only the invitation may not be. */
  const ask = (
    operation: Changing,
    { id: made, email }: Invitation,
    as: Caller,
    wish: Wish = { role: 'VIEWER' },
  ): Promise<Answer> => {
    const isUpdate = operation.endsWith('update');
    const fields = operation === 'invitations_update' ? { email, ...wish } : wish;
    return send(operation, { as, id: made, body: isUpdate ? json(fields) : undefined });
  };

  const expectForbidden = async (
    operation: Changing,
    role: Role,
    as: Caller,
    wish?: Wish,
  ): Promise<void> => {
    const made = await oneOf(role);
    expectStatus(await ask(operation, made, as, wish), 403);
    await expectUnchanged(made);
  };

  for (const operation of changing) {
    for (const [rank, as] of roles.entries()) {
      for (const role of roles.slice(0, rank)) {
        const title = `${titleOf(operation)} of ${role} by ${as} is refused`;
        rule(id, title, { needs: ['OWNER', as], operation }, async () => {
          await expectForbidden(operation, role, as);
        });
      }
      for (const role of roles.slice(rank)) {
        const title = `${titleOf(operation)} of ${role} by ${as} is not`;
        rule(id, title, { needs: ['OWNER', as], operation }, async () => {
          const answer = await ask(operation, await createInvitation({ role }), as);
          expectStatus(answer, operation === 'invitations_destroy' ? 204 : 200);
        });
      }
    }
    for (const as of ['VIEWER_JWT', 'VIEWER_API_KEY', 'ADMIN_JWT', 'ADMIN_API_KEY'] as const) {
      const title = `${titleOf(operation)} of OWNER by ${as} is refused`;
      rule(id, title, { needs: ['OWNER', as], operation }, async () => {
        await expectForbidden(operation, 'OWNER', as);
      });
    }
  }

  const wishes = {
    'of the address alone': () => ({ email: address() }),
    'of nothing': () => ({}),
    'to the role that it has': () => ({ role: 'ADMIN' }),
  } as const;
  for (const [title, wish] of Object.entries(wishes)) {
    const operation = 'invitations_partial_update';
    rule(id, `PATCH ${title} is refused`, { needs: ['OWNER', 'CONTRIB'], operation }, async () => {
      const made = await oneOf('ADMIN');
      const body = json(wish());
      expectStatus(await send(operation, { as: 'CONTRIB', id: made.id, body }), 403);
      await expectUnchanged(made);
    });
  }

  rule(
    id,
    'DELETE of an accepted one is refused too',
    { needs: ['OWNER', 'VIEWER', 'INVITEE', 'INVITEE_EMAIL'], operation: 'invitations_destroy' },
    async () => {
      const made = await acceptedInvitation({ role: 'CONTRIB' });
      expectStatus(await send('invitations_destroy', { as: 'VIEWER', id: made.id }), 403);
      await expectUnchanged(made);
    },
  );

  // A role above the own is read all the same, before the change and after it.
  rule(
    id,
    'one that was raised above the own is refused from then on',
    { needs: ['OWNER', 'ADMIN'], operation: 'invitations_destroy' },
    async () => {
      const made = await createInvitation({ as: 'ADMIN' });
      const body = json({ role: 'OWNER' });
      const raised = { as: 'OWNER', id: made.id, body } as const;
      expectStatus(await send('invitations_partial_update', raised), 200);
      expectStatus(await send('invitations_destroy', { as: 'ADMIN', id: made.id }), 403);
      await expectUnchanged({ ...made, role: 'OWNER' });
    },
  );
});
