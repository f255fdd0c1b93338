// Deployments that are right, each in a way of its own: the suites must accuse none of them.
import { setTimeout as sleep } from 'node:timers/promises';
import { editBody, editInvitations, parse, textIn, withBody, withHeaders } from './edit.ts';
import { instead, onReply, together } from './fault.ts';
import {
  waiting,
  rewording,
  replacingHost,
  prefix,
  prefixed,
  deliveringFirst,
  busy,
  throttling,
  html,
  membershipBefore,
  onlyJwts,
  keeping,
  reversed,
} from './peculiarities.ts';
import type { DeploymentOptions } from './deployment.ts';
import type { RuleId } from '../spec/vocabulary.ts';

export type Variant = DeploymentOptions & {
  readonly id: string;
  readonly title: string;
  /** Rules that are only assumed, and that it rightly is told to depart from. */
  readonly departs?: readonly RuleId[];
  /** The part of the suite that is enough, where all of it would take too long. */
  readonly only?: readonly string[];
  /** Of which it is made: run one by one where the suites accuse it. */
  readonly parts?: readonly Variant[];
};

export const asItIs: Variant = { id: 'as-it-is', title: 'the fake, with nothing changed' };

const singles: readonly Variant[] = [
  {
    id: 'ten-thousand',
    title: 'has ten thousand invitations already',
    options: { scenario: 'many-pages', pageSize: 100 },
    env: waiting(10_000),
  },
  {
    id: 'late-delivery',
    title: 'delivers after 1.5 seconds',
    options: { delivery: 'after-delay', deliveryDelayMs: 1_500 },
    env: waiting(6_000),
    only: ['resend.back-to-pending', 'lifecycle.becomes-sent', 'update.new-address-is-pending'],
  },
  {
    id: 'slow-answers',
    title: 'takes 150 ms for each answer',
    start: () => async (ask, next) => {
      await sleep(150);
      return next(ask);
    },
    env: waiting(6_000),
    only: ['create.answer', 'resend.newest-state', 'pages.next'],
  },
  { id: 'small-pages', title: 'has 7 invitations on a page', options: { pageSize: 7 } },
  { id: 'large-pages', title: 'has 50 invitations on a page', options: { pageSize: 50 } },
  { id: 'other-words', title: 'says everything in other words', start: rewording },
  {
    id: 'more-than-asked',
    title: 'has more headers and fields than the contract',
    start: onReply({}, (reply) =>
      withHeaders({
        'x-request-id': '7',
        vary: 'Accept, Cookie, Origin, Accept-Encoding',
        'cache-control': 'no-store',
      })(
        editInvitations((item) => ({ ...item, expires_at: null, tags: ['a'] }))(
          editBody((value) => ('results' in value ? { ...value, page_size: 10 } : value))(reply),
        ),
      ),
    ),
  },
  {
    id: 'other-host',
    title: 'has another host in its links',
    departs: ['linked.same-origin'],
    start: onReply({}, (reply, ask) => ({
      ...reply,
      body: replacingHost(reply.body, ask, 'https://api.example.net'),
    })),
  },
  {
    id: 'path-prefix',
    title: 'lives under a path of its own',
    start: prefixed,
    env: (env) => ({
      ...env,
      CONTRACT_TARGET: `${env['CONTRACT_TARGET'] ?? ''}${prefix}`,
      CONTRACT_TOKEN_URL: env['CONTRACT_TOKEN_URL']?.replace('/_mock', `${prefix}/_mock`),
    }),
  },
  {
    id: 'delivers-first',
    title: 'delivers before it answers a resend or a new address',
    start: deliveringFirst,
  },
  { id: 'jwts-alone', title: 'gives its members JWTs and no keys', env: onlyJwts },
  {
    id: 'owner-alone',
    title: 'gives an owner’s credentials and no others',
    env: keeping('TARGET', 'AUTH_OWNER'),
  },
  { id: 'member-before', title: 'has the invitee as a member already', start: membershipBefore },
  {
    id: 'small-letters',
    title: 'keeps addresses in small letters',
    start: onReply(
      {},
      editInvitations((item) => ({ ...item, email: textIn(item, 'email').toLowerCase() })),
    ),
  },
  {
    id: 'html-for-browsers',
    title: 'answers HTML to who asks for HTML',
    start: instead(
      {
        when: ({ method, headers }) =>
          method === 'GET' && (headers['accept'] ?? '').startsWith('text/html'),
      },
      () => html,
    ),
  },
  {
    id: 'other-challenge',
    title: 'names its schemes otherwise, and says its charset',
    start: onReply({}, (reply) => {
      const isChallenge = reply.status === 401;
      const isJson = reply.headers['content-type'] !== undefined;
      return withHeaders({
        ...(isChallenge ? { 'www-authenticate': 'Api-Key realm="api", JWT realm="api"' } : {}),
        ...(isJson ? { 'content-type': 'application/json; charset=utf-8' } : {}),
      })(reply);
    }),
  },
  {
    id: 'key-order',
    title: 'has its fields in another order',
    start: onReply({}, (reply) => {
      const value = parse(reply.body);
      return value === undefined ? reply : withBody(reversed(value))(reply);
    }),
  },
  {
    id: 'fewer-methods',
    title: 'does not name HEAD and OPTIONS in Allow',
    start: onReply({}, (reply) =>
      reply.headers['allow'] === undefined
        ? reply
        : withHeaders({ allow: reply.headers['allow'].replace(/, HEAD, OPTIONS$/, '') })(reply),
    ),
  },
  {
    id: 'throttling',
    title: 'answers 429 now and then, and says when to ask again',
    start: throttling,
  },
  { id: 'busy', title: 'is used by others meanwhile', start: busy },
];

const named = (id: string): Variant => {
  const found = singles.find((variant) => variant.id === id);
  if (found === undefined) throw new Error(`There is no variant "${id}".`);
  return found;
};

/** Several peculiarities in one run: nine of ten runs saved, as long as none of them is accused. */
const combine = (id: string, ...ids: readonly string[]): Variant => {
  const parts = ids.map(named);
  return {
    id,
    title: `is all of these: ${ids.join(', ')}`,
    start: together(...parts.flatMap(({ start }) => start ?? [])),
    options: parts.reduce((all, { options = {} }) => ({ ...all, ...options }), {}),
    departs: parts.flatMap(({ departs = [] }) => departs),
    env: (given) => parts.reduce((env, part) => part.env?.(env) ?? env, given),
    parts,
  };
};

const heavy = ['ten-thousand', 'late-delivery', 'slow-answers', 'owner-alone'];

export const variants: readonly Variant[] = [
  asItIs,
  ...heavy.map(named),
  combine(
    'looks-different',
    ...['other-host', 'more-than-asked', 'other-words', 'small-letters', 'html-for-browsers'],
    ...['other-challenge', 'key-order', 'fewer-methods', 'member-before'],
  ),
  combine('works-different', 'throttling', 'path-prefix', 'small-pages', 'delivers-first', 'busy'),
  combine('is-asked-differently', 'jwts-alone', 'large-pages'),
];

export const partsOf = ({ parts = [] }: Variant): readonly Variant[] => parts;

/** Also those that are only a part of another. */
export const everyVariant: readonly Variant[] = [...new Set([...variants, ...singles])];
