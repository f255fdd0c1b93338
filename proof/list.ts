// Faults of the list: its filters, its order, and what it lets through.
import { invitationStates, roles } from '../spec/vocabulary.ts';
import {
  editBody,
  editInvitations,
  editQuery,
  queryOf,
  refuse,
  resultsOf,
  withBody,
} from './edit.ts';
import { instead, onAsk, onReply, type Where } from './fault.ts';
import { relist } from './look.ts';
import { breaks, type Ask, type Mutant, type StartFault } from './mutant.ts';

const on = 'invitations_list' as const;
const has =
  (name: string, value?: string) =>
  (ask: Ask): boolean => {
    const found = queryOf(ask).get(name);
    return value === undefined ? found !== null && found !== '' : found === value;
  };

const dropping = (where: Where['when'], ...names: readonly string[]): StartFault =>
  onAsk({ on, ...(where === undefined ? {} : { when: where }) }, (ask) =>
    editQuery(ask, (query) => {
      for (const name of names) query.delete(name);
    }),
  );

/** A filter that leaves more than it should: whatever `matches` says of the item's value and the value asked for. */
const filtering = (name: string, matches: (found: string, asked: string) => boolean): StartFault =>
  instead({ on, when: has(name) }, (ask, tools) => {
    const asked = queryOf(ask).get(name) ?? '';
    return relist(ask, tools, [name], (items) =>
      items.filter((item) => matches(String(item[name]), asked)),
    );
  });

const ordering = (key: string): StartFault =>
  instead({ on }, (ask, tools) =>
    relist(ask, tools, [], (items) =>
      [...items].sort((one, other) => String(one[key]).localeCompare(String(other[key]))),
    ),
  );

const ranks: readonly string[] = roles;
const isKnown = (name: 'role' | 'state', value: string): boolean =>
  (name === 'role' ? ranks : invitationStates).includes(value);
const isOdd =
  (...names: readonly ('role' | 'state')[]) =>
  (ask: Ask): boolean =>
    names.some((name) => has(name)(ask) && !isKnown(name, queryOf(ask).get(name) ?? ''));

const known = ['email', 'page', 'role', 'state', 'page_size', 'ordering'];
const nothing = { count: 0, next: null, previous: null, results: [] };

export const listMutants: readonly Mutant[] = [
  ...breaks('list.answer', {
    'answers a bare array': onReply({ on, status: 200 }, (reply) =>
      withBody(resultsOf(reply))(reply),
    ),
    'answers 403 to a VIEWER': onReply(
      { on, status: 200, when: (ask, { callerOf }) => callerOf(ask) === 'VIEWER' },
      refuse(403),
    ),
    'hides invitations above the own role': instead(
      { on, when: (ask, { callerOf }) => callerOf(ask) === 'VIEWER' },
      (ask, tools) => relist(ask, tools, [], (all) => all.filter(({ role }) => role !== 'OWNER')),
    ),
    'shows items other than they are retrieved': onReply(
      { on },
      editInvitations((item) => ({ ...item, role: 'VIEWER' })),
    ),
  }),
  ...breaks('list.page-size', { 'ignores the size': dropping(undefined, 'page_size') }),
  ...breaks('list.ordering', { 'ignores the order': dropping(undefined, 'ordering') }),
  ...breaks('list.filter-by-email', {
    'ignores the filter': dropping(undefined, 'email'),
    'finds parts of an address': filtering('email', (found, asked) => found.includes(asked)),
    'takes a plus sign for a space': onAsk({ on }, (ask) => ({
      ...ask,
      path: ask.path.replace('%2B', '%20'),
    })),
    'ignores it beside a role': dropping((ask) => has('role')(ask), 'email'),
    'finds nothing': onReply({ on, status: 200, when: has('email') }, withBody(nothing)),
  }),
  ...breaks('list.filter-by-role', {
    'ignores the filter': dropping(undefined, 'role'),
    'finds the roles above too': filtering(
      'role',
      (found, asked) => ranks.indexOf(found) <= ranks.indexOf(asked),
    ),
    'ignores it beside an address': dropping((ask) => has('email')(ask), 'role'),
    'ignores it beside a state': dropping((ask) => has('state')(ask), 'role'),
    'mixes up CONTRIB and VIEWER': onAsk({ on }, (ask) => ({
      ...ask,
      path: ask.path.replace(/role=(CONTRIB|VIEWER)/, (_all, role) =>
        role === 'VIEWER' ? 'role=CONTRIB' : 'role=VIEWER',
      ),
    })),
  }),
  ...breaks('list.filter-by-state', {
    'ignores the filter': dropping(undefined, 'state'),
    'counts bounced ones as sent': filtering('state', (found, asked) =>
      asked === 'sent' ? found === 'sent' || found === 'bounced' : found === asked,
    ),
    'leaves accepted ones out': onReply(
      { on, status: 200, when: has('state', 'accepted') },
      withBody(nothing),
    ),
    'ignores it beside a role': dropping((ask) => has('role')(ask), 'state'),
  }),
  ...breaks('list.filter-outside-enumeration', {
    'ignores an unknown value': dropping(isOdd('role', 'state'), 'role', 'state'),
    'finds nothing for it': onReply({ on, status: 400, when: isOdd('role', 'state') }, (reply) => ({
      ...withBody(nothing)(reply),
      status: 200,
    })),
    'checks role alone': dropping((ask) => isOdd('state')(ask), 'state'),
    'takes small letters': onAsk({ on }, (ask) => ({
      ...ask,
      path: ask.path.replace(/role=[a-z]+/, (text) => `role=${text.slice(5).toUpperCase()}`),
    })),
    'answers detail': onReply({ on, status: 400 }, withBody({ detail: 'Invalid filter.' })),
  }),
  ...breaks('list.empty-parameter', {
    'refuses an empty role': onReply(
      { on, when: (ask) => queryOf(ask).get('role') === '' },
      refuse(400, { role: ['Select a valid choice.'] }),
    ),
    'takes an empty address for one that nobody has': onReply(
      { on, status: 200, when: (ask) => queryOf(ask).get('email') === '' },
      withBody(nothing),
    ),
    'knows no empty page': onReply(
      { on, when: (ask) => queryOf(ask).get('page') === '' },
      refuse(404),
    ),
  }),
  ...breaks('list.unknown-parameter', {
    'refuses what it does not know': onReply(
      { on, when: (ask) => [...queryOf(ask).keys()].some((name) => !known.includes(name)) },
      refuse(400, { detail: 'Unknown parameter.' }),
    ),
    'filters by the name of the inviter': onReply(
      { on, status: 200, when: has('inviter_name') },
      withBody(nothing),
    ),
  }),
  ...breaks('list.oldest-first', {
    'has the newest first': instead({ on }, (ask, tools) =>
      relist(ask, tools, [], (items) => items.toReversed()),
    ),
    'sorts by address': ordering('email'),
    'sorts by id': ordering('id'),
    'reverses each page': onReply(
      { on, status: 200 },
      editBody((page) => ({
        ...page,
        results: Array.isArray(page['results']) ? page['results'].toReversed() : [],
      })),
    ),
  }),
];
