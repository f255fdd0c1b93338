// What every answer has, whatever its status: an `Allow` header, and JSON if it has a body at all. One answer of each
// status that an operation can be brought to by public means.
import { randomUUID } from 'node:crypto';
import { json, raw } from '../body.ts';
import type { Answer, Asking } from '../kit/client.ts';
import { disappoint, expectInvitation, expectStatus, idIn } from '../expect.ts';
import type { Invitation } from '../invitation.ts';
import { NotExercised } from '../not-exercised.ts';
import { commonOperations, linkedOperations, writingOperations } from '../operations.ts';
import { operations, pathOf, type OperationId } from '../operations.ts';
import { invitee, type Need } from '../settings.ts';
import { contract } from '../engine/contract.ts';

const isOne = (names: readonly string[], name: string): boolean => names.includes(name);
const collections = ['invitations_list', 'invitations_create'] as const;

/** In which an operation answers with a status; `why` where it comes to it in several ways. */
const situation = (
  operation: OperationId,
  status: number,
  ask: () => Promise<Answer>,
  needs: readonly Need[] = ['OWNER'],
  why = '',
) => ({ operation, status, ask, needs, title: `${operation} with ${status}${why}` });
type Situation = ReturnType<typeof situation>;

const statuses: Partial<Record<OperationId, number>> = {
  invitations_create: 201,
  invitations_destroy: 204,
};

const expectJson = (answer: Answer): void => {
  const isJson = /^application\/json\s*(;|$)/i.test(answer.headers['content-type'] ?? '');
  if (!isJson || answer.json === undefined) {
    disappoint(answer, `JSON, not ${answer.headers['content-type'] ?? 'no media type'}`);
  }
};

const methodOrder = ['GET', 'POST', 'PUT', 'PATCH', 'DELETE', 'HEAD', 'OPTIONS'];

const expectAllow = (answer: Answer): void => {
  const allow = answer.headers['allow'];
  const methods = (allow ?? '').split(',').map((method) => method.trim());
  if (!methods.every((method) => /^[A-Z]+$/.test(method))) {
    disappoint(answer, `an Allow header with methods, not ${allow ?? 'none'}`);
  }
  const ranks = methods.map((method) => methodOrder.indexOf(method)).filter((rank) => rank >= 0);
  if (ranks.some((rank, index) => rank < (ranks[index - 1] ?? 0))) {
    const order = methodOrder.join(', ');
    disappoint(answer, `an Allow header in the order ${order}, not ${allow ?? ''}`);
  }
  const [method = ''] = answer.asked.split(' ');
  if (answer.status < 300 && !methods.includes(method)) {
    disappoint(answer, `an Allow header with ${method}, not ${allow ?? 'none'}`);
  }
};

const forBrowsers = {
  vary: ['accept', 'cookie', 'origin'],
  'x-frame-options': ['deny'],
  'x-content-type-options': ['nosniff'],
  'referrer-policy': ['same-origin'],
} as const;

/** A gateway may have added to them. */
const expectForBrowsers = (answer: Answer): void => {
  for (const [name, values] of Object.entries(forBrowsers)) {
    const sent = answer.headers[name] ?? '';
    const words = sent.toLowerCase().split(/\s*,\s*/);
    if (!values.every((value) => words.includes(value))) {
      disappoint(answer, `${name}: ${values.join(', ')}, not ${sent === '' ? 'none' : sent}`);
    }
  }
};

export const checks = contract('headers', (kit) => {
  const { address, bodyFor, createInvitation, once, request, rule, send } = kit;

  /** Nothing is done to these two, as what is asked for is refused. */
  const ofAnOwner = (): Promise<Invitation> => createInvitation({ role: 'OWNER' });
  const existing = once(ofAnOwner);
  /** That a delete is refused is only assumed: where it is not, nothing else must miss what is gone. */
  const refusable = (operation: OperationId): (() => Promise<Invitation>) =>
    operation === 'invitations_destroy' ? ofAnOwner : existing;
  /** The one accept: the invitee has one address, and so one invitation at a time. */
  const accepting = once(async () => {
    const { id } = await kit.invitationForInvitee();
    return send('invitations_accept_create', { as: 'INVITEE', id });
  });

  const linkTo = async (operation: OperationId, invitation: Invitation): Promise<string> => {
    if (operation === 'users_retrieve') return invitation.inviter;
    if (operation === 'organizations_retrieve') return invitation.organization;
    return expectInvitation(await accepting(), 200).membership ?? '';
  };

  const idFor = async (
    operation: OperationId,
    make: () => Promise<Invitation>,
  ): Promise<string> => {
    if (isOne(collections, operation)) return '';
    const made = await make();
    if (!isOne(linkedOperations, operation)) return made.id;
    return idIn(await linkTo(operation, made));
  };

  const succeed = (operation: OperationId): Situation => {
    const isAccept = operation === 'invitations_accept_create';
    const needs = isAccept || operation === 'memberships_retrieve' ? invitee : undefined;
    const ask = async (): Promise<Answer> => {
      if (isAccept) return accepting();
      const id = await idFor(operation, createInvitation);
      return send(operation, { as: 'OWNER', id, body: bodyFor(operation) });
    };
    return situation(operation, statuses[operation] ?? 200, ask, needs);
  };

  const refuse = (
    operation: OperationId,
    status: number,
    asking: Asking,
    ...more: readonly [needs?: readonly Need[], why?: string]
  ): Situation => {
    const ask = async (): Promise<Answer> => {
      const isLinked = isOne(linkedOperations, operation);
      const id = isLinked ? randomUUID() : await idFor(operation, refusable(operation));
      return send(operation, { body: bodyFor(operation), ...asking, id });
    };
    return situation(operation, status, ask, ...more);
  };

  const missing = (operation: OperationId): Situation =>
    situation(operation, 404, () =>
      send(operation, { as: 'OWNER', id: randomUUID(), body: bodyFor(operation) }),
    );

  /** By one who may not: no scope where reading is all there is to it, else a role or an address that does not fit. */
  const forbid = (operation: OperationId): Situation => {
    if (operation === 'invitations_accept_create') return refuse(operation, 403, { as: 'OWNER' });
    if (operations[operation].method === 'GET') {
      return refuse(operation, 403, { as: 'INVITEE' }, ['OWNER', 'INVITEE']);
    }
    const ask = async (): Promise<Answer> => {
      const id = await idFor(operation, refusable(operation));
      const above = () => json({ email: address('VIEWER'), role: 'OWNER' });
      const body = isOne(writingOperations, operation) ? above() : undefined;
      return send(operation, { as: 'VIEWER', id, body });
    };
    return situation(operation, 403, ask, ['OWNER', 'VIEWER']);
  };

  /** What a path says to a method that it does not have belongs to no operation. */
  const disallow = (operation: OperationId, method: string): Situation =>
    situation(operation, 405, () =>
      request(method, pathOf(operation, randomUUID()), { as: 'OWNER', judged: false }),
    );

  const cutOff = { as: 'OWNER', body: raw('{', 'application/json') } as const;
  const wrongKey = { authorization: `Api-Key ${randomUUID()}` };
  const malformed = { authorization: 'Bearer abc' };
  const situations: readonly Situation[] = [
    ...commonOperations.flatMap((operation) => [
      succeed(operation),
      refuse(operation, 401, { as: 'NOBODY' }),
      forbid(operation),
      refuse(operation, 406, { as: 'OWNER', headers: { accept: 'image/png' } }),
      ...(isOne(collections, operation) ? [] : [missing(operation)]),
    ]),
    ...writingOperations.flatMap((operation) => [
      refuse(operation, 400, { as: 'OWNER', body: json({ email: 'nobody', role: 'BOSS' }) }),
      refuse(operation, 415, { as: 'OWNER', body: raw('a,b', 'text/csv') }),
      refuse(operation, 400, cutOff, undefined, ' for a body that breaks off'),
    ]),
    refuse('invitations_list', 400, { as: 'OWNER', query: { role: 'BOSS' } }),
    refuse('invitations_list', 404, { as: 'OWNER', query: { page: 999_999_999 } }),
    refuse('invitations_list', 401, wrongKey, undefined, ' for a wrong key'),
    refuse('invitations_list', 401, malformed, undefined, ' for a malformed JWT'),
    situation('invitations_create', 404, async () =>
      kit.create({ email: (await existing()).email, role: 'VIEWER' }),
    ),
    disallow('invitations_list', 'DELETE'),
    disallow('invitations_retrieve', 'POST'),
    disallow('invitations_accept_create', 'PUT'),
    disallow('invitations_resend_create', 'PUT'),
    ...linkedOperations.map((operation) => disallow(operation, 'PUT')),
  ];

  for (const { operation, status, title, needs, ask } of situations) {
    const answered = once(ask);
    rule('headers.allow', title, { needs, operation }, async () => {
      const answer = await answered();
      expectStatus(answer, status);
      expectAllow(answer);
    });
    if (status === 204) continue;
    rule('media-types.answers-json', title, { needs, operation }, async () => {
      const answer = await answered();
      // Which status it is is not what this rule is about.
      if (answer.status !== status) {
        throw new NotExercised(`the target answers ${answer.status} here, not ${status}`);
      }
      expectJson(answer);
    });
  }

  for (const [as, status] of [
    ['OWNER', 200],
    ['NOBODY', 401],
  ] as const) {
    const options = { operation: 'invitations_list', changes: false } as const;
    rule('headers.for-browsers', `with ${status}`, options, async () => {
      const answer = await send('invitations_list', { as });
      expectStatus(answer, status);
      expectForBrowsers(answer);
    });
  }

  for (const accept of [
    '*/*',
    'application/*',
    'application/json, text/plain, */*',
    'image/png, application/json;q=0.1',
    'application/json;q=0.5',
  ]) {
    for (const operation of ['invitations_list', 'invitations_retrieve'] as const) {
      const title = `${operation} for "${accept}"`;
      rule('media-types.answers-json', title, { operation }, async () => {
        const id = await idFor(operation, existing);
        const answer = await send(operation, { as: 'OWNER', id, headers: { accept } });
        expectStatus(answer, 200);
        expectJson(answer);
      });
    }
  }
});
