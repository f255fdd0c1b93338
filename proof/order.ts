// Faults in which refusal comes first, where a request is wrong in two ways.
import { isRole, roles as inOrder } from '../spec/vocabulary.ts';
import { objectIn, parse, refuse, textIn } from './edit.ts';
import { idIn, instead, onReply, type Where } from './fault.ts';
import { invitationFor, invitationOf } from './look.ts';
import { breaks, type Ask, type Mutant, type StartFault, type World } from './mutant.ts';

const put = 'invitations_update' as const;
const patch = 'invitations_partial_update' as const;
const both = [put, patch] as const;
const create = 'invitations_create' as const;
const writing = [create, ...both] as const;

const knownTypes = ['application/json', 'application/x-www-form-urlencoded', 'multipart/form-data'];
const typeOf = ({ headers }: Ask): string => (headers['content-type'] ?? '').split(';')[0] ?? '';
const isOddType = (ask: Ask): boolean => ask.body !== '' && !knownTypes.includes(typeOf(ask));
const isBrokenBody = (ask: Ask): boolean =>
  typeOf(ask) === 'application/json' && ask.body !== '' && parse(ask.body) === undefined;
const isBadField = (ask: Ask): boolean => {
  const fields = objectIn(ask);
  const [email, role] = [textIn(fields, 'email'), textIn(fields, 'role')];
  const isBadEmail = 'email' in fields && !/^[^@\s]+@[^@\s]+\.[^@\s]+$/.test(email);
  return isBadEmail || ('role' in fields && !isRole(role));
};
const isBad = (ask: Ask): boolean => isBrokenBody(ask) || isBadField(ask);

const roles: readonly string[] = inOrder;

const isAbove = (ask: Ask, { callerOf }: World): boolean => {
  const [wanted, own] = [
    roles.indexOf(String(objectIn(ask)['role'])),
    roles.indexOf(callerOf(ask) ?? ''),
  ];
  return wanted >= 0 && wanted < own;
};

const badEmail = { email: ['Enter a valid email address.'] };

const answering = (
  status: number,
  on: Where['on'],
  from: number,
  when: Where['when'],
): StartFault =>
  onReply({ on, status: from, when }, refuse(status, status === 400 ? badEmail : undefined));

const isAddressTaken: StartFault = instead({ on: writing, when: isAbove }, async (ask, tools) => {
  const { id } = await invitationFor(String(objectIn(ask)['email']), ask, tools);
  return id === undefined || id === idIn(ask) ? tools.next(ask) : refuse(404)();
});

const isRoleFirst = (on: Where['on']): StartFault =>
  instead(
    { on, when: (ask, world) => isBadField(ask) && isAbove(ask, world) },
    async (ask, tools) => {
      const found = await invitationOf(idIn(ask), ask, tools);
      const isThere = ask.method === 'POST' || 'id' in found;
      return isThere ? refuse(403)() : tools.next(ask);
    },
  );

const isNobody = ({ headers }: Ask): boolean => (headers['authorization'] ?? '') === '';

export const orderMutants: readonly Mutant[] = [
  ...breaks('order.negotiation-before-credentials', {
    'looks at the credentials first': onReply({ status: 406, when: isNobody }, refuse(401)),
    'looks at the credentials first at DELETE': onReply(
      { on: 'invitations_destroy', status: 406, when: isNobody },
      refuse(401),
    ),
  }),
  ...breaks('order.method-before-object', {
    'looks for the object first': onReply(
      { status: 405, when: (ask) => idIn(ask) !== '' },
      async (reply, ask, tools) => {
        const { id } = await invitationOf(idIn(ask), ask, tools);
        return id === undefined ? refuse(404)() : reply;
      },
    ),
  }),
  ...breaks('order.object-before-body', {
    'looks at the body first': answering(400, both, 404, isBad),
    'looks at the body first at PATCH': answering(400, patch, 404, isBad),
    'looks at the media type first': answering(415, both, 404, isOddType),
    'looks whether it can be parsed first': answering(400, both, 404, isBrokenBody),
  }),
  ...breaks('order.object-role-before-body', {
    'looks at the body first': answering(400, both, 403, isBad),
    'looks at the body first at PUT': answering(400, put, 403, isBad),
    'looks at the media type first': answering(415, both, 403, isOddType),
  }),
  ...breaks('order.inviter-before-body', {
    'looks at the body first': answering(400, create, 403, isBad),
    'looks at the media type first': answering(415, create, 403, isOddType),
  }),
  ...breaks('order.media-type-before-content', {
    'looks at the content first': answering(400, writing, 415, () => true),
    'looks at the content first at PATCH': answering(400, patch, 415, () => true),
  }),
  ...breaks('order.body-before-role', {
    'looks at the role first': isRoleFirst(writing),
    'looks at the role first at PATCH': isRoleFirst(patch),
    'looks at the role first at a create': isRoleFirst(create),
  }),
  ...breaks('order.role-before-address', { 'looks at the address first': isAddressTaken }),
];
