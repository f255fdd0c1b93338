// An answer as it may be compared with that of another target: ids, addresses and times by reference, wording by presence,
// what others keep in a list by its shape.
import { isRecord, type Json } from '../invitation.ts';
import { isUuid } from '../../spec/vocabulary.ts';
import { parse, type Reply } from '../engine/reply.ts';
import { toHeaders } from './header-form.ts';
import { isId, kinds, toAddress, type Kind, type Names } from './names.ts';
import { isList, isOwnList, type Asking } from '../sequences/step.ts';

/** Equal to whatever the other target has: there was nothing to see. */
export const anything = '<anything>';

export type NormalForm = {
  readonly status: number | 'no answer';
  readonly headers: Readonly<Record<string, string>>;
  readonly body: unknown;
};

export type View = {
  readonly step: Asking;
  readonly names: Names;
  /** By us, on this target. */
  readonly made: readonly { readonly id: string }[];
  /** What is shown was not made by us: its values differ between targets. */
  readonly foreign: boolean;
  /** A message is on its way: whether it has arrived depends on the moment. */
  readonly loose: boolean;
};

/** What is told under an address, by the collection: `…/api/v1/users/…/`. */
const kindOf = ({ url }: Json): Kind => {
  const collection = typeof url === 'string' ? /\/api\/v1\/(\w+)\//.exec(url)?.[1] : undefined;
  return kinds[collection ?? ''] ?? 'invitation';
};

const name = ({ names, foreign }: View, kind: Kind, value: string): string =>
  foreign ? names.ofAny(kind, value) : names.of(kind, value);

const isBlank = (text: string): boolean => text.trim() === '';

/**
 * Names and times count as the same only in the same resource: two users may well have one name. But for what a step has
 * named.
 */
const within = (view: View, owner: unknown, kind: Kind, value: string): string => {
  const named = view.names.ofAny(kind, value);
  if (view.foreign || named !== `<${kind}>`) return named;
  return view.names.of(kind, `${String(owner)} ${value}`);
};

const isOpen = (state: unknown): boolean =>
  ['pending', 'sent', 'bounced'].some((it) => it === state);

/** So many digits after the second. */
const toPrecision = (time: string): string => `.${/\.(\d+)/.exec(time)?.[1]?.length ?? 0}`;

/** In capitals where an address of ours is, as a step writes it. */
const toEmail = (value: string, view: View): string => {
  const named = name(view, 'email', value);
  return /^<email:\d+>$/.test(named) && value === value.toUpperCase() ? named.toUpperCase() : named;
};

type ToText = (value: string, view: View, record: Json) => string;

const address: ToText = (value, { names, foreign }) => toAddress(value, names, foreign);

const unlessBlank =
  (toText: ToText): ToText =>
  (value, ...more) =>
    isBlank(value) ? value : toText(value, ...more);

const ifTime =
  (toText: ToText): ToText =>
  (value, ...more) =>
    Number.isNaN(Date.parse(value)) ? value : toText(value, ...more);

const ofCreation: ToText = (value, view, { url }) =>
  `${within(view, `${String(url)} created`, 'time', value)}${toPrecision(value)}`;

/** Of any other field the text itself is compared. */
const texts: Readonly<Partial<Record<string, ToText>>> = {
  id: (value, view, record) => {
    const kind = kindOf(record);
    return isId(value, kind) ? name(view, kind, value) : value;
  },
  ...{ url: address, inviter: address, membership: address },
  ...{ organization: address, user: address, owner: address },
  email: (value, view) => (value.includes('@') ? toEmail(value, view) : value),
  inviter_name: unlessBlank((value, view, { inviter }) => within(view, inviter, 'name', value)),
  name: unlessBlank((value, view, { url }) => within(view, url, 'name', value)),
  organization_name: unlessBlank(() => '<name>'),
  membership_id: (value, view) => (isUuid(value) ? name(view, 'membership', value) : value),
  apikey: unlessBlank(() => '<key>'),
  created_at: ifTime(ofCreation),
  modified_at: ifTime(() => '<time>'),
  last_used_at: ifTime(() => '<time>'),
  role: (value, { foreign }) => (foreign ? '<role>' : value),
  state: (value, { loose }) => (loose && isOpen(value) ? '<open>' : value),
  state_detail: (value, { loose, foreign }, { state }) => {
    const matters = state === 'bounced' && !loose && !foreign;
    return isBlank(value) && matters ? value : '<text>';
  },
};

const toText = (field: string, value: string, record: Json, view: View): string =>
  (Object.hasOwn(texts, field) ? texts[field] : undefined)?.(value, view, record) ?? value;

/** As the contract has it: some targets know these, and some do not. */
const nullable = [
  ...['name', 'email', 'organization_name', 'membership_id', 'role'],
  ...['modified_at', 'last_used_at'],
];

const toResource = (record: Json, view: View): Json => {
  // Addresses first: they are what the names in a resource hang on.
  const addressed: Record<string, unknown> = { ...record };
  for (const field of ['url', 'inviter']) {
    const value = record[field];
    if (typeof value === 'string') addressed[field] = toText(field, value, record, view);
  }
  return Object.fromEntries(
    Object.entries(record).map(([field, value]) => {
      if (field === 'picture_url' && (value === null || typeof value === 'string')) {
        return [field, '<picture or null>'];
      }
      if (value === null && nullable.includes(field)) return [field, anything];
      if (isRecord(value)) return [field, toResource(value, view)];
      return [field, typeof value === 'string' ? toText(field, value, addressed, view) : value];
    }),
  );
};

const toItem = (value: unknown, view: View): unknown =>
  isRecord(value) ? toResource(value, view) : value;

/** Whether the newest comes first: one of ours, that is. */
const toFirst = (items: readonly Json[], { made, step }: View): string => {
  const [first] = items;
  if (items.length < 2 || step.operation !== 'invitations_list') return anything;
  return made.some(({ id }) => id === first?.['id']) ? 'of ours' : 'of others';
};

/** Of what others made: which fields it has, and whether the filters hold for each. */
const toCrowd = (results: readonly unknown[], view: View): Json => {
  const { step } = view;
  const items = results.filter(isRecord);
  const fields = [...new Set(items.flatMap((item) => Object.keys(item)))].sort();
  const filters = (['role', 'state', 'type'] as const).filter(
    (it) => (step.query?.[it] ?? '') !== '',
  );
  const seen = filters.map((filter) => [
    filter,
    [...new Set(items.map((item) => String(item[filter])))].sort().join(', '),
  ]);
  if (items.length === 0) return { begins: anything, fields: anything, filtered: anything };
  return {
    begins: toFirst(items, view),
    fields: Object.fromEntries(fields.map((field) => [field, '<present>'])),
    filtered: Object.fromEntries(seen),
  };
};

const toLink = (value: unknown, view: View, isCertain: boolean): unknown => {
  if (value === null && !isCertain) return anything;
  if (typeof value !== 'string') return value;
  const address = toAddress(value, view.names, view.foreign);
  // Which page is the one before the last depends on how many there are; the first has no number at all.
  return view.step.query?.['page'] === 'last'
    ? address.replace(/page=\d+&?/, '').replace(/[?&]$/, '')
    : address;
};

const toPage = (page: Json, view: View): Json => {
  const { count, next, previous, results } = page;
  if (!Array.isArray(results)) return page;
  if (isOwnList(view.step)) {
    const own = results.map((item) => toItem(item, view));
    const links = { next: toLink(next, view, true), previous: toLink(previous, view, true) };
    return { ...page, ...links, results: own };
  }
  const isLast = view.step.query?.['page'] === 'last';
  return {
    ...page,
    count: Number.isInteger(count) ? '<count>' : count,
    next: toLink(next, view, isLast),
    previous: toLink(previous, view, !isLast),
    results: toCrowd(results, view),
  };
};

const toMessages = (value: unknown): unknown => {
  if (typeof value === 'string') return isBlank(value) ? value : '<text>';
  const isSentences =
    Array.isArray(value) &&
    value.length > 0 &&
    value.every((it) => typeof it === 'string' && !isBlank(it));
  return isSentences ? ['<text>'] : value;
};

const toErrors = (body: Json): Json =>
  Object.fromEntries(Object.entries(body).map(([key, value]) => [key, toMessages(value)]));

const toBody = ({ status, text }: Reply, view: View): unknown => {
  if (text === '') return '<no body>';
  const body = parse(text);
  if (body === undefined) return '<no JSON>';
  if (!isRecord(body)) return body;
  if (status >= 400) return toErrors(body);
  return isList(view.step) ? toPage(body, view) : toResource(body, view);
};

export const toNormalForm = (reply: Reply | undefined, view: View): NormalForm =>
  reply === undefined
    ? { status: 'no answer', headers: {}, body: '<no body>' }
    : {
        status: reply.status,
        headers: toHeaders(reply, (location) => toAddress(location, view.names, view.foreign)),
        body: toBody(reply, view),
      };
