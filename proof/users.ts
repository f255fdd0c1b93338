// Faults of users and service accounts: who is listed, what a key does, and what a deletion leaves behind.
import {
  askAs,
  asOwner,
  editBody,
  editFields,
  editQuery,
  objectIn,
  refusal,
  refuse,
  textIn,
  withoutHeader,
  withStatus,
  without,
} from './edit.ts';
import { instead, onAsk, onReply } from './fault.ts';
import { breaks, type Ask, type Mutant, type StartFault } from './mutant.ts';

const list = 'users_list' as const;
const current = 'users_current_retrieve' as const;
const destroy = 'users_destroy' as const;
const create = 'serviceaccounts_create' as const;
const retrieve = 'serviceaccounts_retrieve' as const;
const remove = 'serviceaccounts_destroy' as const;

const emptyPage = refuse(200, { count: 0, next: null, previous: null, results: [] });

/** Says that it is done, and does nothing. */
const pretends = (on: typeof destroy | typeof remove): StartFault =>
  instead({ on }, () => ({ ...refusal(204), body: '' }));

const someId = 'c0ffee00-0000-4000-8000-000000000004';

/** The key of the newest service account, in every later answer. */
const toldAgain: StartFault = () => {
  let apikey = '';
  return async (ask, next) => {
    const reply = await next(ask);
    if (!ask.path.startsWith('/api/v1/serviceaccounts/') || reply.status > 201) return reply;
    if (ask.method === 'POST') apikey = textIn(objectIn(reply), 'apikey');
    return ask.method === 'GET' ? editBody((value) => ({ ...value, apikey }))(reply) : reply;
  };
};

const isLong = (ask: Ask): boolean => textIn(objectIn(ask), 'name').length > 128;

export const userMutants: readonly Mutant[] = [
  ...breaks('users.list', {
    'is empty': onReply({ on: list, status: 200 }, emptyPage),
    'has the users of others': onAsk({ on: list }, (ask, { world }) =>
      askAs(ask, 'OUTSIDER', world),
    ),
    'is no page': onReply({ on: list, status: 200 }, refuse(200, [])),
  }),
  ...breaks('users.type', {
    'takes all for persons': onReply(
      { on: 'users_retrieve', status: 200 },
      editBody((user) => ({ ...user, type: 'interactive' })),
    ),
    'does not look at type': onAsk({ on: list }, (ask) =>
      editQuery(ask, (query) => {
        query.delete('type');
      }),
    ),
  }),
  ...breaks('users.ordering', {
    'does not look at it': onAsk({ on: list }, (ask) =>
      editQuery(ask, (query) => {
        query.delete('ordering');
      }),
    ),
    'knows one direction': onAsk({ on: list }, (ask) =>
      editQuery(ask, (query) => {
        query.set('ordering', (query.get('ordering') ?? '').replace('-', ''));
      }),
    ),
  }),
  ...breaks('users.current', {
    'is always the OWNER': onAsk({ on: current }, (ask, { world }) => askAs(ask, 'OWNER', world)),
    'answers 404': onReply({ on: current, status: 200 }, refuse(404)),
  }),
  ...breaks('users.id', {
    'is a UUID': onReply(
      { on: current, status: 200 },
      editBody((user) => ({ ...user, id: someId })),
    ),
  }),
  ...breaks('users.destroy', {
    'answers 200': onReply({ on: destroy, status: 204 }, withStatus(200)),
    'removes nobody': pretends(destroy),
  }),
  ...breaks('users.invitations-go', {
    'leaves them when a user goes': pretends(destroy),
    'leaves them when a service account goes': pretends(remove),
  }),
  ...breaks('users.accepted-goes', { 'leaves it': pretends(destroy) }),
  ...breaks('users.who-deletes', {
    'lets everybody': onReply({ on: [destroy, remove], status: 403 }, asOwner),
    'answers 404': onReply({ on: [destroy, remove], status: 403 }, withStatus(404)),
  }),
  ...breaks('serviceaccounts.create', {
    'answers 200': onReply({ on: create, status: 201 }, withStatus(200)),
    'tells no key': onReply({ on: create, status: 201 }, editBody(without('apikey'))),
    'knows no forms': onReply(
      {
        on: create,
        status: 201,
        when: ({ headers }) => !(headers['content-type'] ?? '').includes('json'),
      },
      refuse(415),
    ),
  }),
  ...breaks('serviceaccounts.location', {
    'says nothing': onReply({ on: create, status: 201 }, withoutHeader('location')),
  }),
  ...breaks('serviceaccounts.key', {
    'opens nothing': onReply(
      { on: create, status: 201 },
      editBody((account) => ({ ...account, apikey: `${textIn(account, 'apikey')}x` })),
    ),
    'is told again': toldAgain,
  }),
  ...breaks('serviceaccounts.requires-name', {
    'takes none': onReply({ on: create, status: 400 }, withStatus(201)),
    'takes longer ones': onReply({ on: create, status: 400, when: isLong }, withStatus(201)),
  }),
  ...breaks('serviceaccounts.role', {
    'is CONTRIB': onAsk({ on: create }, (ask) =>
      editFields(ask, (fields) => ({ role: 'CONTRIB', ...fields })),
    ),
  }),
  ...breaks('serviceaccounts.who-makes', {
    'lets everybody': onReply({ on: create, status: 403 }, asOwner),
  }),
  ...breaks('serviceaccounts.list', {
    'is empty': onReply({ on: 'serviceaccounts_list', status: 200 }, emptyPage),
    'answers 404': onReply({ on: 'serviceaccounts_list', status: 200 }, refuse(404)),
  }),
  ...breaks('serviceaccounts.retrieve', {
    'answers 404': onReply({ on: retrieve, status: 200 }, refuse(404)),
  }),
  ...breaks('serviceaccounts.same-id', {
    'has one of its own': onReply(
      { on: create, status: 201 },
      editBody((account) => ({ ...account, id: someId })),
    ),
  }),
  ...breaks('serviceaccounts.destroy', {
    'answers 200': onReply({ on: remove, status: 204 }, withStatus(200)),
    'removes nothing': pretends(remove),
  }),
];
