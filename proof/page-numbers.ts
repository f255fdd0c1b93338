// Faults in which page a number means, and in what is no number of a page.
import { editBody, editQuery, objectIn, queryOf, refuse, withStatus, type Json } from './edit.ts';
import { onAsk, onReply, type Where } from './fault.ts';
import { breaks, type Ask, type Mutant, type Reply, type StartFault } from './mutant.ts';

const on = 'invitations_list' as const;
const numberIn = (ask: Ask): string | null => queryOf(ask).get('page');
const isNumbered =
  (pattern: RegExp) =>
  (ask: Ask): boolean =>
    pattern.test(numberIn(ask) ?? 'none');
const isPastFifth = (ask: Ask): boolean => Number(numberIn(ask)) > 5;

const changing = (change: (page: Json, ask: Ask) => Json, where: Where = {}): StartFault =>
  onReply({ ...where, on, status: 200 }, (reply, ask) =>
    editBody((page) => change(page, ask))(reply),
  );

const asking = (page: string, when: Where['when'], on_: Where['on'] = on): StartFault =>
  onAsk({ on: on_, when }, (ask) =>
    editQuery(ask, (query) => {
      query.set('page', page);
    }),
  );

const here = (ask: Ask): string => `http://${ask.headers['host'] ?? ''}${ask.path}`;
const empty = { count: 0, next: null, previous: null, results: [] };
const emptyPage = (reply: Reply): Reply => ({ ...reply, status: 200, body: JSON.stringify(empty) });
const isEmpty = (reply: Reply): boolean => objectIn(reply)['count'] === 0;

export const pageNumberMutants: readonly Mutant[] = [
  ...breaks('pages.by-number', {
    'ignores the number': asking('1', isNumbered(/^\d+$/)),
    'counts pages from zero': onAsk({ on, when: isNumbered(/^\d+$/) }, (ask) =>
      editQuery(ask, (query) => {
        query.set('page', String(Number(numberIn(ask)) + 1));
      }),
    ),
    'has nothing on pages past the fifth': changing((page) => ({ ...page, results: [] }), {
      when: isPastFifth,
    }),
    'does not know pages past the fifth': onReply(
      { on, status: 200, when: isPastFifth },
      refuse(404),
    ),
  }),
  ...breaks('pages.beyond-last', {
    'answers an empty page': onReply(
      { on, status: 404, when: isNumbered(/^[1-9]\d*$/) },
      emptyPage,
    ),
    'answers the last page': onReply(
      { on, status: 404, when: isNumbered(/^[1-9]\d*$/) },
      (_reply, ask, { next }) =>
        next(
          editQuery(ask, (query) => {
            query.set('page', 'last');
          }),
        ),
    ),
    'answers 400': onReply({ on, status: 404, when: isNumbered(/^[1-9]\d*$/) }, refuse(400)),
  }),
  ...breaks('pages.zero-or-negative', {
    'takes zero for the first': asking('1', isNumbered(/^0$/)),
    'counts from the end': asking('last', isNumbered(/^-\d+$/)),
    'answers 400': onReply({ on, status: 404, when: isNumbered(/^(0|-\d+)$/) }, refuse(400)),
  }),
  ...breaks('pages.not-a-number', {
    'takes a word for the first': asking('1', isNumbered(/^(?!last$|none$)[a-z]+$/)),
    'takes 1.5 for 1': asking('1', isNumbered(/^1\.5$/)),
    'takes 0x1 for 1': asking('1', isNumbered(/^0x1$/)),
    'answers 400': onReply(
      { on, status: 404, when: isNumbered(/^(?!-?\d+$|last$|none$)/) },
      refuse(400, { page: ['A valid integer is required.'] }),
    ),
    'answers 500': onReply({ on, status: 404, when: isNumbered(/^[a-z]+$/) }, withStatus(500)),
  }),
  ...breaks('pages.last', {
    'does not know it': onReply({ on, when: isNumbered(/^last$/) }, refuse(404)),
    'takes it for the first': asking('1', isNumbered(/^last$/)),
  }),
  ...breaks('pages.empty', {
    'answers 404': onReply({ on, status: 200 }, (reply) =>
      isEmpty(reply) ? refuse(404)() : reply,
    ),
    'answers 404 to page 1': onReply({ on, status: 200, when: isNumbered(/^1$/) }, (reply) =>
      isEmpty(reply) ? refuse(404)() : reply,
    ),
    'answers 204': onReply({ on, status: 200 }, (reply) =>
      isEmpty(reply) ? { ...reply, status: 204, body: '' } : reply,
    ),
    'links to a page 0': changing((page, ask) =>
      page['count'] === 0 ? { ...page, previous: `${here(ask)}&page=0` } : page,
    ),
  }),
];
