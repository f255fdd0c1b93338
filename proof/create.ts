// Faults of creating: what comes of it, who may hand out which role, and which addresses count as taken.
import { operations } from '../contracts/operations.ts';
import {
  asOwner,
  askAs,
  editFields,
  objectIn,
  refusal,
  refuse,
  setting,
  withStatus,
  withoutHeader,
} from './edit.ts';
import { onAsk, onReply, type Tools } from './fault.ts';
import { invitationFor, replaceExisting } from './look.ts';
import { breaks, type Ask, type Mutant, type Reply, type StartFault } from './mutant.ts';

const on = 'invitations_create' as const;
const every = [on, 'invitations_retrieve', 'invitations_list'] as const;
const someId = 'c0ffee00-0000-4000-8000-000000000001';

const emailIn = (ask: Ask): string => String(objectIn(ask)['email']);
const isJson = (ask: Ask): boolean => ask.headers['content-type'] === 'application/json';
const isWhole = (ask: Ask): boolean =>
  isJson(ask) && 'email' in objectIn(ask) && 'role' in objectIn(ask);

/** A create that the fake refuses as a duplicate, allowed when `excuses` says so. */
const allowing = (
  excuses: (existing: Readonly<Record<string, unknown>>, ask: Ask, tools: Tools) => boolean,
): StartFault =>
  onReply({ on, status: 404, when: isWhole }, async (reply, ask, tools) => {
    const existing = await invitationFor(emailIn(ask), ask, tools);
    const isExcused = 'id' in existing && excuses(existing, ask, tools);
    return isExcused ? replaceExisting(emailIn(ask), ask, tools) : reply;
  });

/** Answers as it should, and keeps nothing. */
const forgetting: StartFault = onReply({ on, status: 201 }, async (reply, ask, { next, world }) => {
  const path = `${operations[on].path}${String(objectIn(reply)['id'])}/`;
  await next(askAs({ ...ask, method: 'DELETE', path, body: '' }, 'OWNER', world));
  return reply;
});

/** Deleting does not free the address. */
const remembering: StartFault = () => {
  const addresses = new Set<string>();
  return async (ask, next) => {
    const isCreate = ask.method === 'POST' && ask.path === operations[on].path;
    if (isCreate && addresses.has(emailIn(ask))) return refusal(404);
    const reply = await next(ask);
    if (isCreate && reply.status === 201) addresses.add(emailIn(ask));
    return reply;
  };
};

const link = (ask: Ask, kind: string, id = someId): string =>
  `http://${ask.headers['host'] ?? ''}/api/v1/${kind}/${id}/`;

const claiming = (field: string, toValue: (ask: Ask, reply: Reply) => unknown): StartFault =>
  onReply({ on, status: 201 }, (reply, ask) => setting({ [field]: toValue(ask, reply) })(reply));

const shown = (field: string, toValue: (ask: Ask) => unknown): StartFault =>
  onReply({ on: every }, (reply, ask) => setting({ [field]: toValue(ask) })(reply));

export const createMutants: readonly Mutant[] = [
  ...breaks('create.answer', {
    'answers 200': onReply({ on, status: 201 }, withStatus(200)),
    'answers 202': onReply({ on, status: 201 }, withStatus(202)),
    'keeps nothing': forgetting,
    'takes every role for VIEWER': onAsk({ on, when: isJson }, (ask) =>
      editFields(ask, (fields) => ('role' in fields ? { ...fields, role: 'VIEWER' } : fields)),
    ),
    'cuts a sub-address off': onAsk({ on, when: isJson }, (ask) => ({
      ...ask,
      body: ask.body.replace(/\+[^@"]*@/, '@'),
    })),
    'refuses capitals in an address': onReply(
      { on, when: (ask) => isWhole(ask) && /[A-Z]/.test(emailIn(ask)) },
      refuse(400, { email: ['Enter a valid email address.'] }),
    ),
  }),
  ...breaks('create.requires-email', {
    'makes an address up': onAsk({ on, when: isJson }, (ask) =>
      editFields(ask, (fields) =>
        'role' in fields && !('email' in fields)
          ? { ...fields, email: `nobody-${Math.random()}@example.com` }
          : fields,
      ),
    ),
  }),
  ...breaks('create.requires-role', {
    'takes VIEWER for granted': onAsk({ on, when: isJson }, (ask) =>
      editFields(ask, (fields) =>
        Object.keys(fields).join() === 'email' ? { role: 'VIEWER', ...fields } : fields,
      ),
    ),
    'takes null for VIEWER': onAsk({ on, when: isJson }, (ask) =>
      editFields(ask, (fields) =>
        fields['role'] === null ? { ...fields, role: 'VIEWER' } : fields,
      ),
    ),
  }),
  ...breaks('create.location', {
    'says nothing': onReply({ on, status: 201 }, withoutHeader('location')),
  }),
  ...breaks('create.starts-pending', {
    'says sent at once': claiming('state', () => 'sent'),
    'says sent to an ADMIN': onReply(
      { on, status: 201, when: (ask, { callerOf }) => callerOf(ask) === 'ADMIN' },
      setting({ state: 'sent' }),
    ),
  }),
  ...breaks('create.no-membership', {
    'has a membership in the answer': claiming('membership', (ask) => link(ask, 'memberships')),
    'has a membership when it is read': onReply({ on: 'invitations_retrieve' }, (reply, ask) =>
      objectIn(reply)['state'] === 'accepted'
        ? reply
        : setting({ membership: link(ask, 'memberships') })(reply),
    ),
  }),
  ...breaks('create.inviter', {
    'is the same for everybody': shown('inviter', (ask) => link(ask, 'users')),
    'is another when it is read': onReply({ on: 'invitations_retrieve' }, (reply, ask) =>
      setting({ inviter: link(ask, 'users') })(reply),
    ),
    'is the OWNER for an ADMIN': onAsk(
      { on, when: (ask, { callerOf }) => callerOf(ask) === 'ADMIN' && !ask.body.includes('OWNER') },
      (ask, { world }) => askAs(ask, 'OWNER', world),
    ),
  }),
  ...breaks('create.organization', {
    'is one for each inviter': claiming('organization', (ask, reply) =>
      link(ask, 'organizations', String(objectIn(reply)['inviter']).split('/').at(-2)),
    ),
    'is the same for strangers': shown('organization', (ask) => link(ask, 'organizations')),
  }),
  ...breaks('create.role-above-own', {
    'does not look at the role': onReply({ on, status: 403 }, asOwner),
    'answers 400': onReply({ on, status: 403 }, refuse(400, { role: ['Too high.'] })),
    'answers 404': onReply({ on, status: 403 }, withStatus(404)),
    'does not look at the role of an API key': onReply(
      { on, status: 403, when: ({ headers }) => /^api-key/i.test(headers['authorization'] ?? '') },
      asOwner,
    ),
    'does not look at the role of a JWT': onReply(
      { on, status: 403, when: ({ headers }) => /^bearer/i.test(headers['authorization'] ?? '') },
      asOwner,
    ),
  }),
  ...breaks('create.duplicate-address', {
    'answers 409': onReply({ on, status: 404 }, withStatus(409)),
    'answers 400': onReply({ on, status: 404 }, refuse(400, { email: ['Taken.'] })),
    'replaces the one that is there': allowing(() => true),
    'allows it once it is sent': allowing(({ state }) => state === 'sent'),
    'allows it once it has bounced': allowing(({ state }) => state === 'bounced'),
    'allows it once it is accepted': allowing(({ state }) => state === 'accepted'),
    'allows it with another role': allowing(({ role }, ask) => role !== objectIn(ask)['role']),
    'allows it to another caller': allowing(
      (_existing, ask, { world }) => world.callerOf(ask) !== 'OWNER',
    ),
    'keeps an address when its invitation is deleted': remembering,
  }),
  ...breaks('create.duplicate-letter-case', {
    'compares letter by letter': allowing(({ email }, ask) => email !== emailIn(ask)),
    'compares the local part letter by letter': allowing(
      ({ email }, ask) => String(email).split('@')[0] !== emailIn(ask).split('@')[0],
    ),
    'compares the domain letter by letter': allowing(
      ({ email }, ask) => String(email).split('@')[1] !== emailIn(ask).split('@')[1],
    ),
  }),
];
