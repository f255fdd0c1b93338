// Faults in how an invitation looks: fields that are missing, of another kind, or say something else.
import { editInvitations, idAt, objectIn, refuse, textIn, without, type Json } from './edit.ts';
import { instead, onAsk, onReply, type Where } from './fault.ts';
import { breaks, type Ask, type Mutant, type StartFault } from './mutant.ts';
import { pretend } from './pretend.ts';

const list = 'invitations_list' as const;
const create = 'invitations_create' as const;
const retrieve = 'invitations_retrieve' as const;
const writing = [create, 'invitations_update', 'invitations_partial_update'] as const;

const changing = (change: (item: Json) => Json, where: Where = {}): StartFault =>
  onReply(where, editInvitations(change));

const showing = (
  name: string,
  toValue: (value: unknown) => unknown,
  where: Where = {},
): StartFault => changing((item) => ({ ...item, [name]: toValue(item[name]) }), where);

const fields = ['url', 'inviter', 'inviter_name', 'state_detail', 'membership', 'organization'];

const id = /[0-9a-f]{8}-[0-9a-f-]{27}/;

/** Ids in another spelling, understood in paths too. */
const spelling = (toOther: (id: string) => string, toOwn: (id: string) => string): StartFault => {
  const outwards = changing((item) => ({
    ...item,
    id: toOther(String(item['id'])),
    url: String(item['url']).replace(id, toOther),
  }));
  const inwards = onAsk({}, (ask) => ({
    ...ask,
    path: ask.path.replace(/(?<=\/invitations\/)[^/]+/, toOwn),
  }));
  return (world) => {
    const [out, into] = [outwards(world), inwards(world)];
    return (ask, next) => out(ask, async (one) => into(one, next));
  };
};

const emailIn = (ask: Ask): string => textIn(objectIn(ask), 'email');
const isLonger =
  (length: number) =>
  (ask: Ask): boolean =>
    emailIn(ask).length > length;

/** Taken in spite of its length: shortened for the fake, and shown as it was sent. */
const takingLong: StartFault = (world) => {
  const keeping = pretend({ status: [200, 201], when: isLonger(0) }, (_reply, ask) =>
    ask.headers['x-long'] === undefined ? undefined : { email: ask.headers['x-long'] },
  )(world);
  return (ask, next) => {
    const email = emailIn(ask);
    if (email.length !== 255) return keeping(ask, next);
    const body = ask.body.replace(email, email.slice(1));
    return keeping({ ...ask, body, headers: { ...ask.headers, 'x-long': email } }, next);
  };
};

const tooLong = refuse(400, { email: ['Too long.'] });

const people: readonly Mutant[] = [
  ...breaks('schema.every-field', {
    ...Object.fromEntries(fields.map((name) => [`lacks ${name}`, changing(without(name))])),
    'lacks inviter_name in the list': changing(without('inviter_name'), { on: list }),
    'lacks state_detail after a create': changing(without('state_detail'), { on: create }),
    'leaves null out': changing((item) =>
      item['membership'] === null ? without('membership')(item) : item,
    ),
    'lacks organization after a resend': changing(without('organization'), {
      on: 'invitations_resend_create',
    }),
  }),
  ...breaks('schema.url', {
    'is that of the list': showing('url', (url) => String(url).replace(/[^/]+\/$/, '')),
    'is that of another one': showing('url', (url) => String(url).replace(/....\/$/, '0000/')),
    'is that of another one in the list': showing(
      'url',
      (url) => String(url).replace(/....\/$/, '0000/'),
      { on: list },
    ),
    'is that of another one after a resend': showing(
      'url',
      (url) => String(url).replace(/....\/$/, '0000/'),
      { on: 'invitations_resend_create' },
    ),
    'has no slash at its end': showing('url', (url) => String(url).replace(/\/$/, '')),
    'is relative': showing('url', (url) => new URL(String(url)).pathname),
  }),
  ...breaks('schema.id', {
    'has no hyphens': spelling(
      (one) => one.replaceAll('-', ''),
      (one) => one.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5'),
    ),
    'has a prefix': spelling(
      (one) => `inv_${one}`,
      (one) => one.replace(/^inv_/, ''),
    ),
    'is a number in the list': showing('id', () => 7, { on: list }),
  }),
  ...breaks('schema.email', {
    'is masked': showing('email', (email) => String(email).replace(/^(.)[^@]*/, '$1xxx')),
    'is masked in the list': showing(
      'email',
      (email) => String(email).replace(/^(.)[^@]*/, '$1xxx'),
      { on: list },
    ),
    'is one with a name': showing('email', (email) => `Somebody <${String(email)}>`),
    'is that of the inviter': showing('email', () => 'owner@example.com', { on: retrieve }),
  }),
  ...breaks('schema.email-length', {
    'takes 255': takingLong,
    'refuses 254': instead({ on: writing, when: isLonger(253) }, tooLong),
    'refuses 254 at PATCH': instead(
      { on: 'invitations_partial_update', when: isLonger(253) },
      tooLong,
    ),
    'refuses 101': instead({ on: writing, when: isLonger(100) }, tooLong),
  }),
];

const meaning: readonly Mutant[] = [
  ...breaks('schema.role', {
    'is in small letters': showing('role', (role) => String(role).toLowerCase()),
    'is a number': showing('role', () => 1),
    'has another word for CONTRIB': showing('role', (role) =>
      role === 'CONTRIB' ? 'CONTRIBUTOR' : role,
    ),
  }),
  ...breaks('schema.inviter', {
    'is an id': showing('inviter', (inviter) => idAt(inviter)),
    'is an object': showing('inviter', (url) => ({ url })),
    'is the address of an organization': changing((item) => ({
      ...item,
      inviter: item['organization'],
    })),
  }),
  ...breaks('schema.inviter-name', {
    'is null': showing('inviter_name', () => null),
    'is the same for everybody': showing('inviter_name', () => 'Administrator'),
    'is empty': showing('inviter_name', () => ''),
    'is the address of the inviter': changing((item) => ({
      ...item,
      inviter_name: item['inviter'],
    })),
  }),
  ...breaks('schema.state', {
    'has another word for sent': showing('state', (state) =>
      state === 'sent' ? 'delivered' : state,
    ),
    'has another word for bounced': showing('state', (state) =>
      state === 'bounced' ? 'failed' : state,
    ),
    'is in capitals': showing('state', (state) => String(state).toUpperCase()),
  }),
  ...breaks('schema.state-detail', {
    'is null': showing('state_detail', () => null),
    'is null where there is nothing to say': showing('state_detail', (text) =>
      text === '' ? null : text,
    ),
    'is an object': showing('state_detail', (reason) => ({ reason })),
  }),
  ...breaks('schema.membership', {
    'is empty instead of null': showing('membership', (value) => value ?? ''),
    'is an id': showing('membership', (value) => (value === null ? null : idAt(value))),
    'is null in the list': showing('membership', () => null, { on: list }),
    'is there before it is accepted': changing((item) => ({
      ...item,
      membership: item['membership'] ?? String(item['url']).replace('invitations', 'memberships'),
    })),
  }),
  ...breaks('schema.organization', {
    'is a name': showing('organization', () => 'Acme'),
    'is an id': showing('organization', (value) => idAt(value)),
    'is the address of the inviter': changing((item) => ({
      ...item,
      organization: item['inviter'],
    })),
  }),
];

export const schemaMutants: readonly Mutant[] = [...people, ...meaning];
