// That an update which gives no new address leaves the state as it is.
import { disappoint, expectInvitation } from '../../expect.ts';
import type { Invitation } from '../../invitation.ts';
import { methodOf, updates } from '../../kit/asking.ts';
import { bouncing } from '../../settings.ts';
import { contract } from '../../engine/contract.ts';

const sames = {
  'another role': () => ({ role: 'CONTRIB' }),
  'its own address': ({ email }: Invitation) => ({ email }),
  'its own address and another role': ({ email }: Invitation) => ({ email, role: 'ADMIN' }),
  'its own role': ({ role }: Invitation) => ({ role }),
  nothing: () => ({}),
} as const;

export const checks = contract('invitations/kept-state', (kit) => {
  const { bouncedInvitation, createInvitation, once, retrieve, rule, stockOfSent, update } = kit;

  const sent = stockOfSent(10);
  /** Nothing here gives it another address or state, so the checks share it. */
  const bounced = once(() => bouncedInvitation());

  for (const operation of updates) {
    const method = methodOf(operation);
    const id = 'update.role-alone-keeps-state';
    for (const [title, change] of Object.entries(sames)) {
      rule(id, `${method} of a sent one with ${title}`, { operation }, async () => {
        const made = await sent();
        const answer = await update(operation, made, change(made));
        expectInvitation(answer, 200, { state: 'sent' });
        await retrieve(made.id, { state: 'sent' });
      });
    }
    for (const [title, change] of [
      // Another one for each operation, as they share the invitation.
      ['another role', { role: operation === 'invitations_update' ? 'CONTRIB' : 'ADMIN' }],
      ['nothing', {}],
    ] as const) {
      const options = { needs: bouncing, operation } as const;
      rule(id, `${method} of a bounced one with ${title}`, options, async () => {
        const made = await bounced();
        const answer = await update(operation, made, change);
        expectInvitation(answer, 200, { state: 'bounced' });
        await retrieve(made.id, { state: 'bounced' });
      });
    }
    rule(id, `${method} of a pending one stops no message`, { operation }, async () => {
      const made = await createInvitation();
      const answer = await update(operation, made, { role: 'CONTRIB' });
      const { state } = expectInvitation(answer, 200);
      if (!['pending', 'sent'].includes(state)) disappoint(answer, 'the state pending');
      await kit.whenState(made.id, 'sent');
    });
  }
});
