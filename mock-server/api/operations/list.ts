// invitations_list
import { listInvitations } from '../../../domain/queries.ts';
import type { ScopedCaller } from '../../../domain/caller.ts';
import { indexOf, type State } from '../../../domain/state.ts';
import { replyPage, type Reply } from '../../web/reply.ts';
import type { Context, Operation } from '../context.ts';
import { keepPage } from '../kept-pages.ts';
import { readFilter } from '../fields.ts';
import { readOrder, readPageNumber, readPageSize, ruleOfQuery } from '../list-query.ts';
import { noSuchPage, pageAsked, pageLink, refuseSize } from '../pages.ts';
import { presentInvitation } from '../present.ts';

const path = '/api/v1/invitations/';

const makePage = (
  state: State,
  { sandbox, caller, query: text, base }: Context<ScopedCaller>,
): Reply => {
  const query = new URLSearchParams(text);
  const readings = sandbox.readings();
  const filter = readFilter(query, readings);
  const isOutside = filter.kind === 'refused';
  if (isOutside && readings['list.filter-outside-enumeration'] !== 'empty') return filter.reply;
  const asked = pageAsked(query);
  const number = readPageNumber(asked, readings);
  const size = readPageSize(query, sandbox.pageSize(), readings);
  if (size === undefined) return refuseSize(readings);
  if (number === undefined) return noSuchPage(asked);
  // No organization has such a name: there is nothing in it.
  const organizationId = isOutside ? '' : caller.scope.organizationId;
  const page = listInvitations(state, organizationId, isOutside ? {} : filter.value, {
    number,
    size,
    order: readOrder(query, readings),
  });
  if (page === 'no-such-page') return noSuchPage(asked);
  if (page.count === 0 && readings['list.empty-page'] === '404') return noSuchPage(asked);
  const to = (other: number): string =>
    other < 1 || other > page.pages ? 'null' : JSON.stringify(pageLink(base, path, query, other));
  const reply = replyPage(
    `{"count":${page.count},"next":${to(page.number + 1)},"previous":${to(page.number - 1)},"results":[`,
    page.invitations.map((invitation) => presentInvitation(state, invitation, base, readings)),
    ']}',
  );
  return { ...reply, rule: ruleOfQuery(query, readings) };
};

export const list: Operation = {
  operationId: 'invitations_list',
  needsScope: true,
  run: (context) => {
    const state = context.sandbox.state();
    context.sandbox.delivery.countRead();
    const index = indexOf(state, context.caller.scope.organizationId);
    return keepPage(index, `${context.base} ${context.query}`, () => makePage(state, context));
  },
};
