// Each operation as a request that nothing is wrong with but what a check makes wrong: on what is there, in the way that it
// wants to be asked.
import { randomUUID } from 'node:crypto';
import { json, type Body } from '../body.ts';
import type { Answer, Asking } from './client.ts';
import { disappoint, expectInvitation, idIn } from '../expect.ts';
import type { Invitation } from '../invitation.ts';
import type { OperationId } from '../operations.ts';
import { isSame } from './reading.ts';
import type { Arranging } from './arrange.ts';
import type { Base } from './base.ts';

export const isLinked = (operation: OperationId): boolean => !operation.startsWith('invitations_');

export const createRequests = (kit: Arranging & Base) => {
  const { address, createInvitation, once, send } = kit;

  const made = once(() => createInvitation());
  let known: Invitation | undefined;

  /** What an operation with an id in its path can be about, as it was when last looked at. */
  const existing = async (): Promise<Invitation> => (known ??= await made());

  /** Only the check that has changed it is to blame, and not those after it. */
  const expectExistingUnchanged = async (): Promise<void> => {
    const before = await existing();
    const answer = await send('invitations_retrieve', { as: 'OWNER', id: before.id });
    const now = expectInvitation(answer, 200);
    known = now;
    if (!isSame(before, now)) {
      disappoint(answer, `the invitation as it was before: ${JSON.stringify(before)}`);
    }
  };

  /**
   * An id that the operation finds: of an invitation that the OWNER made, or of what it links to. A pending invitation has
   * no membership, so that one is of nobody.
   */
  const idFor = async (operation: OperationId): Promise<string> => {
    if (operation === 'memberships_retrieve') return randomUUID();
    const { id, inviter, organization } = await existing();
    if (operation === 'users_retrieve') return idIn(inviter);
    if (operation === 'organizations_retrieve') return idIn(organization);
    return id;
  };

  /** A body that is right, for those that take one. */
  const bodyFor = (operation: OperationId): Body | undefined => {
    if (operation === 'invitations_partial_update') return json({ role: 'VIEWER' });
    return operation === 'invitations_create' || operation === 'invitations_update'
      ? json({ email: address(), role: 'VIEWER' })
      : undefined;
  };

  const sendRight = async (operation: OperationId, asking: Asking): Promise<Answer> =>
    send(operation, { body: bodyFor(operation), ...asking, id: await idFor(operation) });

  return { existing, expectExistingUnchanged, idFor, bodyFor, sendRight };
};
