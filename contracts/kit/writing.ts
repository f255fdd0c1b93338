// What a check writes: creates, deletes, and the two kinds of update, for checks of what those have in common.
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

type Fields = Readonly<Record<string, unknown>>;

/** What has to be sent so that this and nothing else changes: a PUT has to repeat what stays. */
export const fieldsFor = (
  operation: Update,
  { email, role }: Pick<Invitation, 'email' | 'role'>,
  change: Fields,
): Fields => (operation === 'invitations_update' ? { email, role, ...change } : change);

export const createWriting = ({ send }: Base) => {
  const create = (fields: Fields, as: Caller = 'OWNER'): Promise<Answer> =>
    send('invitations_create', { as, body: json(fields) });

  const patch = (
    { id }: Pick<Invitation, 'id'>,
    fields: Fields,
    as: Caller = 'OWNER',
  ): Promise<Answer> => send('invitations_partial_update', { as, id, body: json(fields) });

  const update = (
    operation: Update,
    { id, ...stays }: Invitation,
    change: Fields,
    as: Caller = 'OWNER',
  ): Promise<Answer> =>
    send(operation, { as, id, body: json(fieldsFor(operation, stays, change)) });

  const destroy = ({ id }: Pick<Invitation, 'id'>, as: Caller = 'OWNER'): Promise<Answer> =>
    send('invitations_destroy', { as, id });

  return { create, patch, update, destroy };
};
