// What the role of an invitation means for those who would change it: nobody touches one above their own role.
import type { Answer } from '../kit/client.ts';
import { expectStatus } from '../expect.ts';
import type { Invitation } from '../invitation.ts';
import { methodOf } from '../kit/asking.ts';
import { changingOperations } from '../operations.ts';
import { roles, type Caller, type Role } from '../settings.ts';
import { contract } from '../engine/contract.ts';

const id = 'roles.invitation-above-own';

type Command = (typeof changingOperations)[number];

export const checks = contract('roles', (kit) => {
  const { acceptedInvitation, address, createInvitation, expectUnchanged, rule } = kit;

  const team = kit.teamOf();
  const oneOf = async (role: Role): Promise<Invitation> =>
    (await team()).find((made) => made.role === role) ?? createInvitation({ role });

  /** What is asked for is within the caller's rights; only the invitation may not be. */
  const ask = (operation: Command, made: Invitation, as: Caller): Promise<Answer> =>
    kit.command(operation, made, { role: 'VIEWER' }, as);

  for (const operation of changingOperations) {
    const refuses = (as: Caller, role: Role): void => {
      const title = `${methodOf(operation)} of ${role} by ${as} is refused`;
      rule(id, title, { needs: ['OWNER', as], operation }, async () => {
        const made = await oneOf(role);
        expectStatus(await ask(operation, made, as), 403);
        await expectUnchanged(made);
      });
    };
    for (const [rank, as] of roles.entries()) {
      for (const role of roles.slice(0, rank)) refuses(as, role);
      for (const role of roles.slice(rank)) {
        const title = `${methodOf(operation)} of ${role} by ${as} is not`;
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
