// Faults in who may do what: roles off by one, scopes that do not count, and the walls between organizations.
import { isRole } from '../spec/vocabulary.ts';
import { askAs, asOwner, objectIn, refusal, refuse, withStatus } from './edit.ts';
import { idIn, instead, onReply, type Where } from './fault.ts';
import { invitationFor, invitationOf } from './look.ts';
import { breaks, type Ask, type Mutant, type StartFault, type World } from './mutant.ts';

const one = [
  'invitations_retrieve',
  'invitations_update',
  'invitations_partial_update',
  'invitations_destroy',
  'invitations_resend_create',
] as const;
const [, put, patch, destroy, resend] = one;
const create = 'invitations_create' as const;
const linked = ['users_retrieve', 'memberships_retrieve', 'organizations_retrieve'] as const;

const isBy =
  (caller: string) =>
  (ask: Ask, { callerOf }: World): boolean =>
    callerOf(ask) === caller;
const isMember = (ask: Ask, { callerOf }: World): boolean => isRole(callerOf(ask));
const roleIn = (ask: Ask): unknown => objectIn(ask)['role'];

const creating =
  (caller: string, role: string): Where['when'] =>
  (ask, world) =>
    isBy(caller)(ask, world) && roleIn(ask) === role;

const forbidden = (caller: string, role: string): StartFault =>
  onReply(
    { on: create, status: 201, when: creating(caller, role) },
    async (reply, ask, { next, world }) => {
      const path = `/api/v1/invitations/${String(objectIn(reply)['id'])}/`;
      await next(askAs({ ...ask, method: 'DELETE', path, body: '' }, 'OWNER', world));
      return refusal(403);
    },
  );

const permitted = (caller: string, role: string): StartFault =>
  onReply({ on: create, status: 403, when: creating(caller, role) }, asOwner);

/** An invitation for the caller's own role counts as one above it. */
const offByOne: StartFault = instead(
  { on: [put, patch, destroy, resend], when: isMember },
  async (ask, tools) => {
    const { role } = await invitationOf(idIn(ask), ask, tools);
    return role === tools.world.callerOf(ask) && role !== 'OWNER' ? refusal(403) : tools.next(ask);
  },
);

const leaking = (on: Where['on']): StartFault =>
  onReply({ on, status: 404, when: isBy('OUTSIDER') }, asOwner);

/** For what is there, but belongs to others; anything else is left as it is. */
const ofOthers =
  (answer: StartFault): StartFault =>
  (world) => {
    const fault = answer(world);
    return async (ask, next) => {
      const isTheirs =
        world.callerOf(ask) === 'OUTSIDER' &&
        'id' in (await invitationOf(idIn(ask), ask, { next, world }));
      return isTheirs ? fault(ask, next) : next(ask);
    };
  };

const unscoped = (on: Where['on']): StartFault =>
  onReply({ on, status: 403, when: isBy('INVITEE') }, asOwner);

export const accessMutants: readonly Mutant[] = [
  ...breaks('roles.order', {
    'has ADMIN above OWNER': permitted('ADMIN', 'OWNER'),
    'keeps ADMIN from inviting an ADMIN': forbidden('ADMIN', 'ADMIN'),
    'keeps OWNER from inviting an OWNER': forbidden('OWNER', 'OWNER'),
    'keeps ADMIN from inviting a CONTRIB': forbidden('ADMIN', 'CONTRIB'),
  }),
  ...breaks('roles.who-invites', {
    'lets a CONTRIB invite': permitted('CONTRIB', 'CONTRIB'),
    'lets a VIEWER invite a VIEWER': permitted('VIEWER', 'VIEWER'),
    'lets everybody invite': onReply({ on: create, status: 403, when: isMember }, asOwner),
    'answers 404': onReply(
      { on: create, status: 403, when: creating('CONTRIB', 'VIEWER') },
      withStatus(404),
    ),
  }),
  ...breaks('roles.invitation-above-own', {
    ...Object.fromEntries(
      [put, patch, destroy, resend].map((on) => [
        `does not look at the role at ${on}`,
        onReply({ on, status: 403, when: isMember }, asOwner),
      ]),
    ),
    'answers 404': onReply({ on: one, status: 403, when: isMember }, withStatus(404)),
    'lets an ADMIN delete the invitation of an OWNER': onReply(
      { on: destroy, status: 403, when: isBy('ADMIN') },
      asOwner,
    ),
    'counts the own role as one above': offByOne,
  }),
  ...breaks('scope.required-elsewhere', {
    'answers an empty list': instead(
      { on: 'invitations_list', when: isBy('INVITEE') },
      refuse(200, { count: 0, next: null, previous: null, results: [] }),
    ),
    'lets it create': unscoped(create),
    'lets it retrieve': unscoped('invitations_retrieve'),
    'lets it delete': unscoped(destroy),
    'lets it resend': unscoped(resend),
    'lets it update': unscoped([put, patch]),
    'lets it read linked resources': unscoped(linked),
    'answers 404': onReply({ on: one, status: 403, when: isBy('INVITEE') }, withStatus(404)),
    'answers 401': onReply(
      { on: [...one, create], status: 403, when: isBy('INVITEE') },
      refuse(401),
    ),
  }),
  ...breaks('tenancy.other-organization', {
    ...Object.fromEntries(one.map((on) => [`does not look at ${on}`, leaking(on)])),
    'answers 403': ofOthers(onReply({ on: one, status: 404 }, withStatus(403))),
    'answers 403 to a delete': ofOthers(onReply({ on: destroy, status: 404 }, withStatus(403))),
  }),
  ...breaks('tenancy.no-trace', {
    'says whose it is': ofOthers(
      onReply({ on: one, status: 404 }, refuse(404, { detail: 'It belongs to others.' })),
    ),
    'says so at a resend': ofOthers(
      onReply({ on: resend, status: 404 }, refuse(404, { detail: 'It belongs to others.' })),
    ),
  }),
  ...breaks('tenancy.list', {
    'lists what the OWNER sees': instead(
      { on: 'invitations_list', when: isBy('OUTSIDER') },
      (ask, { next, world }) => next(askAs(ask, 'OWNER', world)),
    ),
    'finds by address everywhere': onReply(
      {
        on: 'invitations_list',
        when: (ask, world) => isBy('OUTSIDER')(ask, world) && ask.path.includes('email='),
      },
      asOwner,
    ),
    'filters by state everywhere': onReply(
      {
        on: 'invitations_list',
        when: (ask, world) => isBy('OUTSIDER')(ask, world) && ask.path.includes('state='),
      },
      asOwner,
    ),
  }),
  ...breaks('tenancy.address', {
    'counts an address once for all organizations': instead(
      { on: create, when: isBy('OUTSIDER') },
      async (ask, tools) => {
        const existing = await invitationFor(String(objectIn(ask)['email']), ask, tools);
        return 'id' in existing ? refusal(404) : tools.next(ask);
      },
    ),
  }),
];
