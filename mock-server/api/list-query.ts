// What a list is asked for besides its filters: which page, how long, in which order. What an edition lacks is not read.
import type { Ordering } from '../../domain/compare.ts';
import { orderFields, type InvitationOrder } from '../../domain/invitation-index.ts';
import type { PageNumber } from '../../domain/queries.ts';
import { lackingIn, type OperationId, type Readings, type RuleId } from '../../spec/vocabulary.ts';

/** Empty where the edition's list has no such parameter. */
export const lastGiven = (
  query: URLSearchParams,
  name: string,
  { edition }: Readings,
  operation: OperationId = 'invitations_list',
): string => {
  const isKnown = !lackingIn(edition, operation).includes(name);
  return (isKnown ? query.getAll(name).at(-1) : undefined) ?? '';
};

/** The usual size where none is asked for, or none that there could be. [list.page-size] */
export const readPageSize = (
  query: URLSearchParams,
  usual: number,
  readings: Readings,
  operation?: OperationId,
): number | undefined => {
  const asked = lastGiven(query, 'page_size', readings, operation);
  const size = /^\+?\d{1,9}$/.test(asked) ? Number(asked) : 0;
  if (size > 0) return Math.min(size, Math.max(usual, Number(readings['pages.largest'])));
  return asked === '' || readings['list.page-size-wrong'] === 'usual' ? usual : undefined;
};

/** A name that is none is ignored. [list.ordering] [users.ordering] */
export const readFields = <Field extends string>(
  ordering: string,
  fields: readonly Field[],
): Ordering<Field> =>
  ordering.split(',').flatMap((part) => {
    const name = part.trim();
    const field = fields.find((one) => one === name.replace(/^-/, ''));
    return field === undefined ? [] : [{ field, descending: name.startsWith('-') }];
  });

export const readOrder = (query: URLSearchParams, readings: Readings): InvitationOrder => ({
  newestFirst: readings['list.order'] === 'newest-first',
  by: readFields(lastGiven(query, 'ordering', readings), orderFields),
});

/** Undefined when what was asked for is no number; whether there is such a page is not known here. [pages.not-a-number] [pages.last] */
export const readPageNumber = (asked: string, readings: Readings): PageNumber | undefined => {
  if (asked === '') return 1;
  if (asked === 'last') return readings['pages.last'] === 'last-page' ? 'last' : undefined;
  return /^[+-]?\d{1,9}$/.test(asked) ? Number(asked) : undefined;
};

const parameters = ['email', 'role', 'state', 'page', 'page_size', 'ordering'];

/** By which rule a list of invitations is what it is though a parameter says nothing, or no number; undefined where none does. */
export const ruleOfQuery = (query: URLSearchParams, { edition }: Readings): RuleId | undefined => {
  const lacking = lackingIn(edition, 'invitations_list');
  for (const [name, value] of query) {
    if (!parameters.includes(name) || lacking.includes(name)) return 'list.unknown-parameter';
    if (value === '') return 'list.empty-parameter';
    if (name === 'page' && value === 'last') return 'pages.last';
    if (name === 'page_size' && !/^\+?0*[1-9]/.test(value)) return 'list.page-size';
  }
  return undefined;
};
