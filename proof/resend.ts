// Faults of resending and of what comes by itself: states that do not move, or move where they should not.
import { editInvitations, objectIn, refuse, setting, withStatus, type Json } from './edit.ts';
import { idIn, instead, onReply, together } from './fault.ts';
import { answeringBefore, invitationOf, lookUp } from './look.ts';
import { breaks, type Mutant, type Reply, type StartFault } from './mutant.ts';
import { pretend } from './pretend.ts';

const on = 'invitations_resend_create' as const;
const create = 'invitations_create' as const;
const changing = ['invitations_update', 'invitations_partial_update'] as const;

const ofAccepted = (answer: (reply: Reply, found: Reply) => Reply): StartFault =>
  onReply({ on, status: 404 }, async (reply, ask, tools) => {
    const found = await lookUp(idIn(ask), ask, tools);
    return objectIn(found)['state'] === 'accepted' ? answer(reply, found) : reply;
  });

/** Done without a word to the state machine: the invitation as it is. */
const doingNothing = (isMeant: (state: unknown) => boolean): StartFault =>
  instead({ on }, async (ask, tools) => {
    const { state } = await invitationOf(idIn(ask), ask, tools);
    if (!isMeant(state) || state === 'accepted') return tools.next(ask);
    return tools.next({ ...ask, method: 'GET', path: ask.path.replace('resend/', '') });
  });

const bouncing = (change: (item: Json) => Json): StartFault =>
  onReply(
    {},
    editInvitations((item) => (item['state'] === 'bounced' ? change(item) : item)),
  );

/** Refused, and done all the same. */
const undoing = (where: typeof on | typeof changing): StartFault =>
  pretend({ on: where, status: 404 }, async (_reply, ask, tools) => {
    const { state } = await invitationOf(idIn(ask), ask, tools);
    return state === 'accepted' ? { state: 'sent', membership: null } : undefined;
  });

const stuck = { state: 'pending', state_detail: '' };

export const resendMutants: readonly Mutant[] = [
  ...breaks('resend.answer', {
    'answers 202': onReply({ on, status: 200 }, withStatus(202)),
    'answers 204': onReply({ on, status: 200 }, withStatus(204)),
    'answers a detail': onReply({ on, status: 200 }, refuse(200, { detail: 'Sent.' })),
    'wants a body': instead({ on, when: ({ body }) => body === '' }, refuse(400)),
  }),
  ...breaks('resend.back-to-pending', {
    'does nothing': doingNothing(() => true),
    'does nothing to one that is sent': doingNothing((state) => state === 'sent'),
    'does nothing to one that bounced': doingNothing((state) => state === 'bounced'),
    'refuses one that is sent': onReply({ on, status: 200 }, refuse(404)),
  }),
  ...breaks('resend.goes-out-again', {
    'stays pending': pretend({ on, status: 200 }, () => stuck),
    'stays pending after it bounced': together(
      instead({ on }, async (ask, tools) => {
        const { state } = await invitationOf(idIn(ask), ask, tools);
        return tools.next(
          state === 'bounced' ? { ...ask, headers: { ...ask.headers, 'x-bounced': 'yes' } } : ask,
        );
      }),
      pretend(
        { on, status: 200, when: ({ headers }) => headers['x-bounced'] === 'yes' },
        () => stuck,
      ),
    ),
  }),
  ...breaks('resend.newest-state', {
    'answers the state before': instead({ on }, answeringBefore('state', 'state_detail')),
    'answers accepted': onReply({ on, status: 200 }, setting({ state: 'accepted' })),
    'says sent and then pending': onReply(
      { on, status: 200 },
      setting({ state: 'sent', state_detail: '' }),
    ),
  }),
  ...breaks('resend.accepted', {
    'answers 200': ofAccepted((_reply, found) => found),
    'answers 409': ofAccepted(withStatus(409)),
    'answers 403': ofAccepted(withStatus(403)),
    'answers 400': ofAccepted(refuse(400)),
  }),
  ...breaks('lifecycle.becomes-sent', {
    'never sends': onReply(
      {},
      editInvitations((item) => (item['state'] === 'sent' ? { ...item, ...stuck } : item)),
    ),
    'never sends what was just made': pretend({ on: create, status: 201 }, () => stuck),
    'never sends again': pretend({ on, status: 200 }, () => stuck),
  }),
  ...breaks('lifecycle.becomes-bounced', {
    'takes every message for sent': bouncing((item) => ({
      ...item,
      state: 'sent',
      state_detail: '',
    })),
    'leaves it pending': bouncing((item) => ({ ...item, ...stuck })),
  }),
  ...breaks('lifecycle.bounce-reason', {
    'gives no reason': bouncing((item) => ({ ...item, state_detail: '' })),
    'gives a reason of spaces': bouncing((item) => ({ ...item, state_detail: '  ' })),
  }),
  ...breaks('lifecycle.accepted-is-final', {
    'takes it back at a refused resend': undoing(on),
    'takes it back at a refused update': undoing(changing),
    'forgets it when it is read again': onReply(
      { on: 'invitations_retrieve' },
      editInvitations((item) =>
        item['state'] === 'accepted' ? { ...item, state: 'sent', membership: null } : item,
      ),
    ),
  }),
];
