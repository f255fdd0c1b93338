// The two kinds of update, for checks of what they have in common.
import { json } from '../body.ts';
import type { Answer } from './client.ts';
import type { Invitation } from '../invitation.ts';
import { operations } from '../operations.ts';
import type { Caller } from '../settings.ts';
import type { Base } from './base.ts';

export const updates = ['invitations_update', 'invitations_partial_update'] as const;
export type Update = (typeof updates)[number];

/** For titles. */
export const methodOf = (operation: Update): string => operations[operation].method;

type Change = Readonly<Record<string, unknown>>;

/** What has to be sent so that this and nothing else changes: a PUT has to repeat what stays. */
export const fieldsFor = (
  operation: Update,
  { email, role }: Pick<Invitation, 'email' | 'role'>,
  change: Change,
): Change => (operation === 'invitations_update' ? { email, role, ...change } : change);

export const createUpdating = (kit: Base) => {
  const { send } = kit;

  const update = (
    operation: Update,
    invitation: Invitation,
    change: Change,
    as: Caller = 'OWNER',
  ): Promise<Answer> =>
    send(operation, {
      as,
      id: invitation.id,
      body: json(fieldsFor(operation, invitation, change)),
    });

  return { update };
};
