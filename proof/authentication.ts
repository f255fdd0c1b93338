// Faults in who is let in: credentials that should count and do not, and the other way round.
import {
  asOwner,
  editBody,
  queryOf,
  refusal,
  refuse,
  withBody,
  withoutHeader,
  withStatus,
} from './edit.ts';
import {
  authorizationOf,
  isKey,
  isJwt,
  isNobody,
  isBasic,
  isExpired,
  isStrange,
  partsOf,
  decode,
  algorithmOf,
  isForged,
  isMalformed,
} from './credentials.ts';
import { instead, onAsk, onReply, type Where } from './fault.ts';
import { breaks, type Ask, type Mutant, type StartFault } from './mutant.ts';

const refusedAs = (when: Where['when'], status: number): StartFault =>
  onReply({ status: 401, when }, withStatus(status));

const letIn = (when: Where['when'], on?: Where['on']): StartFault =>
  onReply({ status: 401, when, on }, asOwner);

/** A secret in another place than the header that it belongs into. */
const readingFrom = (find: (ask: Ask) => string | null | undefined, scheme: string): StartFault =>
  onAsk({}, (ask) => {
    const secret = find(ask);
    return secret === null || secret === undefined
      ? ask
      : { ...ask, headers: { ...ask.headers, authorization: `${scheme} ${secret}` } };
  });

const after =
  (pattern: RegExp) =>
  (ask: Ask): string | undefined =>
    pattern.exec(authorizationOf(ask))?.[1];

const isPrefixed: Where['when'] = (ask, { credential }) =>
  isKey(ask) && authorizationOf(ask).startsWith(credential('OWNER').slice(0, 16));

const on = 'invitations_accept_create' as const;

const recognized: readonly Mutant[] = [
  ...breaks('authentication.api-key', {
    'knows no key of a VIEWER': instead(
      { when: (ask, { callerOf }) => isKey(ask) && callerOf(ask) === 'VIEWER' },
      refuse(401),
    ),
    'knows no keys at accept': instead({ on, when: isKey }, refuse(401)),
    'knows no keys at linked resources': instead(
      { on: ['users_retrieve', 'memberships_retrieve', 'organizations_retrieve'], when: isKey },
      refuse(401),
    ),
    'knows no keys at PUT': instead({ on: 'invitations_update', when: isKey }, refuse(401)),
  }),
  ...breaks('authentication.token', {
    'knows none': instead(
      { when: ({ headers }) => /^bearer opaque_/i.test(headers['authorization'] ?? '') },
      refuse(401),
    ),
  }),
  ...breaks('authentication.jwt', {
    'knows no JWTs': instead({ when: isJwt }, refuse(401)),
    'knows no JWTs at the list': instead({ on: 'invitations_list', when: isJwt }, refuse(401)),
    'knows no JWTs at DELETE': instead({ on: 'invitations_destroy', when: isJwt }, refuse(401)),
    'knows no JWTs at resend': instead(
      { on: 'invitations_resend_create', when: isJwt },
      refuse(401),
    ),
  }),
  ...breaks('authentication.api-key-value', {
    'takes a key as Bearer': readingFrom(after(/^Bearer ([^.]+)$/), 'Api-Key'),
    'takes a key without a scheme': readingFrom(after(/^([^ .]+)$/), 'Api-Key'),
    'takes a key in X-Api-Key': readingFrom(({ headers }) => headers['x-api-key'], 'Api-Key'),
    'takes a key in the query': readingFrom((ask) => queryOf(ask).get('api_key'), 'Api-Key'),
  }),
  ...breaks('authentication.jwt-value', {
    'takes a JWT as Token': readingFrom(after(/^Token (.+\..+)$/), 'Bearer'),
    'takes a JWT without a scheme': readingFrom(after(/^([^ ]+\.[^ ]+\.[^ ]+)$/), 'Bearer'),
    'takes a JWT in a cookie': readingFrom(
      ({ headers }) => /token=([^;]+\.[^;]+)/.exec(headers['cookie'] ?? '')?.[1],
      'Bearer',
    ),
    'takes a JWT in the query': readingFrom((ask) => queryOf(ask).get('access_token'), 'Bearer'),
  }),
];

const refused: readonly Mutant[] = [
  ...breaks('authentication.missing', {
    'answers 403': refusedAs(isNobody, 403),
    'lets anybody list': letIn(isNobody, 'invitations_list'),
    'lets anybody retrieve': letIn(isNobody, 'invitations_retrieve'),
    'lets anybody delete': letIn(isNobody, 'invitations_destroy'),
    'lets anybody read users': letIn(isNobody, 'users_retrieve'),
    'redirects to a login': onReply({ status: 401, when: isNobody }, (reply) => ({
      ...reply,
      status: 302,
      headers: { ...reply.headers, location: '/login/' },
    })),
  }),
  ...breaks('authentication.unknown-scheme', {
    'answers 403': refusedAs(isBasic, 403),
    'answers 400': onReply({ status: 401, when: isStrange }, refuse(400)),
    'lets Basic in': letIn(isBasic),
    'lets Basic retrieve': letIn(isBasic, 'invitations_retrieve'),
  }),
  ...breaks('authentication.wrong-key', {
    'answers 403': refusedAs(isKey, 403),
    'looks at the beginning alone': letIn(isPrefixed),
    'lets every key in': letIn(isKey),
    'lets every key accept': onReply({ on, status: 401, when: isKey }, withStatus(403)),
  }),
  ...breaks('authentication.malformed-jwt', {
    'answers 400': onReply({ status: 401, when: isMalformed }, refuse(400)),
    'answers 500': onReply({ status: 401, when: isMalformed }, refuse(500)),
    'answers 403 to it': refusedAs(isMalformed, 403),
    'lets it in': letIn(isMalformed),
  }),
  ...breaks('authentication.expired-jwt', {
    'lets it in': letIn(isExpired),
    'lets it retrieve': letIn(isExpired, 'invitations_retrieve'),
    'lets it resend': letIn(isExpired, 'invitations_resend_create'),
    'answers 403': refusedAs(isExpired, 403),
  }),
  ...breaks('authentication.wrong-signature', {
    'does not check it': letIn(isForged),
    'does not check it at PATCH': letIn(isForged, 'invitations_partial_update'),
    'takes the algorithm none': letIn(
      (ask, world) => isForged(ask, world) && /^none$/i.test(algorithmOf(ask)),
    ),
    'takes HS256': letIn((ask, world) => isForged(ask, world) && algorithmOf(ask) === 'HS256'),
    'takes an empty signature': letIn(
      (ask, world) => isForged(ask, world) && partsOf(ask)[2] === '',
    ),
    'takes the key that comes along': letIn((ask, world) => {
      const header = decode(partsOf(ask)[0]);
      return (
        isForged(ask, world) && typeof header === 'object' && header !== null && 'jwk' in header
      );
    }),
    'answers 403': refusedAs(isForged, 403),
  }),
  ...breaks('authentication.challenge', {
    'has none': onReply({ status: 401 }, withoutHeader('www-authenticate')),
    'has none for a JWT': onReply({ status: 401, when: isJwt }, withoutHeader('www-authenticate')),
    'has none at DELETE': onReply(
      { on: 'invitations_destroy', status: 401 },
      withoutHeader('www-authenticate'),
    ),
  }),
  ...breaks('authentication.detail', {
    'says message instead': onReply({ status: 401 }, withBody({ message: 'Unauthorized' })),
    'says nothing': onReply({ status: 401 }, (reply) => ({ ...reply, body: '' })),
    'is empty for a key': onReply(
      { status: 401, when: isKey },
      editBody(() => ({ detail: '' })),
    ),
    'is a list at the linked users': onReply(
      { on: 'users_retrieve', status: 401 },
      editBody(() => ({ detail: ['No.'] })),
    ),
  }),
  ...breaks('order.credentials-before-method', {
    'answers 405 to anybody': instead(
      {
        when: (ask) =>
          isNobody(ask) && ask.method === 'DELETE' && ask.path.endsWith('invitations/'),
      },
      () => refusal(405),
    ),
    'answers 405 to anybody at an invitation': instead(
      {
        when: (ask) =>
          isNobody(ask) && ask.method === 'POST' && /invitations\/[^/]+\/$/.test(ask.path),
      },
      () => refusal(405),
    ),
  }),
  ...breaks('order.credentials-before-scope', {
    'looks at the scope first': onReply(
      {
        status: 401,
        when: (ask, world) => {
          const own = world.credential('INVITEE').split('.')[1];
          return isForged(ask, world) && partsOf(ask)[1] === own;
        },
      },
      withStatus(403),
    ),
  }),
];

export const authenticationMutants: readonly Mutant[] = [...recognized, ...refused];
