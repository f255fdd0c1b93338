// Users and service accounts, refused in every way that needs nobody to be made: 400, 401, 403 for the scope, 404, 406, 415.
import { randomBytes, randomUUID } from 'node:crypto';
import { encode, json, mediaTypes, raw } from '../../body.ts';
import type { Answer, Asking } from '../../kit/client.ts';
import { expectDetail, expectFieldErrors } from '../../expect.ts';
import { accountOperations, operations } from '../../operations.ts';
import { contract } from '../../engine/contract.ts';

type Operation = (typeof accountOperations)[number];

const schemes = ['JWT', 'API_KEY'] as const;
const create = 'serviceaccounts_create';
const picture = { accept: 'image/png' } as const;

export const checks = contract('errors/accounts', (kit) => {
  const { accountName, rule, send, withMade } = kit;

  /** About what nothing has; what is made all the same is removed. */
  const ask = async (
    operation: Operation,
    asking: Asking,
    look: (answer: Answer) => void,
  ): Promise<void> => {
    const id = `auth0|${randomBytes(12).toString('hex')}`;
    const body = operation === create ? json({ name: accountName }) : undefined;
    const answer = await send(operation, { body, ...asking, id });
    if (operation === create) await withMade(answer, look);
    else look(answer);
  };
  const expecting =
    (status: number) =>
    (answer: Answer): void => {
      expectDetail(answer, status);
    };

  for (const operation of accountOperations) {
    const options = { operation, changes: operations[operation].method !== 'GET' } as const;
    for (const as of schemes) {
      const needs = ['OWNER', as] as const;
      rule('errors.not-acceptable', `${operation} asked by ${as}`, { ...options, needs }, () =>
        ask(operation, { as, headers: picture }, expecting(406)),
      );
      if (!operations[operation].path.includes('{id}')) continue;
      rule('errors.not-found-detail', `${operation} by ${as}`, { ...options, needs }, () =>
        ask(operation, { as }, expecting(404)),
      );
    }
    rule('order.negotiation-before-credentials', operation, options, () =>
      ask(operation, { as: 'NOBODY', headers: picture }, expecting(406)),
    );
    rule('authentication.missing', `${operation} by nobody`, options, () =>
      ask(operation, { as: 'NOBODY' }, expecting(401)),
    );
    rule('authentication.wrong-key', operation, options, () =>
      ask(operation, { authorization: `Api-Key ${randomUUID()}` }, expecting(401)),
    );
    rule('authentication.malformed-jwt', operation, options, () =>
      ask(operation, { authorization: 'Bearer a.b.c' }, expecting(401)),
    );
    rule('authentication.expired-jwt', operation, { ...options, needs: ['OWNER', 'EXPIRED'] }, () =>
      ask(operation, { as: 'EXPIRED' }, expecting(401)),
    );
    const needs = ['OWNER', 'INVITEE'] as const;
    rule('errors.forbidden-detail', `${operation} without scope`, { ...options, needs }, () =>
      ask(operation, { as: 'INVITEE' }, expecting(403)),
    );
  }

  for (const operation of accountOperations.filter(
    (one) => !operations[one].path.includes('{id}'),
  )) {
    rule('authentication.missing', operation, { needs: [], operation }, () =>
      ask(operation, { as: 'NOBODY' }, expecting(401)),
    );
    const needs = ['OWNER', 'INVITEE'] as const;
    rule('scope.required-elsewhere', operation, { needs, operation }, () =>
      ask(operation, { as: 'INVITEE' }, expecting(403)),
    );
  }
  for (const operation of ['users_list', 'serviceaccounts_list'] as const) {
    for (const as of schemes) {
      const options = { needs: [as], changes: false, operation } as const;
      rule('pages.beyond-last', `${operation} asked by ${as}`, options, () =>
        ask(operation, { as, query: { page: '999999999' } }, expecting(404)),
      );
    }
  }
  for (const as of ['OWNER_JWT', 'OWNER_API_KEY'] as const) {
    const options = { needs: ['OWNER', as], operation: create } as const;
    rule('errors.unsupported-media-type', `${create} by ${as}`, options, () =>
      ask(create, { as, body: raw('name=x', 'text/plain') }, expecting(415)),
    );
    for (const mediaType of mediaTypes) {
      const title = `${create} by ${as}, ${mediaType}`;
      rule('errors.invalid-body', title, options, () =>
        ask(create, { as, body: encode(mediaType, { description: 'x' }) }, (answer) => {
          expectFieldErrors(answer, 'name');
        }),
      );
    }
  }
});
