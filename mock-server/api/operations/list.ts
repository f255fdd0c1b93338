// invitations_list
import { listInvitations } from '../../domain/queries.ts';
import { replyPage } from '../../web/reply.ts';
import type { Operation } from '../context.ts';
import { readFilter } from '../fields.ts';
import { noSuchPage, pageLink, readPageNumber } from '../pages.ts';
import { presentInvitation } from '../present.ts';

const path = '/api/v1/invitations/';

export const list: Operation = {
  operationId: 'invitations_list',
  needsScope: true,
  run: ({ sandbox, caller, query: text, base }) => {
    const query = new URLSearchParams(text);
    const filter = readFilter(query);
    if (filter.kind === 'refused') return filter.reply;
    const number = readPageNumber(query);
    if (number === undefined) return noSuchPage(query);
    const state = sandbox.state();
    const page = listInvitations(state, caller.scope.organizationId, filter.value, {
      number,
      size: sandbox.pageSize,
    });
    if (page === 'no-such-page') return noSuchPage(query);
    const to = (other: number): string =>
      other < 1 || other > page.pages ? 'null' : JSON.stringify(pageLink(base, path, query, other));
    const next = to(page.number + 1);
    const previous = to(page.number - 1);
    return replyPage(
      `{"count":${page.count},"next":${next},"previous":${previous},"results":[`,
      page.invitations.map((invitation) => presentInvitation(state, invitation, base)),
      ']}',
    );
  },
};
