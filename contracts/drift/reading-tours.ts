// Tours that need nothing to be made first, or only ask what may be asked: their parts that only read serve read-only runs.
import { invitationStates } from '../../spec/vocabulary.ts';
import { invitationOperations, linkedOperations, operations } from '../operations.ts';
import type { OperationId } from '../operations.ts';
import { create, fields, follow, list, on } from '../sequences/build-step.ts';
import { callersIn, type SharedWorld } from './shared-world.ts';
import type { Asking, Content, Step } from '../sequences/step.ts';
import { json } from '../body.ts';

/** Whether only GET is allowed. */
export type Extent = 'all' | 'reads';

const isWithin = (extent: Extent, operation: OperationId): boolean =>
  extent === 'all' || operations[operation].method === 'GET';

const withId = invitationOperations.filter((it) => operations[it].path.includes('{id}'));

export const listTour: Step[] = [
  {},
  { page: '1' },
  { page: 'last' },
  { page: '0' },
  { page: '-1' },
  { page: 'x' },
  { page: '99999999' },
  { page: '' },
  { role: 'OWNER' },
  { role: 'VIEWER' },
  { role: 'KING' },
  { role: '' },
  { role: 'viewer' },
  { state: 'pending' },
  { state: 'sent' },
  { state: 'bounced' },
  { state: 'accepted' },
  { state: 'gone' },
  { role: 'VIEWER', state: 'sent' },
  { email: '<email:9>' },
  { email: '<email:9>', page: '2' },
  { email: '<email:9>', page: 'last' },
  { unknown: 'x' },
  { email: '<email:9>', page_size: '0' },
].map((query) => list(query));

/** Everybody else, at everything but what would make or remove an invitation. */
export const strangersTour = (shared: SharedWorld, slot: number, extent: Extent): readonly Step[] =>
  callersIn(shared)
    .filter((as) => as !== 'OWNER')
    .flatMap((as): readonly Step[] => [
      list({}, as),
      ...withId
        .filter((it) => it !== 'invitations_destroy' && isWithin(extent, it))
        .map((it) => on(slot, it, as)),
    ]);

const linked = [
  ...linkedOperations,
  'users_destroy',
  'serviceaccounts_retrieve',
  'serviceaccounts_destroy',
] as const;

const refusedContents: readonly Content[] = [
  { text: '{', contentType: 'text/plain' },
  { text: '{', contentType: 'application/json' },
  fields({ email: 'no-address', role: 'KING' }),
];

/** Also with a body that would be refused, if the object did not come first. */
export const missingTour = (extent: Extent): readonly Step[] =>
  (['missing', 'no UUID'] as const).flatMap((addressee) => [
    ...[...withId, ...linked]
      .filter((it) => isWithin(extent, it))
      .map((operation): Asking => ({ kind: 'ask', operation, as: 'OWNER', on: addressee })),
    ...(['invitations_update', 'invitations_partial_update'] as const)
      .filter((it) => isWithin(extent, it))
      .flatMap((operation) =>
        refusedContents.map((content): Asking => ({
          ...{ kind: 'ask', operation, as: 'OWNER', on: addressee, content },
        })),
      ),
  ]);

/** Methods that a path does not have, and answers that cannot be JSON. */
export const methodsTour = (slot: number, extent: Extent): readonly Step[] => {
  const steps: readonly Asking[] = [
    { ...list({}), method: 'PATCH' },
    { ...list({}), method: 'DELETE' },
    { ...list({}), method: 'OPTIONS' },
    { ...list({}), isBare: true },
    { ...list({}, 'NOBODY'), method: 'DELETE' },
    { ...on(slot, 'invitations_retrieve'), method: 'POST' },
    { ...on(slot, 'invitations_retrieve', 'NOBODY'), method: 'POST' },
    { ...on(slot, 'invitations_accept_create'), method: 'GET' },
    { ...on(slot, 'invitations_accept_create', 'NOBODY'), method: 'GET' },
    { ...on(slot, 'invitations_resend_create'), method: 'GET' },
    { ...on(slot, 'invitations_resend_create'), method: 'PUT' },
    { ...list({}), accept: 'image/png' },
    { ...create(slot + 1), accept: 'image/png' },
    { ...list({}, 'NOBODY'), accept: 'image/png' },
    { ...on(slot, 'invitations_retrieve'), accept: 'image/png' },
    { ...on(slot, 'invitations_resend_create'), accept: 'image/png' },
  ];
  return steps.filter(
    ({ operation, method }) =>
      extent === 'all' || (method ?? operations[operation].method) === 'GET',
  );
};

/** Of what is there already, one invitation in each state. */
export const existingTour = ({ members, hasOutsider }: SharedWorld): readonly Step[] =>
  invitationStates.flatMap((state, index): readonly Step[] => [
    { kind: 'pick', slot: index + 1, state, as: 'OWNER' },
    ...members.map((as) => on(index + 1, 'invitations_retrieve', as)),
    ...(hasOutsider ? [on(index + 1, 'invitations_retrieve', 'OUTSIDER')] : []),
    follow(index + 1, 'users_retrieve', 'inviter'),
    follow(index + 1, 'organizations_retrieve', 'organization'),
    ...(state === 'accepted' ? [follow(index + 1, 'memberships_retrieve', 'membership')] : []),
  ]);

const jsonText = (value: unknown): Content => {
  const { text, contentType = '' } = json(value);
  return { text, contentType };
};

export const invalidContents: readonly Content[] = [
  fields({}),
  fields({ email: '<email:9>' }),
  fields({ role: 'VIEWER' }),
  fields({ email: 'no-address', role: 'VIEWER' }),
  fields({ email: '<email:9>', role: 'KING' }),
  fields({ email: '', role: '' }),
  jsonText({ email: null, role: 'VIEWER' }),
  jsonText({ email: '<email:9>', role: ['VIEWER'] }),
  jsonText([]),
  jsonText('text'),
  { text: '{"email":', contentType: 'application/json' },
  { text: '' },
  { text: '', contentType: 'application/json' },
  { text: 'email=<email:9>', contentType: 'text/plain' },
];
