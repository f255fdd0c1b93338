// Page numbers, and the addresses of the pages around one.
import { quote } from '../web/quote.ts';
import type { Readings } from '../../spec/vocabulary.ts';
import { replyDetail, replyJson, type Reply } from '../web/reply.ts';

/** What a query calls the page that it asks for; empty where it asks for none. */
export const pageAsked = (query: URLSearchParams): string => query.getAll('page').at(-1) ?? '';

/** [pages.links-keep-filters]; the first page is named by no number, as the family does. */
export const pageLink = (
  base: string,
  path: string,
  query: URLSearchParams,
  number: number,
): string => {
  const parameters = new URLSearchParams(query);
  if (number === 1) parameters.delete('page');
  else parameters.set('page', String(number));
  const text = parameters.toString();
  return text === '' ? `${base}${path}` : `${base}${path}?${text}`;
};

/** [pages.beyond-last] [pages.zero-or-negative] */
export const noSuchPage = (asked: string): Reply => {
  const detail = `There is no page ${quote(asked)}; pages are numbered from 1, and "last" is the last one.`;
  return replyDetail(404, detail, 'pages.beyond-last');
};

/** [list.page-size] */
export const refuseSize = (readings: Readings): Reply =>
  readings['list.page-size-wrong'] === '400'
    ? {
        ...replyJson(400, { page_size: ['A page has a whole number of results, 1 or more.'] }),
        rule: 'list.page-size',
      }
    : replyDetail(404, 'There is no page of that size.', 'list.page-size');
