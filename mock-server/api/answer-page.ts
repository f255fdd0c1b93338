// A page of users or service accounts. They are few: each page is made of all of them.
import type { ScopedCaller } from '../../domain/caller.ts';
import type { User } from '../../domain/directory.ts';
import type { OperationId } from '../../spec/vocabulary.ts';
import { operations } from '../../spec/vocabulary.ts';
import { replyJson, type Reply } from '../web/reply.ts';
import type { Context } from './context.ts';
import { readPageNumber, readPageSize } from './list-query.ts';
import { noSuchPage, pageAsked, pageLink, refuseSize } from './pages.ts';
import { viewOf, type Linked, type View } from './present-directory.ts';

/** [list.page-size] [pages.beyond-last] */
export const answerPage = (
  context: Context<ScopedCaller>,
  operation: OperationId,
  users: readonly User[],
  present: (user: User, view: View) => Linked,
): Reply => {
  const { sandbox, base } = context;
  const query = new URLSearchParams(context.query);
  const readings = sandbox.readings();
  const size = readPageSize(query, sandbox.pageSize(), readings, operation);
  if (size === undefined) return refuseSize(readings);
  const asked = pageAsked(query);
  const pages = Math.max(1, Math.ceil(users.length / size));
  const wanted = readPageNumber(asked, readings);
  const number = wanted === 'last' ? pages : wanted;
  if (number === undefined || number < 1 || number > pages) return noSuchPage(asked);
  const to = (other: number): string | null =>
    other < 1 || other > pages ? null : pageLink(base, operations[operation].path, query, other);
  const view = viewOf(context);
  return replyJson(200, {
    count: users.length,
    next: to(number + 1),
    previous: to(number - 1),
    results: users.slice((number - 1) * size, number * size).map((user) => present(user, view)),
  });
};
