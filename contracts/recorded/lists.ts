// The rules about lists and their pages, as far as one exchange shows them.
import { invitationStates as states, type RuleId } from '../../spec/vocabulary.ts';
import { roles } from '../settings.ts';
import { brokenBy, invitationsIn, show, type Recorded, type RecordedRule } from './recorded.ts';

const filters = ['role', 'state', 'email'] as const;

const parameter = ({ entry }: Recorded, name: string): string =>
  entry.url.searchParams.getAll(name).at(-1) ?? '';

const isPage = ({ operation, entry, json }: Recorded): boolean =>
  operation === 'invitations_list' && entry.status === 200 && json !== undefined;

const onPages = (rule: RuleId, wrong: RecordedRule['wrong']): RecordedRule =>
  brokenBy(rule, (exchange) => isPage(exchange) && wrong(exchange));

const linksOf = ({ json }: Recorded): readonly string[] =>
  [json?.['next'], json?.['previous']].filter((link) => typeof link === 'string');

const filterRules = filters.map((filter) =>
  onPages(`list.filter-by-${filter}`, (exchange) => {
    const wanted = parameter(exchange, filter);
    // The letter case of an address is nobody's promise.
    const toKey = (value: unknown): string =>
      filter === 'email' ? String(value).toLowerCase() : String(value);
    const stray =
      wanted === ''
        ? undefined
        : invitationsIn(exchange).find((item) => toKey(item[filter]) !== toKey(wanted));
    return stray === undefined
      ? undefined
      : `filtered by ${filter}=${wanted}, has one with ${show(stray[filter])}`;
  }),
);

/** A page number that has to be refused, and was not. */
const taken = (rule: RuleId, isWrong: (page: string) => boolean): RecordedRule =>
  onPages(rule, (exchange) => {
    const page = parameter(exchange, 'page');
    return page !== '' && isWrong(page) && `200 for page=${page}`;
  });

const isWhole = (page: string): boolean => /^[+-]?\d+$/.test(page.trim());

export const lists: readonly RecordedRule[] = [
  ...filterRules,
  onPages('list.filter-outside-enumeration', (exchange) => {
    const [role, state] = [parameter(exchange, 'role'), parameter(exchange, 'state')];
    const isKnown = ['', ...roles].includes(role) && ['', ...states].includes(state);
    return !isKnown && `200 for role=${role} state=${state}`;
  }),
  taken('pages.zero-or-negative', (page) => isWhole(page) && Number(page) < 1),
  taken('pages.not-a-number', (page) => !isWhole(page) && page !== 'last'),
  onPages('pages.links-absolute', (exchange) => {
    const relative = linksOf(exchange).find((link) => !/^https?:\/\//i.test(link));
    return relative === undefined ? undefined : `the link ${relative}`;
  }),
  onPages('pages.links-keep-filters', (exchange) => {
    const wanted = filters.filter((filter) => parameter(exchange, filter) !== '');
    const isKept = (link: string): boolean => {
      const kept = new URL(link, 'http://relative').searchParams;
      return wanted.every((filter) => kept.getAll(filter).at(-1) === parameter(exchange, filter));
    };
    const stray = linksOf(exchange)
      .filter((link) => URL.canParse(link, 'http://relative'))
      .find((link) => !isKept(link));
    return stray === undefined ? undefined : `the link ${stray}`;
  }),
  onPages('pages.previous', (exchange) => {
    const isFirst = ['', '1'].includes(parameter(exchange, 'page'));
    return isFirst && typeof exchange.json?.['previous'] === 'string'
      ? 'the first page has a previous one'
      : undefined;
  }),
  onPages('pages.next', (exchange) => {
    const { count, next } = exchange.json ?? {};
    const shown = invitationsIn(exchange).length;
    const isFirst = ['', '1'].includes(parameter(exchange, 'page'));
    if (parameter(exchange, 'page') === 'last' && typeof next === 'string') {
      return 'the last page has a next one';
    }
    if (!isFirst || typeof count !== 'number') return undefined;
    if (shown < count && next === null) return `${shown} of ${count} and no next page`;
    return shown >= count && typeof next === 'string' && `${shown} of ${count} and a next page`;
  }),
  onPages('pages.count', (exchange) => {
    const { count } = exchange.json ?? {};
    const shown = invitationsIn(exchange).length;
    return typeof count === 'number' && count < shown && `count ${count}, but ${shown} results`;
  }),
  onPages('pages.by-number', (exchange) =>
    invitationsIn(exchange).length === 0 && typeof exchange.json?.['next'] === 'string'
      ? 'an empty page with a next one'
      : undefined,
  ),
  onPages('pages.beyond-last', (exchange) => {
    const { count, next } = exchange.json ?? {};
    const isEmpty = invitationsIn(exchange).length === 0 && next === null;
    const page = parameter(exchange, 'page');
    return isEmpty && typeof count === 'number' && /^\d+$/.test(page) && Number(page) > 1
      ? `page ${page} of ${count} invitations is empty`
      : undefined;
  }),
  onPages('list.page-size', (exchange) => {
    const size = parameter(exchange, 'page_size');
    const shown = invitationsIn(exchange).length;
    return /^[1-9]\d*$/.test(size) && shown > Number(size)
      ? `${shown} results for page_size=${size}`
      : undefined;
  }),
  brokenBy('list.empty-parameter', ({ operation, entry }) => {
    const values = [...entry.url.searchParams.values()];
    const isBare = values.length > 0 && values.every((value) => value === '');
    return operation === 'invitations_list' && isBare && [400, 404].includes(entry.status)
      ? `${entry.status} for ${entry.url.search}`
      : undefined;
  }),
];
