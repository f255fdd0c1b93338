// Who may invite, and hand out which role.
import { expectDetail, expectStatus } from '../../expect.ts';
import { invitingRoles, otherRoles, roles, type Role } from '../../settings.ts';
import { contract } from '../../engine/contract.ts';

const operation = 'invitations_create';

const rank = (role: Role): number => roles.indexOf(role);

/** The roles' order is assumed, but that OWNER is above them all, and VIEWER below, is in the names. */
const surelyAbove = [
  ['ADMIN', 'OWNER'],
  ['CONTRIB', 'OWNER'],
  ['VIEWER', 'OWNER'],
  ['VIEWER', 'ADMIN'],
  ['VIEWER', 'CONTRIB'],
  ['VIEWER_JWT', 'OWNER'],
  ['VIEWER_API_KEY', 'OWNER'],
] as const;

export const checks = contract('invitations/inviting', (kit) => {
  const { address, create, expectNothingMade, rule } = kit;

  for (const [as, role] of surelyAbove) {
    rule('create.role-above-own', `${as} may not invite as ${role}`, [as], async () => {
      const email = address(as);
      expectStatus(await create({ email, role }, as), 403);
      await expectNothingMade(email, as);
    });
  }

  for (const caller of invitingRoles) {
    for (const role of roles) {
      const mayInvite = rank(role) >= rank(caller);
      const title = `${caller} ${mayInvite ? 'invites' : 'may not invite'} ${role}`;
      rule('roles.order', title, { needs: [caller], operation }, async () => {
        const email = address(caller);
        expectStatus(await create({ email, role }, caller), mayInvite ? 201 : 403);
        if (!mayInvite) await expectNothingMade(email, caller);
      });
    }
  }

  for (const caller of otherRoles) {
    for (const role of roles) {
      const title = `${caller} may not invite ${role}`;
      rule('roles.who-invites', title, { needs: [caller], operation }, async () => {
        const email = address(caller);
        expectDetail(await create({ email, role }, caller), 403);
        await expectNothingMade(email, caller);
      });
    }
    for (const as of [`${caller}_JWT`, `${caller}_API_KEY`] as const) {
      rule('roles.who-invites', `${as} may not invite`, { needs: [as], operation }, async () => {
        const email = address(as);
        expectDetail(await create({ email, role: caller }, as), 403);
        await expectNothingMade(email, as);
      });
    }
  }
});
