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
  ): Promise<Answer> => {
    const fields = { ...(operation === 'invitations_update' && { email }), role: 'VIEWER' };
    const body = operation.endsWith('update') ? json(fields) : undefined;
    return send(operation, { as, id: made, body });
  };

  for (const operation of changing) {
    const refuses = (as: Caller, role: Role): void => {
      const title = `${titleOf(operation)} of ${role} by ${as} is refused`;
      rule(id, title, { needs: ['OWNER', as], operation }, async () => {
        const made = await oneOf(role);
        expectStatus(await ask(operation, made, as), 403);
        await expectUnchanged(made);
      });
    };
    for (const [rank, as] of roles.entries()) {
      for (const role of roles.slice(0, rank)) refuses(as, role);
      for (const role of roles.slice(rank)) {
        const title = `${titleOf(operation)} of ${role} by ${as} is not`;
        rule(id, title, { needs: ['OWNER', as], operation }, async () => {
          const answer = await ask(operation, await createInvitation({ role }), as);
          expectStatus(answer, operation === 'invitations_destroy' ? 204 : 200);
        });
      }
    }
    for (const as of ['VIEWER_JWT', 'VIEWER_API_KEY', 'ADMIN_JWT', 'ADMIN_API_KEY'] as const) {
      refuses(as, 'OWNER');
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
      expectStatus(await kit.patch(made, wish(), 'CONTRIB'), 403);
      await expectUnchanged(made);
    });
  }

  const operation = 'invitations_destroy';
  const byViewer = { needs: ['OWNER', 'VIEWER', 'INVITEE', 'INVITEE_EMAIL'], operation } as const;
  rule(id, 'DELETE of an accepted one is refused too', byViewer, async () => {
    const made = await acceptedInvitation({ role: 'CONTRIB' });
    expectStatus(await kit.destroy(made, 'VIEWER'), 403);
    await expectUnchanged(made);
  });

  // A role above the own is read all the same, before the change and after it.
  const byAdmin = { needs: ['OWNER', 'ADMIN'], operation } as const;
  rule(id, 'one that was raised above the own is refused from then on', byAdmin, async () => {
    const made = await createInvitation({ as: 'ADMIN' });
    expectStatus(await kit.patch(made, { role: 'OWNER' }), 200);
    expectStatus(await kit.destroy(made, 'ADMIN'), 403);
    await expectUnchanged({ ...made, role: 'OWNER' });
  });
});
