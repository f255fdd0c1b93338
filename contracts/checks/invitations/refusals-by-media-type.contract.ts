// A role above the caller's own, an address that is taken: refused alike in each media type and by either scheme.
import { encode, mediaTypes } from '../../body.ts';
import { expectStatus } from '../../expect.ts';
import { operations, writingOperations } from '../../operations.ts';
import { contract } from '../../engine/contract.ts';

const ruleOf = {
  invitations_create: { role: 'create.role-above-own', address: 'create.duplicate-address' },
  invitations_update: { role: 'update.role-above-own', address: 'update.address-taken' },
  invitations_partial_update: { role: 'update.role-above-own', address: 'update.address-taken' },
} as const;

export const checks = contract('invitations/refusals-by-media-type', (kit) => {
  const { address, createInvitation, expectExistingUnchanged, expectListed, rule, sendRight } = kit;

  const taken = kit.once(() => createInvitation({ role: 'CONTRIB' }));

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
