// What a list is asked for besides its filters: which page, how long, in which order. What an edition lacks is not read.
import {
  orderFields,
  type InvitationOrder,
  type OrderField,
} from '../../domain/invitation-index.ts';
import type { PageNumber } from '../../domain/queries.ts';
import { lackingIn, type Readings } from '../../spec/vocabulary.ts';

const lastGiven = (query: URLSearchParams, name: string, { edition }: Readings): string => {
  const isKnown = !lackingIn(edition, 'invitations_list').includes(name);
  return (isKnown ? query.getAll(name).at(-1) : undefined) ?? '';
};

/** The usual size where none is asked for, or none that there could be. [list.page-size] */
export const readPageSize = (
  query: URLSearchParams,
  usual: number,
  readings: Readings,
): number | undefined => {
  const asked = lastGiven(query, 'page_size', readings);
  const size = /^\+?\d{1,9}$/.test(asked) ? Number(asked) : 0;
  if (size > 0) return Math.min(size, Math.max(usual, Number(readings['pages.largest'])));
  return asked === '' || readings['list.page-size-wrong'] === 'usual' ? usual : undefined;
};

const isOrderField = (name: string): name is OrderField =>
  orderFields.some((field) => field === name);

/** A name that is none is ignored. [list.ordering] */
export const readOrder = (query: URLSearchParams, readings: Readings): InvitationOrder => ({
  newestFirst: readings['list.order'] === 'newest-first',
  by: lastGiven(query, 'ordering', readings)
    .split(',')
    .flatMap((part) => {
      const name = part.trim();
      const field = name.replace(/^-/, '');
      return isOrderField(field) ? [{ field, descending: name.startsWith('-') }] : [];
    }),
});

/** Undefined when what was asked for is no number; whether there is such a page is not known here. [pages.not-a-number] [pages.last] */
export const readPageNumber = (asked: string, readings: Readings): PageNumber | undefined => {
  if (asked === '') return 1;
  if (asked === 'last') return readings['pages.last'] === 'last-page' ? 'last' : undefined;
  return /^[+-]?\d{1,9}$/.test(asked) ? Number(asked) : undefined;
};
