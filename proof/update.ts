// Faults of PUT and PATCH in what they change and answer.
import { editFields, objectIn, refuse, setting, textIn, withBody, withStatus } from './edit.ts';
import { idIn, instead, onAsk, onReply, together, type Where } from './fault.ts';
import { answeringBefore, invitationOf } from './look.ts';
import { breaks, type Ask, type Mutant, type StartFault } from './mutant.ts';
import { pretend } from './pretend.ts';

const put = 'invitations_update' as const;
const patch = 'invitations_partial_update' as const;
const both = [put, patch] as const;

const isJson = (ask: Ask): boolean => ask.headers['content-type'] === 'application/json';
const asks =
  (...names: readonly string[]) =>
  (ask: Ask): boolean =>
    names.every((name) => name in objectIn(ask));

/** The fields of the request as they are, instead of as they are asked for. */
const keeping = (on: Where['on'], name: string): StartFault =>
  onAsk({ on, when: asks(name) }, async (ask, tools) => {
    const { [name]: kept } = await invitationOf(idIn(ask), ask, tools);
    return kept === undefined ? ask : editFields(ask, (fields) => ({ ...fields, [name]: kept }));
  });

/** Says that it was done; the next reader finds that it was not. */
const onlySaying = (name: string): StartFault =>
  onReply({ on: both, status: 200, when: asks(name) }, (reply, ask) =>
    setting({ [name]: objectIn(ask)[name] })(reply),
  );

const readOnly = ['state', 'state_detail', 'inviter', 'inviter_name', 'organization', 'membership'];

/** A read-only field that can be written. */
const writable = (name: string): StartFault =>
  pretend({ on: both, status: 200, when: asks(name) }, (_reply, ask) => ({
    [name]: objectIn(ask)[name],
  }));

export const updateMutants: readonly Mutant[] = [
  ...breaks('update.answer', {
    'answers 204': onReply({ on: put, status: 200 }, withStatus(204)),
    'answers 202': onReply({ on: put, status: 200 }, withStatus(202)),
    'answers what was there before': instead({ on: put }, answeringBefore('email', 'role')),
  }),
  ...breaks('update.requires-both', {
    'takes a PUT for a PATCH': onAsk({ on: put, when: isJson }, (ask) => ({
      ...ask,
      method: 'PATCH',
    })),
    'does without a role': onAsk(
      { on: put, when: (ask) => asks('email')(ask) && !asks('role')(ask) },
      (ask) => ({ ...ask, method: 'PATCH' }),
    ),
    'does without an address': onAsk(
      { on: put, when: (ask) => asks('role')(ask) && !asks('email')(ask) },
      (ask) => ({ ...ask, method: 'PATCH' }),
    ),
  }),
  ...breaks('update.email', {
    'keeps the address at a PUT': keeping(put, 'email'),
    'keeps the address at a PATCH': keeping(patch, 'email'),
    'only says that it changed the address': together(onlySaying('email'), keeping(both, 'email')),
  }),
  ...breaks('update.role', {
    'keeps the role at a PUT': keeping(put, 'role'),
    'keeps the role at a PATCH': keeping(patch, 'role'),
    'only says that it changed the role': together(onlySaying('role'), keeping(both, 'role')),
  }),
  ...breaks('update.read-only-fields', {
    ...Object.fromEntries(readOnly.map((name) => [`lets ${name} be written`, writable(name)])),
    'refuses read-only fields': onReply(
      { on: both, when: (ask) => readOnly.some((name) => asks(name)(ask)) },
      refuse(400, { state: ['This field is read-only.'] }),
    ),
  }),
  ...breaks('partial-update.answer', {
    'answers 204': onReply({ on: patch, status: 200 }, withStatus(204)),
    'answers 202': onReply({ on: patch, status: 200 }, withStatus(202)),
    'answers what was there before': instead({ on: patch }, answeringBefore('email', 'role')),
  }),
  ...breaks('partial-update.body-optional', {
    'wants a body': instead({ on: patch, when: ({ body }) => body === '' }, refuse(400)),
    'wants a media type': instead(
      { on: patch, when: ({ headers }) => headers['content-type'] === undefined },
      refuse(415),
    ),
  }),
  ...breaks('partial-update.absent-fields-stay', {
    'sets an absent role to VIEWER': onAsk({ on: patch, when: asks('email') }, (ask) =>
      editFields(ask, (fields) => ({ role: 'VIEWER', ...fields })),
    ),
    'wants an address': onReply(
      { on: patch, status: 200, when: (ask) => !asks('email')(ask) },
      refuse(400, { email: ['This field is required.'] }),
    ),
    'wants a role': onReply(
      { on: patch, status: 200, when: (ask) => !asks('role')(ask) },
      refuse(400, { role: ['This field is required.'] }),
    ),
    'puts the address into small letters with a role alone': pretend(
      { on: patch, status: 200, when: (ask) => !asks('email')(ask) },
      (reply) => ({ email: textIn(objectIn(reply), 'email').toLowerCase() }),
    ),
  }),
  ...breaks(
    'partial-update.absent-fields-stay',
    {
      'answers only what was sent': onReply({ on: patch, status: 200 }, (reply, ask) =>
        withBody(objectIn(ask))(reply),
      ),
    },
    ['partial-update.answer'],
  ),
];
