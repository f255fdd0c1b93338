// Faults of PUT and PATCH in what they should refuse, and in what they do to the state.
import { asOwner, askAs, objectIn, refuse, setting, withStatus, type Json } from './edit.ts';
import { idIn, instead, onReply, type Tools, type Where } from './fault.ts';
import { answeringBefore, invitationFor, invitationOf, lookUp } from './look.ts';
import { breaks, type Ask, type Mutant, type Reply, type StartFault } from './mutant.ts';
import { pretend } from './pretend.ts';

const put = 'invitations_update' as const;
const patch = 'invitations_partial_update' as const;
const both = [put, patch] as const;

const asks =
  (...names: readonly string[]) =>
  (ask: Ask): boolean =>
    names.every((name) => name in objectIn(ask));

const takenIf = (
  isTaken: (existing: Json, ask: Ask) => boolean,
  otherwise: (reply: Reply, ask: Ask, tools: Tools) => Reply | Promise<Reply>,
  on: Where['on'] = both,
): StartFault =>
  onReply({ on, status: 404, when: asks('email') }, async (reply, ask, tools) => {
    const email = String(objectIn(ask)['email']);
    const existing = await invitationFor(email, ask, tools);
    const isOther = 'id' in existing && existing['id'] !== idIn(ask);
    return isOther && isTaken(existing, ask) ? otherwise(reply, ask, tools) : reply;
  });

const onAccepted = (
  answer: (reply: Reply, ask: Ask, tools: Tools) => Reply | Promise<Reply>,
  on: Where['on'] = both,
): StartFault =>
  onReply({ on, status: 404 }, async (reply, ask, tools) => {
    const { state } = await invitationOf(idIn(ask), ask, tools);
    return state === 'accepted' ? answer(reply, ask, tools) : reply;
  });

/** Carried out, where the fake refuses: the invitation with what was asked for laid over it. */
const allowed = async (reply: Reply, ask: Ask, tools: Tools): Promise<Reply> => {
  const { status, body } = await lookUp(idIn(ask), ask, tools);
  return status === 200 ? setting(objectIn(ask))({ ...reply, status, body }) : reply;
};

const resending = async (ask: Ask, { next, world }: Tools): Promise<Reply> =>
  next({
    ...askAs(ask, 'OWNER', world),
    method: 'POST',
    path: `/api/v1/invitations/${idIn(ask)}/resend/`,
    body: '',
  });

const refusals: readonly Mutant[] = [
  ...breaks('update.role-above-own', {
    'does not look at the role at a PUT': onReply({ on: put, status: 403 }, asOwner),
    'does not look at the role at a PATCH': onReply({ on: patch, status: 403 }, asOwner),
    'answers 400': onReply({ on: both, status: 403 }, refuse(400, { role: ['Too high.'] })),
  }),
  ...breaks('update.address-taken', {
    'answers 409': takenIf(() => true, withStatus(409)),
    'answers 400': takenIf(() => true, refuse(400, { email: ['Taken.'] })),
    'does not look whether it is taken': takenIf(() => true, allowed),
    'does not look at a PUT': takenIf(() => true, allowed, put),
    'compares letter by letter': takenIf(
      ({ email }, ask) => email !== objectIn(ask)['email'],
      allowed,
    ),
    "counts the invitation's own address as taken": instead({ on: both }, async (ask, tools) => {
      const { email } = await invitationOf(idIn(ask), ask, tools);
      return email !== undefined && email === objectIn(ask)['email']
        ? refuse(404)()
        : tools.next(ask);
    }),
  }),
  ...breaks('update.accepted', {
    'answers 200': onAccepted(allowed),
    'answers 200 to a PUT': onAccepted(allowed, put),
    'answers 409': onAccepted(withStatus(409)),
    'answers 403': onAccepted(withStatus(403)),
    'answers 400': onAccepted(refuse(400)),
  }),
];

const states: readonly Mutant[] = [
  ...breaks('update.new-address-is-pending', {
    'leaves the state as it was': instead({ on: both }, answeringBefore('state', 'state_detail')),
    'leaves the state as it was at a PUT': instead(
      { on: put },
      answeringBefore('state', 'state_detail'),
    ),
    'leaves a bounced one bounced': instead(
      { on: both, when: asks('email') },
      async (ask, tools) => {
        const { state } = await invitationOf(idIn(ask), ask, tools);
        return state === 'bounced'
          ? answeringBefore('state', 'state_detail')(ask, tools)
          : tools.next(ask);
      },
    ),
  }),
  ...breaks('update.new-address-is-sent-to', {
    'never sends to the new address': pretend(
      { on: both, status: 200, when: asks('email') },
      (reply) => (objectIn(reply)['state'] === 'pending' ? { state: 'pending' } : undefined),
    ),
    'sends to the old address': pretend(
      { on: both, status: 200, when: asks('email') },
      (reply, ask) =>
        String(objectIn(ask)['email']).startsWith('bounce') &&
        objectIn(reply)['state'] === 'pending'
          ? { state: 'sent', state_detail: '' }
          : undefined,
    ),
  }),
  ...breaks('update.role-alone-keeps-state', {
    'sends again after a new role': onReply(
      { on: both, status: 200, when: asks('role') },
      (_reply, ask, tools) => resending(ask, tools),
    ),
    'sends again after the same address': onReply(
      { on: both, status: 200, when: asks('email') },
      (_reply, ask, tools) => resending(ask, tools),
    ),
    'says pending after a new role': onReply(
      { on: both, status: 200, when: asks('role') },
      setting({ state: 'pending', state_detail: '' }),
    ),
  }),
];

export const refusedUpdateMutants: readonly Mutant[] = [...refusals, ...states];
