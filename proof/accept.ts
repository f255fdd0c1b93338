// Faults of accepting: who may, what comes of it, and what an answer says of it.
import { objectIn, refusal, refuse, setting, withStatus, type Json } from './edit.ts';
import { idIn, instead, onReply, together, type Tools } from './fault.ts';
import { invitationOf, lookUp } from './look.ts';
import {
  breaks,
  type Ask,
  type Mutant,
  type Reply,
  type StartFault,
  type World,
} from './mutant.ts';
import { pretend } from './pretend.ts';

const on = 'invitations_accept_create' as const;
const someId = 'c0ffee00-0000-4000-8000-000000000002';

const isKey = ({ headers }: Ask): boolean => /^api-key/i.test(headers['authorization'] ?? '');
const isJwt = ({ headers }: Ask): boolean => /^bearer/i.test(headers['authorization'] ?? '');
const isInvitee = (ask: Ask, { callerOf }: World): boolean => callerOf(ask) === 'INVITEE';

const membershipAt = (ask: Ask, id = someId): Json => ({
  membership: `http://${ask.headers['host'] ?? ''}/api/v1/memberships/${id}/`,
});

/** What should have been refused is said to be done, and looks done to every reader. */
const letIn = (status: number, who: (ask: Ask) => boolean, isKept = true): StartFault => {
  const accepted = (ask: Ask): Json => ({ state: 'accepted', ...membershipAt(ask) });
  const answering = onReply({ on, status, when: who }, async (reply, ask, tools) => {
    const found = await lookUp(idIn(ask), ask, tools);
    const { state } = objectIn(found);
    return found.status === 200 && state !== 'accepted'
      ? setting(accepted(ask))({ ...reply, status: 200, body: found.body })
      : reply;
  });
  const isDone = (reply: Reply): boolean => objectIn(reply)['state'] === 'accepted';
  return isKept
    ? together(
        pretend({ on, status: 200, when: who }, (reply, ask) =>
          isDone(reply) ? accepted(ask) : undefined,
        ),
        answering,
      )
    : answering;
};

/** Refused with this status when the invitation looks like that before. */
const refusing = (status: number, isRefused: (before: Json, tools: Tools) => boolean): StartFault =>
  instead({ on, when: isJwt }, async (ask, tools) => {
    const before = await invitationOf(idIn(ask), ask, tools);
    return 'id' in before && isRefused(before, tools) ? refusal(status) : tools.next(ask);
  });

/** A pending invitation is settled by looking at it, so here it counts what was last told of it. */
const refusingPending: StartFault = () => {
  const pending = new Set<string>();
  return async (ask, next) => {
    if (ask.path.endsWith('/accept/') && pending.has(idIn(ask)) && isJwt(ask)) return refusal(404);
    const reply = await next(ask);
    const { id, state } = objectIn(reply);
    if (state === 'pending') pending.add(String(id));
    else pending.delete(String(id));
    return reply;
  };
};

const again = (answer: (reply: Reply, found: Reply) => Reply): StartFault =>
  onReply({ on, status: 404, when: isInvitee }, async (reply, ask, tools) => {
    const found = await lookUp(idIn(ask), ask, tools);
    return objectIn(found)['state'] === 'accepted' ? answer(reply, found) : reply;
  });

/** From the second accept on, as the first made a member of the caller. */
const asMember =
  (change: (reply: Reply, ask: Ask, count: number) => Reply): StartFault =>
  () => {
    let count = 0;
    return async (ask, next) => {
      const reply = await next(ask);
      if (!ask.path.endsWith('/accept/') || reply.status !== 200) return reply;
      count += 1;
      return count === 1 ? reply : change(reply, ask, count);
    };
  };

/** Every membership keeps the role that it was first seen with. */
const keepingRoles: StartFault = () => {
  const roles = new Map<string, unknown>();
  return async (ask, next) => {
    const reply = await next(ask);
    if (ask.path.includes('/memberships/') && reply.status === 200) {
      const { role } = objectIn(reply);
      if (!roles.has(ask.path)) roles.set(ask.path, role);
      return { ...reply, body: JSON.stringify({ ...objectIn(reply), role: roles.get(ask.path) }) };
    }
    return reply;
  };
};

const outcomes: readonly Mutant[] = [
  ...breaks('accept.answer', {
    'answers 201': onReply({ on, status: 200 }, withStatus(201)),
    'answers 204': onReply({ on, status: 200 }, withStatus(204)),
    'answers the invitation as it was': instead({ on }, async (ask, tools) => {
      const before = await lookUp(idIn(ask), ask, tools);
      const reply = await tools.next(ask);
      return reply.status === 200 ? { ...reply, body: before.body } : reply;
    }),
    'wants a body': instead({ on, when: (ask) => isJwt(ask) && ask.body === '' }, refuse(400)),
  }),
  ...breaks('accept.becomes-accepted', {
    'leaves the state as it was': onReply({}, (reply) =>
      objectIn(reply)['state'] === 'accepted' ? setting({ state: 'sent' })(reply) : reply,
    ),
    'says so and forgets it': onReply({ on: 'invitations_retrieve' }, (reply) =>
      objectIn(reply)['state'] === 'accepted' ? setting({ state: 'sent' })(reply) : reply,
    ),
  }),
  ...breaks('accept.makes-membership', {
    'answers no membership': onReply({ on, status: 200 }, setting({ membership: null })),
    'shows no membership to later readers': onReply(
      { on: 'invitations_retrieve' },
      setting({ membership: null }),
    ),
    'points to a membership that is not there': pretend({ on, status: 200 }, (_reply, ask) =>
      membershipAt(ask),
    ),
  }),
  ...breaks('accept.grants-role', {
    'makes a VIEWER of everybody': onReply(
      { on: 'memberships_retrieve', status: 200 },
      (reply) => ({ ...reply, body: JSON.stringify({ ...objectIn(reply), role: 'VIEWER' }) }),
    ),
    'makes an OWNER of everybody': onReply(
      { on: 'memberships_retrieve', status: 200 },
      (reply) => ({ ...reply, body: JSON.stringify({ ...objectIn(reply), role: 'OWNER' }) }),
    ),
  }),
  ...breaks('accept.member-keeps-membership', {
    'makes another membership each time': together(
      pretend({ on, status: 200 }, (reply) => ({ membership: objectIn(reply)['membership'] })),
      asMember((reply, ask, count) =>
        setting(membershipAt(ask, `${someId.slice(0, -2)}${String(count).padStart(2, '0')}`))(
          reply,
        ),
      ),
    ),
    'answers 404 to a member': asMember(refuse(404)),
    'answers 409 to a member': asMember(refuse(409)),
  }),
  ...breaks('accept.member-takes-role', { 'leaves a member the first role': keepingRoles }),
];

const access: readonly Mutant[] = [
  ...breaks('accept.address-must-match', {
    'lets anybody with a JWT accept': letIn(403, isJwt),
    'refuses and accepts all the same': pretend(
      { on, status: 403, when: isJwt },
      (_reply, ask) => ({ state: 'accepted', ...membershipAt(ask) }),
    ),
  }),
  ...breaks('accept.other-address', {
    'answers 404': onReply({ on, status: 403, when: isJwt }, withStatus(404)),
    'answers 400': onReply({ on, status: 403, when: isJwt }, refuse(400)),
    'answers 401': onReply({ on, status: 403, when: isJwt }, refuse(401)),
  }),
  ...breaks('accept.letter-case', {
    'compares letter by letter': refusing(
      403,
      ({ email }, { world }) =>
        email !== world.inviteeEmail &&
        String(email).toLowerCase() === world.inviteeEmail.toLowerCase(),
    ),
  }),
  ...breaks('accept.missing', {
    'answers 403': onReply({ on, status: 404 }, withStatus(403)),
    'answers 400': onReply({ on, status: 404 }, refuse(400)),
    'answers 410': onReply({ on, status: 404 }, withStatus(410)),
  }),
  ...breaks('accept.accepted', {
    'answers 200 again': again((_reply, found) => found),
    'answers 409': again(withStatus(409)),
    'answers 403': again(withStatus(403)),
  }),
  ...breaks('accept.every-open-state', {
    'wants it sent: refuses a bounced one': refusing(404, ({ state }) => state === 'bounced'),
    'refuses a sent one': refusing(404, ({ state }) => state === 'sent'),
    'refuses a pending one': refusingPending,
  }),
  ...breaks('accept.api-key', {
    'lets a service account accept': letIn(403, isKey),
    'answers 401': onReply({ on, status: 403, when: isKey }, refuse(401)),
    'answers 404': onReply({ on, status: 403, when: isKey }, withStatus(404)),
  }),
  ...breaks('accept.anonymous', {
    'lets anybody accept': letIn(401, ({ headers }) => headers['authorization'] === undefined),
    'answers 403': onReply(
      { on, status: 401, when: ({ headers }) => headers['authorization'] === undefined },
      withStatus(403),
    ),
  }),
  ...breaks('scope.accept-without', {
    'answers 403': instead({ on, when: isInvitee }, refuse(403)),
    'answers 401': instead({ on, when: isInvitee }, refuse(401)),
  }),
];

export const acceptMutants: readonly Mutant[] = [...outcomes, ...access];
