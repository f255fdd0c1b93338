// Faults of deleting: what stays that should go, and what goes that should stay.
import { objectIn, refusal, refuse, resultsOf, withStatus, without } from './edit.ts';
import { idIn, instead, onReply } from './fault.ts';
import { invitationOf } from './look.ts';
import { breaks, type Mutant, type StartFault } from './mutant.ts';

const on = 'invitations_destroy' as const;

/** Answered as if it were done; `hidden` says where it is not seen any more all the same. */
const keeping =
  (hidden: 'nowhere' | 'retrieve' | 'list'): StartFault =>
  (world) => {
    const gone = new Set<string>();
    return async (ask, next) => {
      const found = await invitationOf(idIn(ask), ask, { next, world });
      const isOurs = ask.method === 'DELETE' && 'id' in found && world.callerOf(ask) === 'OWNER';
      if (isOurs) {
        gone.add(idIn(ask));
        const { headers } = await next({ ...ask, method: 'OPTIONS' });
        return { status: 204, headers: { allow: headers['allow'] ?? 'GET, DELETE' }, body: '' };
      }
      const reply = await next(ask);
      if (hidden === 'retrieve' && ask.method === 'GET' && gone.has(idIn(ask))) return refusal(404);
      if (hidden !== 'list' || !Array.isArray(objectIn(reply)['results'])) return reply;
      const results = resultsOf(reply).filter(({ id }) => !gone.has(String(id)));
      return {
        ...reply,
        body: JSON.stringify({ ...objectIn(reply), count: results.length, results }),
      };
    };
  };

const refusingState = (state: string, status: number): StartFault =>
  instead({ on }, async (ask, tools) => {
    const found = await invitationOf(idIn(ask), ask, tools);
    return found['state'] === state ? refusal(status) : tools.next(ask);
  });

/** A pending invitation is settled by looking at it, so here it counts what was last told of it. */
const refusingPending: StartFault = () => {
  const pending = new Set<string>();
  return async (ask, next) => {
    if (ask.method === 'DELETE' && pending.has(idIn(ask))) return refusal(404);
    const reply = await next(ask);
    const { id, state } = objectIn(reply);
    if (state === 'pending') pending.add(String(id));
    else pending.delete(String(id));
    return reply;
  };
};

/** With its invitation the membership goes. */
const taking: StartFault = (world) => {
  const gone = new Set<string>();
  return async (ask, next) => {
    if (ask.method === 'DELETE') {
      const { membership } = await invitationOf(idIn(ask), ask, { next, world });
      if (typeof membership === 'string') gone.add(new URL(membership).pathname);
    }
    return gone.has(ask.path) ? refusal(404) : next(ask);
  };
};

export const destroyMutants: readonly Mutant[] = [
  ...breaks('destroy.answer', {
    'answers 200': onReply({ on, status: 204 }, withStatus(200)),
    'answers 200 with a body': onReply({ on, status: 204 }, refuse(200, { detail: 'Deleted.' })),
    'answers 202': onReply({ on, status: 204 }, withStatus(202)),
  }),
  ...breaks('destroy.gone', {
    'keeps it': keeping('nowhere'),
    'hides it from retrieving alone': keeping('retrieve'),
    'hides it from the list alone': keeping('list'),
    'answers 410': onReply({ on: 'invitations_retrieve', status: 404 }, withStatus(410)),
  }),
  ...breaks('destroy.membership-stays', { 'takes the membership away': taking }),
  ...breaks('destroy.every-state', {
    'refuses an accepted one with 404': refusingState('accepted', 404),
    'refuses an accepted one with 403': refusingState('accepted', 403),
    'refuses a bounced one': refusingState('bounced', 404),
    'refuses a sent one': refusingState('sent', 404),
    'refuses a pending one': refusingPending,
  }),
  ...breaks('retrieve.answer', {
    'answers 404 once it is accepted': onReply(
      { on: 'invitations_retrieve', status: 200 },
      (reply) => (objectIn(reply)['state'] === 'accepted' ? refusal(404) : reply),
    ),
    'answers 403 to a VIEWER': onReply(
      {
        on: 'invitations_retrieve',
        status: 200,
        when: (ask, { callerOf }) => callerOf(ask) === 'VIEWER',
      },
      refuse(403),
    ),
    'answers another one': onReply(
      { on: 'invitations_retrieve', status: 200 },
      async (_reply, ask, tools) => {
        const page = await tools.next({ ...ask, path: '/api/v1/invitations/' });
        return { ...page, body: JSON.stringify(resultsOf(page)[0]) };
      },
    ),
    'wraps it in data': onReply({ on: 'invitations_retrieve', status: 200 }, (reply) => ({
      ...reply,
      body: JSON.stringify({ data: objectIn(reply) }),
    })),
    'leaves the role out': onReply({ on: 'invitations_retrieve', status: 200 }, (reply) => ({
      ...reply,
      body: JSON.stringify(without('role')(objectIn(reply))),
    })),
  }),
];
