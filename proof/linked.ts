// Faults of what an invitation links to: users, memberships, organizations, and the JWT of a new member.
import {
  editBody,
  editInvitations,
  objectIn,
  refuse,
  withBody,
  withStatus,
  without,
  type Json,
} from './edit.ts';
import { instead, onReply, type Where } from './fault.ts';
import { breaks, type Mutant, type StartFault } from './mutant.ts';

const user = 'users_retrieve' as const;
const membership = 'memberships_retrieve' as const;
const organization = 'organizations_retrieve' as const;
const all = [user, membership, organization] as const;

const changing = (on: Where['on'], change: (value: Json) => Json): StartFault =>
  onReply({ on, status: 200 }, editBody(change));

const lacking = (on: (typeof all)[number], names: readonly string[]) =>
  Object.fromEntries(names.map((name) => [`lacks ${name}`, changing(on, without(name))]));

const elsewhere = (field: string, collection: string, other: string): StartFault =>
  onReply(
    {},
    editInvitations((item) => ({
      ...item,
      [field]:
        typeof item[field] === 'string'
          ? item[field].replace(`/${collection}/`, `/${other}/`)
          : item[field],
    })),
  );

/** As behind a gateway that keeps the name of the target, or the scheme that it was asked by, to itself. */
const inner = (value: unknown): unknown =>
  typeof value === 'string'
    ? value.replace(/^https?:\/\/[^/]+/, 'http://inner.example:8080')
    : value;

const someId = 'c0ffee00-0000-4000-8000-000000000003';
const other = (value: Json): Json => ({
  ...value,
  id: someId,
  url: String(value['url']).replace(/[^/]+\/$/, `${someId}/`),
});

const isToken: Where['when'] = ({ path }) => path.startsWith('/_mock/tokens');
const isScoped: Where['when'] = (ask, world) =>
  isToken(ask, world) && 'organization' in objectIn(ask);

export const linkedMutants: readonly Mutant[] = [
  ...breaks('linked.times', {
    'has times with milliseconds': changing(user, (value) => ({
      ...value,
      created_at: String(value['created_at']).replace(/\d{3}Z$/, 'Z'),
    })),
    'has times of a zone': changing(user, (value) => ({
      ...value,
      created_at: String(value['created_at']).replace('Z', '+00:00'),
    })),
  }),
  ...breaks('linked.inviter', {
    'answers 404': onReply({ on: user, status: 200 }, refuse(404)),
    'answers 403': onReply({ on: user, status: 200 }, refuse(403)),
    'answers another user': changing(user, other),
    'is under another path': elsewhere('inviter', 'users', 'people'),
  }),
  ...breaks('linked.membership', {
    'answers 404': onReply({ on: membership, status: 200 }, refuse(404)),
    'answers another membership': changing(membership, other),
    'is under another path': elsewhere('membership', 'memberships', 'members'),
  }),
  ...breaks('linked.organization', {
    'answers 404': onReply({ on: organization, status: 200 }, refuse(404)),
    'answers another organization': changing(organization, other),
    'is under another path': elsewhere('organization', 'organizations', 'teams'),
  }),
  ...breaks('linked.user-fields', {
    ...lacking(user, ['name', 'email', 'picture_url', 'created_at', 'modified_at']),
    'has an empty picture': changing(user, (value) => ({ ...value, picture_url: '' })),
    'has times as numbers': changing(user, (value) => ({ ...value, created_at: 1_700_000_000 })),
  }),
  ...breaks('linked.membership-fields', {
    ...lacking(membership, ['user', 'organization', 'role', 'created_at', 'modified_at']),
    'has the id of the user': changing(membership, (value) => ({
      ...value,
      user: String(value['user']).split('/').at(-2),
    })),
    'has its role in small letters': changing(membership, (value) => ({
      ...value,
      role: String(value['role']).toLowerCase(),
    })),
  }),
  ...breaks('linked.organization-fields', {
    ...lacking(organization, ['name', 'current', 'created_at', 'modified_at']),
    'has current as text': changing(organization, (value) => ({ ...value, current: 'true' })),
    'has no name': changing(organization, (value) => ({ ...value, name: null })),
  }),
  ...breaks('linked.same-origin', {
    'leads to an inner host': onReply(
      {},
      editInvitations((item) => ({ ...item, inviter: inner(item['inviter']) })),
    ),
    'leads to an inner host from page to page': onReply(
      { on: 'invitations_list', status: 200 },
      editBody((value) => ({ ...value, next: inner(value['next']) })),
    ),
  }),
  ...breaks('linked.missing', {
    'answers 200': onReply({ on: all, status: 404 }, refuse(200, {})),
    'answers 403': onReply({ on: all, status: 404 }, withStatus(403)),
    'answers 410 for a user': onReply({ on: user, status: 404 }, withStatus(410)),
    'answers null': onReply({ on: organization, status: 404 }, (reply) =>
      withBody(null)(withStatus(200)(reply)),
    ),
  }),
  ...breaks('accept.new-jwt', {
    'gives no JWT with the scope': instead({ when: isScoped }, refuse(409)),
    'gives a JWT without the scope': instead({ when: isScoped }, (ask, { next }) =>
      next({ ...ask, body: JSON.stringify(without('organization')(objectIn(ask))) }),
    ),
  }),
];
