// How the state follows from what happened. It believes its events: whether something may happen is decided in `decide`.
import type { Event } from './events.ts';
import { evolveDirectory, isDirectoryEvent } from './evolve-directory.ts';
import {
  addInvitation,
  removeInvitation,
  replaceInvitation,
  type Slot,
} from './invitation-index.ts';
import type { Invitation } from './invitation.ts';
import { indexOf, type State } from './state.ts';

const slotOf = (state: State, id: string): Slot => {
  const slot = state.slots.get(id);
  if (slot !== undefined) return slot;
  throw new Error(`An event speaks of invitation ${id}, which was never created.`);
};

const change = (
  state: State,
  { invitationId: id, at }: { readonly invitationId: string; readonly at: number },
  changes: Partial<Invitation>,
): void => {
  const slot = slotOf(state, id);
  const was = slot.invitation;
  // Member by member: to spread one object after another costs more than all else that a delivery does.
  const next: Invitation = {
    id,
    organizationId: was.organizationId,
    email: changes.email ?? was.email,
    role: changes.role ?? was.role,
    inviterId: was.inviterId,
    state: changes.state ?? was.state,
    stateDetail: changes.stateDetail ?? was.stateDetail,
    membershipId: changes.membershipId ?? was.membershipId,
    createdAt: was.createdAt,
    changedAt: at,
  };
  replaceInvitation(indexOf(state, next.organizationId), slot, next);
};

const remove = (state: State, id: string): void => {
  const slot = slotOf(state, id);
  removeInvitation(indexOf(state, slot.invitation.organizationId), slot);
  state.slots.delete(id);
};

export const evolve = (state: State, event: Event): void => {
  if (isDirectoryEvent(event)) {
    evolveDirectory(state.directory, event);
    return;
  }
  switch (event.type) {
    case 'InvitationCreated': {
      const { invitationId: id, organizationId, inviterId, email, role, at } = event;
      const slot = addInvitation(indexOf(state, organizationId), {
        id,
        organizationId,
        email,
        role,
        inviterId,
        state: 'pending',
        stateDetail: '',
        membershipId: null,
        createdAt: at,
        changedAt: at,
      });
      state.slots.set(id, slot);
      return;
    }
    case 'InvitationSent':
      change(state, event, { state: 'sent', stateDetail: '' });
      return;
    case 'InvitationBounced':
      change(state, event, { state: 'bounced', stateDetail: event.reason });
      return;
    case 'InvitationResent':
      change(state, event, { state: 'pending', stateDetail: '' });
      return;
    case 'InvitationRoleChanged':
      change(state, event, { role: event.role });
      return;
    case 'InvitationReaddressed':
      change(state, event, { email: event.email, state: 'pending', stateDetail: '' });
      return;
    case 'InvitationAccepted': {
      const { membershipId } = event;
      change(state, event, { state: 'accepted', stateDetail: '', membershipId });
      return;
    }
    case 'InvitationDestroyed':
      remove(state, event.invitationId);
      return;
    default:
      event satisfies never;
  }
};
