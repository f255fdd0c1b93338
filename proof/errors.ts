// Faults in refusals that have nothing to do with a body: ids, methods, media types of answers, throttling.
import { refusal, refuse, withBody, withHeaders, withoutHeader, withStatus } from './edit.ts';
import { instead, onAsk, onReply, type Where } from './fault.ts';
import { breaks, type Ask, type Mutant, type Reply, type StartFault } from './mutant.ts';

const create = 'invitations_create' as const;
const isMissing = (ask: Ask): boolean =>
  !/\/[0-9a-f]{8}-/i.test(ask.path) && ask.path.split('/').length > 5;
const where = (status: number): Where => ({ status });

const answers: readonly Mutant[] = [
  ...breaks('errors.id-not-a-uuid', {
    'answers 400': onReply(
      { status: 404, when: isMissing },
      refuse(400, { id: ['Must be a UUID.'] }),
    ),
    'answers 500': onReply({ status: 404, when: isMissing }, refuse(500)),
    'answers 400 at accept': onReply(
      { on: 'invitations_accept_create', status: 404, when: isMissing },
      refuse(400),
    ),
    'answers 400 at linked resources': onReply(
      {
        on: ['users_retrieve', 'memberships_retrieve', 'organizations_retrieve'],
        status: 404,
        when: isMissing,
      },
      refuse(400),
    ),
  }),
  ...breaks('errors.forbidden-detail', {
    'says error instead': onReply(where(403), withBody({ error: 'Forbidden' })),
    'says nothing': onReply(where(403), (reply) => ({ ...reply, body: '' })),
    'is empty at accept': onReply(
      { on: 'invitations_accept_create', status: 403 },
      withBody({ detail: '' }),
    ),
  }),
  ...breaks('errors.not-found-detail', {
    'says error instead': onReply(where(404), withBody({ error: 'Not found' })),
    'says it as a text alone': onReply(where(404), withBody('Not found')),
    'is null at a resend': onReply(
      { on: 'invitations_resend_create', status: 404 },
      withBody({ detail: null }),
    ),
  }),
  ...breaks('errors.method-not-allowed', {
    'answers 404': onReply(where(405), withStatus(404)),
    'answers 501': onReply(where(405), withStatus(501)),
    'says nothing': onReply(where(405), withBody({})),
    'takes PUT on the list for POST': onAsk(
      { when: ({ method, path }) => method === 'PUT' && path === '/api/v1/invitations/' },
      (ask) => ({ ...ask, method: 'POST' }),
    ),
    'takes GET of accept': instead(
      { when: ({ method, path }) => method === 'GET' && path.endsWith('/accept/') },
      refuse(200, {}),
    ),
  }),
  ...breaks('errors.allowed-methods', {
    'names every method': onReply(
      where(405),
      withHeaders({ allow: 'GET, POST, PUT, PATCH, DELETE, HEAD, OPTIONS' }),
    ),
    'names none': onReply(where(405), withHeaders({ allow: '' })),
    'names GET alone': onReply(where(405), withHeaders({ allow: 'GET' })),
    'leaves DELETE out': onReply(where(405), (reply) =>
      withHeaders({ allow: (reply.headers['allow'] ?? '').replace(/,? ?DELETE/, '') })(reply),
    ),
  }),
  ...breaks('errors.not-acceptable', {
    'answers JSON all the same': onAsk({}, (ask) => ({
      ...ask,
      headers: { ...ask.headers, accept: 'application/json' },
    })),
    'answers JSON all the same at a create': onAsk({ on: create }, (ask) => ({
      ...ask,
      headers: { ...ask.headers, accept: 'application/json' },
    })),
    'answers 415': onReply(where(406), refuse(415)),
    'says nothing': onReply(where(406), withBody({})),
  }),
];

/** Every so many requests; what Django REST framework answers to one too many, but for one thing. */
const throttling =
  (change: (reply: Reply) => Reply): StartFault =>
  () => {
    let count = 0;
    return (ask, next) => {
      count += 1;
      if (count % 5 !== 0 || ask.method !== 'GET') return next(ask);
      return change(withHeaders({ 'retry-after': '0' })(refusal(429)));
    };
  };

const manyReads = ['list.filter-outside-enumeration', 'pages.not-a-number'];

const throttled: readonly Mutant[] = [
  ...breaks(
    'errors.throttled',
    {
      'says nothing': throttling(withBody({})),
      'says error instead': throttling(withBody({ error: 'Slow down.' })),
    },
    manyReads,
  ),
  ...breaks(
    'errors.retry-after',
    {
      'does not say when': throttling(withoutHeader('retry-after')),
      'says it in words': throttling(withHeaders({ 'retry-after': 'soon' })),
      'says a fraction': throttling(withHeaders({ 'retry-after': '0.5' })),
    },
    manyReads,
  ),
];

export const errorMutants: readonly Mutant[] = [...answers, ...throttled];
