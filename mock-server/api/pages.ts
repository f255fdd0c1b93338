// Page numbers, and the addresses of the pages around one.
import type { PageNumber } from '../domain/queries.ts';
import { replyDetail, type Reply } from '../web/reply.ts';

/** The page that a query asks for; undefined when what it says is no page number. [pages.not-a-number] [pages.last] */
export function readPageNumber(query: URLSearchParams): PageNumber | undefined {
  const value = query.getAll('page').at(-1) ?? '';
  if (value === '') return 1;
  if (value === 'last') return 'last';
  const number = /^[+-]?\d{1,9}$/.test(value) ? Number(value) : undefined;
  return number === undefined || number < 1 ? undefined : number;
}

/** [pages.links-keep-filters]; the first page is named by no number, as the family does. */
export function pageLink(
  base: string,
  path: string,
  query: URLSearchParams,
  number: number,
): string {
  const parameters = new URLSearchParams(query);
  if (number === 1) parameters.delete('page');
  else parameters.set('page', String(number));
  const text = parameters.toString();
  return text === '' ? `${base}${path}` : `${base}${path}?${text}`;
}

/** [pages.beyond-last] [pages.zero-or-negative] */
export function noSuchPage(query: URLSearchParams): Reply {
  const asked = query.getAll('page').at(-1) ?? '';
  const detail = `There is no page "${asked}"; pages are numbered from 1, and "last" is the last one.`;
  return replyDetail(404, detail, 'pages.beyond-last');
}
