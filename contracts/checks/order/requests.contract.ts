// Which refusal comes first before the object is looked at: 406, 401, 403 for the scope, 405. Each check has two things
// wrong at once, neighbours in that order. What concerns 429 is in throttling.contract.ts.
import { randomUUID } from 'node:crypto';
import { raw } from '../../body.ts';
import type { Answer, Asking } from '../../kit/client.ts';
import { expectDetail } from '../../expect.ts';
import { commonOperations, pathOf, paths, type Method, type Path } from '../../operations.ts';
import { isLinked } from '../../kit/asking.ts';
import { bothOrganizations, type Need } from '../../settings.ts';
import { toAuthorization, toToken, withOtherClaims, withOtherSignature } from '../../tokens.ts';
import type { Token } from '../../tokens.ts';
import { contract } from '../../engine/contract.ts';

const picture = { accept: 'image/png' } as const;

const wrongKey = () => ({ authorization: `Api-Key ${randomUUID()}` });

const badCredentials: readonly (readonly [string, () => Asking, ...Need[]])[] = [
  ['none', () => ({ as: 'NOBODY' })],
  ['Basic', () => ({ authorization: 'Basic b3duZXI6c2VjcmV0' })],
  ['a wrong key', wrongKey],
  ['a malformed JWT', () => ({ authorization: 'Bearer a.b.c' })],
  ['an expired JWT', () => ({ as: 'EXPIRED' }), 'EXPIRED'],
];

export const checks = contract('order/requests', (kit) => {
  const { createInvitation, existing, once, request, rule, sendRight, settings } = kit;

  const withoutScope = (): string => settings.credentials.get('INVITEE') ?? '';

  const negotiation = 'order.negotiation-before-credentials';
  for (const operation of commonOperations) {
    rule(negotiation, `${operation} without credentials`, { operation }, async () => {
      expectDetail(await sendRight(operation, { as: 'NOBODY', headers: picture }), 406);
    });
    rule(negotiation, `${operation} with a wrong key`, { operation }, async () => {
      expectDetail(await sendRight(operation, { ...wrongKey(), headers: picture }), 406);
    });
  }
  const notAcceptable = async (method: string, path: string, asking: Asking): Promise<void> => {
    expectDetail(await request(method, path, { ...asking, headers: picture }), 406);
  };
  const list = pathOf('invitations_list');
  for (const [title, asking, ...needs] of badCredentials) {
    rule(negotiation, `credentials: ${title}`, { needs, changes: false }, () =>
      notAcceptable('GET', list, asking()),
    );
  }
  rule(negotiation, 'and so before the scope', { needs: ['INVITEE'], changes: false }, () =>
    notAcceptable('GET', list, { as: 'INVITEE' }),
  );
  rule(negotiation, 'and so before the method', {}, () =>
    notAcceptable('DELETE', list, { as: 'OWNER' }),
  );
  rule(negotiation, 'and so before the object', {}, () =>
    notAcceptable('GET', pathOf('invitations_retrieve', randomUUID()), { as: 'OWNER' }),
  );

  /** Of a user without scope, and wrong in another way too. */
  const unscoped: Readonly<Record<string, (token: Token) => Token>> = {
    'a JWT with another signature': withOtherSignature,
    'a JWT with other claims': (token) => withOtherClaims(token, { iat: 1 }),
    'a JWT without its signature': (token) => ({ ...token, signature: '' }),
  };
  for (const [title, change] of Object.entries(unscoped)) {
    for (const operation of commonOperations) {
      if (operation === 'invitations_accept_create') continue;
      const options = { needs: ['OWNER', 'INVITEE'], operation } as const;
      rule('order.credentials-before-scope', `${operation} with ${title}`, options, async () => {
        const authorization = toAuthorization(change(toToken(withoutScope())));
        expectDetail(await sendRight(operation, { authorization }), 401);
      });
    }
  }

  const ask = async (
    { template }: Path,
    method: Method,
    asking: Asking,
    id?: string,
  ): Promise<Answer> => {
    const path = template.replace('{id}', id ?? (await existing()).id);
    return request(method, path, asking);
  };

  for (const path of paths) {
    for (const method of path.refused) {
      const what = `${method} ${path.template}`;
      rule('order.credentials-before-method', `${what} without credentials`, {}, async () => {
        expectDetail(await ask(path, method, { as: 'NOBODY' }), 401);
      });
      rule('order.credentials-before-method', `${what} with a wrong key`, {}, async () => {
        expectDetail(await ask(path, method, wrongKey()), 401);
      });
    }
  }
  for (const [title, asking, ...needs] of badCredentials) {
    const options = { needs: ['OWNER', ...needs] as const };
    rule('order.credentials-before-method', `credentials: ${title}`, options, async () => {
      expectDetail(await request('PUT', list, asking()), 401);
    });
  }

  for (const path of paths.filter(({ template }) => !template.endsWith('/accept/'))) {
    for (const method of path.refused) {
      const title = `${method} ${path.template} without scope, and so before the method`;
      rule('order.scope-before-rate', title, ['OWNER', 'INVITEE'], async () => {
        expectDetail(await ask(path, method, { as: 'INVITEE' }), 403);
      });
    }
  }

  const theirs = once(() => createInvitation({ as: 'OUTSIDER' }));

  for (const path of paths.filter(({ template }) => template.includes('{id}'))) {
    // Of what invitations link to, the contract does not know all methods.
    if (path.operations.some(isLinked)) continue;
    for (const method of path.refused) {
      const id = 'order.method-before-object';
      const what = `${method} ${path.template}`;
      for (const [which, needs, idOf] of [
        ['of nothing', {}, randomUUID],
        ['with an id that is none', {}, () => 'abc'],
        ['of another organization', bothOrganizations, async () => (await theirs()).id],
      ] as const) {
        rule(id, `${what} ${which}`, needs, async () => {
          expectDetail(await ask(path, method, { as: 'OWNER' }, await idOf()), 405);
        });
      }
      rule(id, `${what}, and so before the body`, {}, async () => {
        const body = raw('no JSON', 'text/plain');
        expectDetail(await ask(path, method, { as: 'OWNER', body }), 405);
      });
    }
  }
  const ofAnOwner = once(() => createInvitation({ role: 'OWNER' }));
  rule('order.method-before-object', 'and so before its role', ['OWNER', 'VIEWER'], async () => {
    const { id } = await ofAnOwner();
    expectDetail(await request('POST', pathOf('invitations_retrieve', id), { as: 'VIEWER' }), 405);
  });
});
