// Everything that a sandbox knows. Only `evolve` changes it.
import { createDirectory, type Directory } from './directory.ts';
import { createInvitationIndex, type InvitationIndex, type Slot } from './invitation-index.ts';
import type { Invitation } from './invitation.ts';

export type State = {
  readonly directory: Directory;
  readonly slots: Map<string, Slot>;
  readonly indexes: Map<string, InvitationIndex>;
};

export const createState = (): State => ({
  directory: createDirectory(),
  slots: new Map(),
  indexes: new Map(),
});

export const findInvitation = (state: State, id: string): Invitation | undefined =>
  state.slots.get(id)?.invitation;

export const indexOf = (state: State, organizationId: string): InvitationIndex => {
  const existing = state.indexes.get(organizationId);
  if (existing !== undefined) return existing;
  const created = createInvitationIndex();
  state.indexes.set(organizationId, created);
  return created;
};
