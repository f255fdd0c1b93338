// Faults of a page: its count, its links, what is on it.
import { editBody, itemsOf, objectIn, resultsOf, without, type Json } from './edit.ts';
import { onReply } from './fault.ts';
import { breaks, type Ask, type Mutant, type StartFault } from './mutant.ts';

const on = 'invitations_list' as const;

const changing = (change: (page: Json, ask: Ask) => Json): StartFault =>
  onReply({ on, status: 200 }, (reply, ask) => editBody((page) => change(page, ask))(reply));

const links =
  (change: (link: string) => string | null) =>
  (page: Json): Json => ({
    ...page,
    next: typeof page['next'] === 'string' ? change(page['next']) : page['next'],
    previous: typeof page['previous'] === 'string' ? change(page['previous']) : page['previous'],
  });

const dropping = (...names: readonly string[]) =>
  links((link) => {
    const url = new URL(link);
    for (const name of names) url.searchParams.delete(name);
    return url.href;
  });

const lengthOf = (page: Json): number => itemsOf(page).length;
const isAlone = (page: Json): boolean => page['next'] === null && page['previous'] === null;
const here = (ask: Ask): string => `http://${ask.headers['host'] ?? ''}${ask.path}`;

/** Another order at each reading, within a page. */
const shuffling: StartFault = () => {
  let turn = 0;
  return async (ask, next) => {
    const reply = await next(ask);
    const results = resultsOf(reply);
    if (results.length < 2) return reply;
    turn += 1;
    const at = turn % results.length;
    const turned = [...results.slice(at), ...results.slice(0, at)];
    return { ...reply, body: JSON.stringify({ ...objectIn(reply), results: turned }) };
  };
};

/** Each page but the first begins with the last item of the one before it. */
const overlapping: StartFault = onReply({ on, status: 200 }, async (reply, ask, { next }) => {
  const { previous } = objectIn(reply);
  if (typeof previous !== 'string') return reply;
  const { pathname, search } = new URL(previous);
  const last = resultsOf(await next({ ...ask, path: `${pathname}${search}` })).at(-1);
  const results = [last, ...resultsOf(reply).slice(1)];
  return { ...reply, body: JSON.stringify({ ...objectIn(reply), results }) };
});

/** Everything in the organization, whatever the filters leave. */
const countingAll: StartFault = onReply({ on, status: 200 }, async (reply, ask, { next }) => {
  const all = objectIn(await next({ ...ask, path: ask.path.split('?')[0] ?? '' }));
  return editBody((page) => ({ ...page, count: all['count'] }))(reply);
});

export const pageMutants: readonly Mutant[] = [
  ...breaks('pages.count', {
    'counts the page': changing((page) => ({ ...page, count: lengthOf(page) })),
    'counts without the filters': countingAll,
    'is one too many': changing((page) => ({ ...page, count: Number(page['count']) + 1 })),
    'is a string': changing((page) => ({ ...page, count: String(page['count']) })),
  }),
  ...breaks('pages.every-field', {
    ...Object.fromEntries(
      ['count', 'next', 'previous'].map((name) => [`lacks ${name}`, changing(without(name))]),
    ),
    'has items for results': changing(({ results, ...page }) => ({ ...page, items: results })),
    'lacks next in the list of users': onReply(
      { on: 'users_list', status: 200 },
      editBody(without('next')),
    ),
  }),
  ...breaks('pages.next', {
    'is null': changing((page) => ({ ...page, next: null })),
    'is there on the last page': changing((page, ask) => ({
      ...page,
      next: page['next'] ?? here(ask),
    })),
    'is a number': changing((page) => ({ ...page, next: page['next'] === null ? null : 2 })),
    'leaves the last page out': changing((page) =>
      typeof page['next'] === 'string' &&
      lengthOf(page) * (Number(new URL(page['next']).searchParams.get('page')) - 1) +
        lengthOf(page) >=
        Number(page['count'])
        ? { ...page, next: null }
        : page,
    ),
  }),
  ...breaks('pages.previous', {
    'is null': changing((page) => ({ ...page, previous: null })),
    'is there on the first page': changing((page, ask) => ({
      ...page,
      previous: page['previous'] ?? here(ask),
    })),
    'leads to the page itself': changing((page, ask) => ({
      ...page,
      previous: page['previous'] === null ? null : here(ask),
    })),
  }),
  ...breaks('pages.results', {
    'are an object': changing((page) => ({
      ...page,
      results: Object.fromEntries(itemsOf(page).entries()),
    })),
    'are ids': changing((page) => ({ ...page, results: itemsOf(page).map(({ id }) => id) })),
  }),
  ...breaks('pages.links-absolute', {
    'have no host': changing(links((link) => link.replace(/^https?:\/\/[^/]+/, ''))),
    'have no scheme': changing(links((link) => link.replace(/^https?:/, ''))),
    'have the query alone': changing(links((link) => link.replace(/^[^?]+/, ''))),
  }),
  ...breaks('pages.links-keep-filters', {
    'lose them all': changing(dropping('role', 'state', 'email')),
    'lose the role': changing(dropping('role')),
    'lose the state': changing(dropping('state')),
    'lose a role in the link back': changing((page) => ({
      ...page,
      previous: dropping('role')(page)['previous'],
    })),
  }),
  ...breaks('pages.stable-order', {
    'changes at each reading': shuffling,
    'leaves out the last of each page': changing((page) =>
      isAlone(page) ? page : { ...page, results: itemsOf(page).slice(0, -1) },
    ),
    'has an item on two pages': overlapping,
    'leaves one out between two pages': changing((page) =>
      isAlone(page) ? page : { ...page, results: itemsOf(page).slice(1) },
    ),
  }),
];
