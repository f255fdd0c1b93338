// Questions that change nothing.
import {
  selectInvitations,
  type InvitationFilter,
  type InvitationOrder,
} from './invitation-index.ts';
import type { Invitation } from './invitation.ts';
import type { State } from './state.ts';

const byAge: InvitationOrder = { newestFirst: false, by: [] };

export type PageNumber = number | 'last';

export type InvitationPage = {
  /** Of all pages. */
  readonly count: number;
  readonly number: number;
  readonly pages: number;
  readonly invitations: readonly Invitation[];
};

/**
 * One page of an organization's invitations, the oldest first unless it is ordered otherwise. The first page exists even when it is empty.
 * [list.oldest-first] [pages.beyond-last] [pages.empty] [pages.last]
 */
export const listInvitations = (
  state: State,
  organizationId: string,
  filter: InvitationFilter,
  page: {
    readonly number: PageNumber;
    readonly size: number;
    readonly order?: InvitationOrder;
  },
): InvitationPage | 'no-such-page' => {
  const index = state.indexes.get(organizationId);
  const place = (
    count: number,
  ): { pages: number; number: number; offset: number; limit: number } => {
    const pages = Math.max(1, Math.ceil(count / page.size));
    const number = page.number === 'last' ? pages : page.number;
    return { pages, number, offset: (number - 1) * page.size, limit: page.size };
  };
  const { count, slots } =
    index === undefined
      ? { count: 0, slots: [] }
      : selectInvitations(index, filter, page.order ?? byAge, place);
  const { pages, number } = place(count);
  if (number < 1 || number > pages) return 'no-such-page';
  return { count, number, pages, invitations: slots.map(({ invitation }) => invitation) };
};
