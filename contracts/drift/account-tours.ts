// Tours of users and service accounts. Nobody is deleted whom the comparison has not made: users are service accounts here.
import { mediaTypes } from '../body.ts';
import {
  ask,
  create,
  createAccount,
  fields,
  follow,
  list,
  on,
  settle,
} from '../sequences/build-step.ts';
import { callersIn, type SharedWorld } from './shared-world.ts';
import type { Content, Step, Who } from '../sequences/step.ts';

const pages = [{}, { page: 'last' }, { page: '0' }, { page: 'x' }, { page: '99999999' }] as const;
const types = [{ type: 'service' }, { type: 'interactive' }, { type: 'robot' }] as const;

/** Who is no member has no rank that both targets would have to agree on. */
const ranked = (shared: SharedWorld): readonly Who[] =>
  callersIn(shared).filter((who) => who !== 'OUTSIDER');

export const accountReadsTour = (shared: SharedWorld): readonly Step[] => [
  ...ranked(shared).flatMap((as) => [
    ask('users_current_retrieve', as),
    ask('users_list', as),
    ask('serviceaccounts_list', as),
  ]),
  ...[...pages, ...types].map((query) => ask('users_list', 'OWNER', query)),
  ...pages.map((query) => ask('serviceaccounts_list', 'OWNER', query)),
];

const bodies: readonly Content[] = [
  fields({}),
  fields({ name: '' }),
  fields({ name: 'x'.repeat(129) }),
  fields({ name: '<name:9>', role: 'KING' }),
  { text: '[]', contentType: 'application/json' },
  { text: 'name=<name:9>', contentType: 'text/plain' },
];

const makingTour = (shared: SharedWorld): readonly Step[] => [
  ...mediaTypes.map((mediaType, index) => ({
    ...createAccount(index + 1, 'VIEWER'),
    content: { mediaType, fields: { name: `<name:${index + 1}>` } },
  })),
  ...bodies.map((content) => ({ ...createAccount(9, 'VIEWER'), content })),
  ...ranked(shared).flatMap((as, index) =>
    (['VIEWER', 'OWNER'] as const).map((role, more) =>
      createAccount(10 + 2 * index + more, role, as),
    ),
  ),
];

const deletingTour = ({ members, hasOutsider }: SharedWorld): readonly Step[] => {
  const others: readonly Who[] = [
    ...(hasOutsider ? (['OUTSIDER'] as const) : []),
    ...[...members].reverse(),
  ];
  return [
    createAccount(1, 'OWNER'),
    createAccount(2, 'OWNER'),
    ...others.flatMap((as) => [
      on(1, 'serviceaccounts_destroy', as),
      on(1, 'serviceaccounts_retrieve', as),
      follow(2, 'users_destroy', 'user', as),
      follow(2, 'users_retrieve', 'user', as),
    ]),
  ];
};

/** What a new key may, and what becomes of all that when its account is deleted, and when its user is. */
const keyTour: readonly Step[] = [
  createAccount(1, 'ADMIN'),
  createAccount(2, 'VIEWER'),
  ...([1, 2] as const).flatMap((slot): readonly Step[] => [
    ask('users_current_retrieve', `<key:${slot}>`),
    on(slot, 'serviceaccounts_retrieve', `<key:${slot}>`),
    on(slot, 'serviceaccounts_destroy', `<key:${slot}>`),
    follow(slot, 'users_destroy', 'user', `<key:${slot}>`),
    create(2 + slot, { as: `<key:${slot}>` }),
  ]),
  createAccount(5, 'ADMIN'),
  create(6, { as: '<key:5>' }),
  settle(3),
  on(3, 'invitations_retrieve'),
  follow(1, 'users_destroy', 'user'),
  on(5, 'serviceaccounts_destroy'),
  ...([3, 6] as const).flatMap((slot): readonly Step[] => [
    on(slot, 'invitations_retrieve'),
    list({ email: `<email:${slot}>` }),
  ]),
  ask('users_current_retrieve', '<key:1>'),
  ask('users_current_retrieve', '<key:5>'),
];

export const accountTours = (shared: SharedWorld): readonly (readonly Step[])[] => [
  accountReadsTour(shared),
  makingTour(shared),
  deletingTour(shared),
  keyTour,
];
