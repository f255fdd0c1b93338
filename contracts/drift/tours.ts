// Sequences that go over the contract once and in order, before chance takes over: each caller, role, refusal and filter
// is met however short the run.
import { mediaTypes } from '../body.ts';
import { accountReadsTour, accountTours } from './account-tours.ts';
import { create, fields, follow, list, on, settle } from '../sequences/build-step.ts';
import type { SharedWorld } from './shared-world.ts';
import {
  invalidContents,
  existingTour,
  listTour,
  methodsTour,
  missingTour,
  strangersTour,
} from './reading-tours.ts';
import type { Step } from '../sequences/step.ts';

const rolesTour = ({ members }: SharedWorld): Step[][] =>
  members.map((role) => {
    const others = [...members].reverse();
    return [
      create(1, { role }),
      settle(1),
      ...others.flatMap((as) => [
        on(1, 'invitations_retrieve', as),
        on(1, 'invitations_resend_create', as),
        settle(1),
        on(1, 'invitations_partial_update', as),
        on(1, 'invitations_update', as, fields({ email: '<email:1>', role })),
        on(1, 'invitations_update', as, fields({ email: 'no-address', role: 'KING' })),
      ]),
      ...others.map((as) => on(1, 'invitations_destroy', as)),
    ];
  });

/** Upwards: what is refused changes nothing. */
const promotionTour = ({ members }: SharedWorld): Step[] => [
  create(1),
  ...[...members]
    .reverse()
    .map((as) => on(1, 'invitations_partial_update', as, fields({ role: 'OWNER' }))),
];

const createTour = ({ members }: SharedWorld): Step[] =>
  members.flatMap((as, row) =>
    members.map((role, column) => create(row * members.length + column + 1, { as, role })),
  );

const readOnlyFields = {
  ...{ id: '0d9c3b7e-61f4-4e2a-b5d8-7a1f2c4e6908', url: 'https://example.com/', state: 'accepted' },
  ...{ state_detail: 'none', inviter: 'https://example.com/', inviter_name: 'Nobody' },
  ...{ membership: 'https://example.com/', organization: 'https://example.com/', unknown: 'x' },
};

const bodiesTour: Step[] = [
  create(7, {
    content: {
      text: '{"email":"<email:7>","role":"VIEWER"}',
      contentType: 'application/json; charset=utf-8',
    },
  }),
  ...mediaTypes.map((mediaType, index) =>
    create(index + 1, {
      content: { mediaType, fields: { email: `<email:${index + 1}>`, role: 'CONTRIB' } },
    }),
  ),
  ...mediaTypes.flatMap((mediaType, index): Step[] => [
    on(1, 'invitations_update', 'OWNER', {
      mediaType,
      fields: { email: `<email:${4 + index}>`, role: 'ADMIN', ...readOnlyFields },
    }),
    settle(1),
    on(1, 'invitations_partial_update', 'OWNER', { mediaType, fields: { role: 'VIEWER' } }),
  ]),
  ...invalidContents.flatMap((content): Step[] => [
    create(8, { content }),
    on(2, 'invitations_update', 'OWNER', content),
    on(3, 'invitations_partial_update', 'OWNER', content),
    on(2, 'invitations_retrieve'),
  ]),
];

const addressesTour: Step[] = [
  create(1),
  list({}),
  list({ email: '<EMAIL:1>' }),
  create(2),
  create(3, { email: '<email:1>' }),
  create(3, { email: '<EMAIL:1>' }),
  create(5, { email: '<EMAIL:5>' }),
  settle(1),
  on(1, 'invitations_partial_update', 'OWNER', fields({ email: '<email:2>' })),
  on(1, 'invitations_update', 'OWNER', fields({ email: '<email:2>', role: 'VIEWER' })),
  on(1, 'invitations_update', 'OWNER', fields({ email: '<EMAIL:2>', role: 'VIEWER' })),
  on(1, 'invitations_partial_update', 'OWNER', fields({ email: '<EMAIL:1>' })),
  settle(1),
  list({ email: '<email:1>', role: 'VIEWER' }),
  list({ email: '<email:1>', role: 'ADMIN' }),
  list({ email: '<email:1>', state: 'sent' }),
  list({ email: '<email:1>', state: 'accepted' }),
  list({ email: '<email:3>', role: 'VIEWER' }),
  on(1, 'invitations_partial_update', 'OWNER', fields({ email: '<email:4>' })),
  settle(1),
  list({ email: '<email:4>' }),
  list({ email: '<email:1>' }),
  on(1, 'invitations_destroy'),
  on(1, 'invitations_retrieve'),
  on(1, 'invitations_destroy'),
  on(1, 'invitations_resend_create'),
  on(1, 'invitations_partial_update', 'OWNER', fields({ role: 'VIEWER' })),
  list({ email: '<email:4>' }),
];

const acceptTour = ({ members }: SharedWorld): Step[] => [
  create(1, { email: '<invitee>', role: 'CONTRIB' }),
  on(1, 'invitations_accept_create'),
  on(1, 'invitations_retrieve', 'INVITEE'),
  settle(1),
  on(1, 'invitations_accept_create', 'INVITEE'),
  on(1, 'invitations_retrieve'),
  list({ email: '<invitee>', state: 'accepted' }),
  follow(1, 'memberships_retrieve', 'membership'),
  on(1, 'invitations_accept_create', 'INVITEE'),
  on(1, 'invitations_resend_create'),
  ...members.map((as) => on(1, 'invitations_partial_update', as, fields({ role: 'VIEWER' }))),
  on(1, 'invitations_update', 'OWNER', fields({ email: '<email:2>', role: 'VIEWER' })),
  on(1, 'invitations_retrieve'),
  on(1, 'invitations_destroy'),
  on(1, 'invitations_accept_create', 'INVITEE'),
  follow(1, 'memberships_retrieve', 'membership'),
  create(2, { email: '<INVITEE>', role: 'VIEWER' }),
  on(2, 'invitations_accept_create', 'INVITEE'),
  follow(2, 'memberships_retrieve', 'membership'),
];

const bounceTour: Step[] = [
  create(1, { email: '<bounce>' }),
  settle(1),
  list({ email: '<bounce>', state: 'bounced' }),
  create(2, { email: '<bounce>' }),
  on(1, 'invitations_resend_create'),
  settle(1),
  on(1, 'invitations_partial_update', 'OWNER', fields({ role: 'CONTRIB' })),
  on(1, 'invitations_partial_update', 'OWNER', fields({ email: '<email:2>' })),
  settle(1),
  on(1, 'invitations_partial_update', 'OWNER', fields({ email: '<bounce>' })),
  settle(1),
];

const outsiderTour: Step[] = [
  create(1),
  create(2, { as: 'OUTSIDER', email: '<email:1>', role: 'OWNER' }),
  settle(1),
  settle(2, 'OUTSIDER'),
  list({ email: '<email:1>' }),
  list({ email: '<email:1>' }, 'OUTSIDER'),
  list({ email: '<email:1>', state: 'sent' }),
  list({ email: '<email:1>', role: 'OWNER' }),
  on(2, 'invitations_retrieve'),
  on(2, 'invitations_destroy'),
  on(2, 'invitations_retrieve', 'OUTSIDER'),
  on(1, 'invitations_destroy', 'OUTSIDER'),
];

const linksTour: Step[] = [
  create(1),
  follow(1, 'users_retrieve', 'inviter'),
  follow(1, 'organizations_retrieve', 'organization'),
];

/** In an order that meets the commonest differences first. */
export const toTours = (shared: SharedWorld): readonly (readonly Step[])[] => [
  createTour(shared),
  addressesTour,
  ...rolesTour(shared),
  promotionTour(shared),
  listTour,
  bodiesTour,
  ...(shared.addresses.includes('<invitee>') ? [acceptTour(shared)] : []),
  ...(shared.addresses.includes('<bounce>') ? [bounceTour] : []),
  [create(1), settle(1), ...strangersTour(shared, 1, 'all')],
  [create(1), settle(1), ...methodsTour(1, 'all'), ...missingTour('all')],
  ...(shared.hasOutsider ? [outsiderTour] : []),
  linksTour,
  ...accountTours(shared),
];

export const toReadingTours = (shared: SharedWorld): readonly (readonly Step[])[] => [
  listTour,
  existingTour(shared),
  accountReadsTour(shared),
  [...strangersTour(shared, 1, 'reads'), ...methodsTour(1, 'reads'), ...missingTour('reads')],
];
