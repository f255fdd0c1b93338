// The invitations of one organization, kept so that every filter and every page costs the same at any number of them:
// one ordered list for each combination of role and state, given or not.
import { sortByFields, type Ordering } from './compare.ts';
import {
  addressKey,
  invitationStates,
  type Invitation,
  type InvitationState,
} from './invitation.ts';
import {
  addToList,
  createOrderedList,
  removeFromList,
  sliceOfList,
  type OrderedList,
} from './ordered-list.ts';
import { roles, type Role } from './role.ts';

/** An invitation's place in its organization's order; it outlives every change of the invitation. */
export type Slot = { readonly sequence: number; invitation: Invitation };

export type InvitationIndex = {
  /** Grows with every change, so that what was made of the index can be kept until then. */
  version: number;
  nextSequence: number;
  readonly slotsByAddress: Map<string, Slot>;
  readonly lists: Map<string, OrderedList<Slot>>;
};

/** An absent member filters nothing. */
export type InvitationFilter = {
  readonly email?: string;
  readonly role?: Role;
  readonly state?: InvitationState;
  /** Whether the letter case of `email` counts. */
  readonly isExact?: boolean;
};

export const createInvitationIndex = (): InvitationIndex => ({
  version: 0,
  nextSequence: 0,
  slotsByAddress: new Map(),
  lists: new Map(),
});

const listKey = (role: Role | undefined, state: InvitationState | undefined): string =>
  `${role ?? ''}/${state ?? ''}`;

// Made once: every invitation asks for its keys several times in its life.
const keysByRoleAndState = new Map(
  roles.map((role) => [
    role,
    new Map(
      invitationStates.map((state) => [
        state,
        [
          listKey(undefined, undefined),
          listKey(role, undefined),
          listKey(undefined, state),
          listKey(role, state),
        ],
      ]),
    ),
  ]),
);

const keysOf = ({ role, state }: Invitation): readonly string[] =>
  keysByRoleAndState.get(role)?.get(state) ?? [];

const enter = (index: InvitationIndex, key: string, slot: Slot): void => {
  let list = index.lists.get(key);
  if (list === undefined) {
    list = createOrderedList();
    index.lists.set(key, list);
  }
  addToList(list, slot);
};

const leave = (index: InvitationIndex, key: string, slot: Slot): void => {
  const list = index.lists.get(key);
  if (list !== undefined) removeFromList(list, slot);
};

export const addInvitation = (index: InvitationIndex, invitation: Invitation): Slot => {
  const slot: Slot = { sequence: index.nextSequence, invitation };
  index.nextSequence += 1;
  index.version += 1;
  index.slotsByAddress.set(addressKey(invitation.email), slot);
  for (const key of keysOf(invitation)) enter(index, key, slot);
  return slot;
};

export const replaceInvitation = (index: InvitationIndex, slot: Slot, next: Invitation): void => {
  index.version += 1;
  const previous = slot.invitation;
  const nextKeys = keysOf(next);
  keysOf(previous).forEach((key, position) => {
    const nextKey = nextKeys[position];
    if (nextKey === key || nextKey === undefined) return;
    leave(index, key, slot);
    enter(index, nextKey, slot);
  });
  if (previous.email !== next.email) {
    index.slotsByAddress.delete(addressKey(previous.email));
    index.slotsByAddress.set(addressKey(next.email), slot);
  }
  slot.invitation = next;
};

export const removeInvitation = (index: InvitationIndex, slot: Slot): void => {
  index.version += 1;
  index.slotsByAddress.delete(addressKey(slot.invitation.email));
  for (const key of keysOf(slot.invitation)) leave(index, key, slot);
};

const matching = (
  index: InvitationIndex,
  filter: InvitationFilter,
): OrderedList<Slot> | undefined => {
  if (filter.email === undefined) return index.lists.get(listKey(filter.role, filter.state));
  const slot = index.slotsByAddress.get(addressKey(filter.email));
  if (slot === undefined) return undefined;
  if (filter.isExact === true && slot.invitation.email !== filter.email) return undefined;
  const { role, state } = slot.invitation;
  if (filter.role !== undefined && filter.role !== role) return undefined;
  if (filter.state !== undefined && filter.state !== state) return undefined;
  return { chunks: [[slot]], size: 1 };
};

/** In the order of their age, or by fields of theirs; ties by age. */
export type InvitationOrder = {
  readonly newestFirst: boolean;
  readonly by: Ordering<OrderField>;
};

export const orderFields = ['email', 'role', 'state', 'id'] as const;

export type OrderField = (typeof orderFields)[number];

const inOrder = (slots: readonly Slot[], { by, newestFirst }: InvitationOrder): readonly Slot[] =>
  sortByFields(newestFirst ? slots.toReversed() : slots, by, ({ invitation }) => invitation);

/** The invitations that match, and how many there are in all. [list.oldest-first] [list.ordering] */
export const selectInvitations = (
  index: InvitationIndex,
  filter: InvitationFilter,
  order: InvitationOrder,
  page: (count: number) => { readonly offset: number; readonly limit: number },
): { readonly count: number; readonly slots: readonly Slot[] } => {
  const list = matching(index, filter);
  const count = list?.size ?? 0;
  const { offset, limit } = page(count);
  if (list === undefined) return { count, slots: [] };
  if (order.by.length > 0) {
    const all = inOrder(sliceOfList(list, 0, count), order);
    return { count, slots: all.slice(offset, offset + limit) };
  }
  if (!order.newestFirst) return { count, slots: sliceOfList(list, offset, limit) };
  const start = Math.max(0, count - offset - limit);
  return { count, slots: sliceOfList(list, start, count - offset - start).toReversed() };
};
