// Retrieving: who gets to read what, and that reading changes nothing.
import { bouncing, invitee, invitingRoles, roles } from '../../settings.ts';
import { contract } from '../../engine/contract.ts';

export const checks = contract('invitations/retrieve', (kit) => {
  const { acceptedInvitation, createInvitation, expectUnchanged, retrieve, rule } = kit;

  const team = kit.teamOf();

  for (const as of [...roles, 'JWT', 'API_KEY'] as const) {
    // Reading is not bound to a role: an invitation above the own can be read too.
    rule('retrieve.answer', `${as} reads what the OWNER made`, ['OWNER', as], async () => {
      for (const { id, email, role } of await team()) {
        await retrieve(id, { id, email, role, membership: null }, as);
      }
    });
  }
  for (const as of invitingRoles) {
    rule('retrieve.answer', `the OWNER reads what ${as} made`, ['OWNER', as], async () => {
      const { id, email } = await createInvitation({ as });
      await retrieve(id, { id, email, role: 'VIEWER' });
      await retrieve(id, { id, email, role: 'VIEWER' }, as);
    });
  }

  rule('retrieve.answer', 'right after the create, and later on', {}, async () => {
    const made = await createInvitation();
    await expectUnchanged(made);
    const [first] = await team();
    if (first !== undefined) await expectUnchanged(first);
  });
  rule('retrieve.answer', 'of a bounced one', bouncing, async () => {
    const { id, email } = await kit.bouncedInvitation();
    // Twice: reading is no reason to send it again.
    await retrieve(id, { id, email, state: 'bounced' });
    await retrieve(id, { id, email, state: 'bounced' });
  });
  rule('retrieve.answer', 'of an accepted one', invitee, async () => {
    const { id, membership } = await acceptedInvitation();
    await retrieve(id, { id, state: 'accepted', membership });
    await retrieve(id, { id, state: 'accepted', membership });
  });
});
