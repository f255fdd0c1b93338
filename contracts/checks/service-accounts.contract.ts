// Service accounts: what a create answers, what its key does, who may, and what goes when one is deleted.
import { encode, mediaTypes } from '../body.ts';
import type { Answer } from '../kit/client.ts';
import { disappoint, expectAway, expectDetail, expectRefusal } from '../expect.ts';
import { expectStatus, idIn, pathIn } from '../expect.ts';
import { isRecord, textIn, toRecord } from '../invitation.ts';
import { bothOrganizations, invitingRoles, otherRoles, roles } from '../settings.ts';
import { toAccount } from '../kit/accounts.ts';
import { NotExercised } from '../not-exercised.ts';
import { contract } from '../engine/contract.ts';

const create = 'serviceaccounts_create';

export const checks = contract('service-accounts', (kit) => {
  const { accountName, removeAccount, rule, send, tryToMake, withAccount, withMade } = kit;

  const current = (authorization: string): Promise<Answer> =>
    send('users_current_retrieve', { authorization });

  for (const as of invitingRoles) {
    rule('serviceaccounts.create', `by ${as}`, ['OWNER', as], async () => {
      await withMade(await tryToMake({ name: accountName, description: 'x' }, as), (answer) => {
        expectStatus(answer, 201);
        if (toAccount(answer) === undefined) disappoint(answer, 'a service account and its apikey');
        const { user, description } = toRecord(answer.json);
        if (!isRecord(user) || user['name'] !== accountName) disappoint(answer, 'the name sent');
        if (description !== 'x') disappoint(answer, 'the description sent');
      });
    });
  }
  for (const mediaType of mediaTypes) {
    for (const as of ['OWNER_JWT', 'OWNER_API_KEY'] as const) {
      const options = { needs: ['OWNER', as], operation: create } as const;
      rule('serviceaccounts.create', `by ${mediaType}, asked by ${as}`, options, async () => {
        const body = encode(mediaType, { name: accountName, role: 'CONTRIB' });
        await withMade(await send(create, { as, body }), (answer) => {
          expectStatus(answer, 201);
        });
      });
    }
    for (const as of ['VIEWER_JWT', 'VIEWER_API_KEY'] as const) {
      const options = { needs: ['OWNER', as], operation: create } as const;
      rule('serviceaccounts.who-makes', `by ${mediaType}: not ${as}`, options, async () => {
        const body = encode(mediaType, { name: accountName, role: 'VIEWER' });
        await withMade(await send(create, { as, body }), (answer) => {
          expectDetail(answer, 403);
        });
      });
    }
  }
  rule('serviceaccounts.location', 'is its address', { operation: create }, async () => {
    await withMade(await tryToMake({ name: accountName }), (answer) => {
      const { url } = toAccount(answer) ?? disappoint(answer, 'a service account');
      if (pathIn(answer.headers['location'] ?? '') !== pathIn(url)) disappoint(answer, url);
    });
  });
  rule('serviceaccounts.key', 'acts as its user', { operation: create }, async () => {
    await withAccount('VIEWER', async ({ authorization, user }) => {
      const answer = await current(authorization);
      expectStatus(answer, 200);
      if (pathIn(textIn(toRecord(answer.json), 'url')) !== pathIn(user)) disappoint(answer, user);
    });
  });
  for (const operation of ['serviceaccounts_retrieve', 'serviceaccounts_list'] as const) {
    rule('serviceaccounts.key', `is not told by ${operation}`, { operation }, async () => {
      await withAccount('VIEWER', async ({ authorization, id }) => {
        const answer = await send(operation, { as: 'OWNER', id, query: { page: 'last' } });
        const key = authorization.split(' ')[1] ?? '';
        if (answer.text.includes(key)) disappoint(answer, 'no word of the key');
      });
    });
  }
  const names = {
    'without a name': {},
    'with null': { name: null },
    'with a blank name': { name: ' ' },
    'with a name of 129 characters': { name: 'x'.repeat(129) },
  };
  for (const [title, fields] of Object.entries(names)) {
    rule('serviceaccounts.requires-name', title, { operation: create }, async () => {
      await withMade(await tryToMake(fields), (answer) => {
        expectRefusal(answer);
      });
    });
  }
  rule('serviceaccounts.requires-name', 'with one of 128 it is made', {}, async () => {
    await withMade(await tryToMake({ name: accountName.padEnd(128, 'x') }), (answer) => {
      expectStatus(answer, 201);
    });
  });
  rule('serviceaccounts.role', 'where none is asked for', { operation: create }, async () => {
    await withMade(await tryToMake({ name: accountName }), async (answer) => {
      const { authorization } = toAccount(answer) ?? disappoint(answer, 'a service account');
      const user = await current(authorization);
      const { role } = toRecord(user.json);
      if (role === undefined) throw new NotExercised("the target's edition shows no user's role");
      if (role !== 'VIEWER') disappoint(user, 'the role VIEWER');
    });
  });
  for (const [title, as, role] of [
    ...otherRoles.map((as) => [`not ${as}`, as, 'VIEWER'] as const),
    ['ADMIN makes no OWNER', 'ADMIN', 'OWNER'] as const,
  ]) {
    rule('serviceaccounts.who-makes', title, ['OWNER', as], async () => {
      await withMade(await tryToMake({ name: accountName, role }, as), (answer) => {
        expectDetail(answer, 403);
      });
    });
  }

  for (const as of roles) {
    rule('serviceaccounts.retrieve', `by ${as}`, ['OWNER', as], async () => {
      await withAccount('VIEWER', async ({ id, url }) => {
        const answer = await send('serviceaccounts_retrieve', { as, id });
        expectStatus(answer, 200);
        if (pathIn(textIn(toRecord(answer.json), 'url')) !== pathIn(url)) disappoint(answer, url);
      });
    });
  }
  for (const as of roles) {
    const options = { needs: [as], changes: false } as const;
    rule('serviceaccounts.list', `by ${as}`, options, async () => {
      const answer = await send('serviceaccounts_list', { as });
      expectStatus(answer, 200);
      const { count, results } = toRecord(answer.json);
      if (typeof count !== 'number' || !Array.isArray(results)) disappoint(answer, 'a page');
    });
  }
  rule('serviceaccounts.list', 'counts a new one', {}, async () => {
    const countOf = async (): Promise<unknown> =>
      toRecord((await send('serviceaccounts_list', { as: 'OWNER' })).json)['count'];
    await withAccount('VIEWER', async ({ id }) => {
      const page = await send('serviceaccounts_list', { as: 'OWNER', query: { page: 'last' } });
      const { results } = toRecord(page.json);
      const isThere =
        Array.isArray(results) && results.some((one) => isRecord(one) && one['id'] === id);
      // Where it is not on the last page, there are more than before.
      if (!isThere && !(Number(await countOf()) > 0)) disappoint(page, `one of the id ${id}`);
    });
  });
  rule('serviceaccounts.same-id', 'of it and its user', {}, async () => {
    await withAccount('VIEWER', ({ id, user, url }) => {
      if (idIn(user) !== id || idIn(url) !== id) {
        throw new Error(`Expected one id, but got ${id}, ${url} and ${user}.`);
      }
    });
  });
  rule('tenancy.no-trace', 'a service account of others', bothOrganizations, async () => {
    await withAccount('VIEWER', async ({ id }) => {
      expectStatus(await send('serviceaccounts_retrieve', { as: 'OUTSIDER', id }), 404);
      expectStatus(await send('serviceaccounts_destroy', { as: 'OUTSIDER', id }), 404);
      expectStatus(await send('users_destroy', { as: 'OUTSIDER', id }), 404);
      const listed = await send('serviceaccounts_list', { as: 'OUTSIDER' });
      expectStatus(listed, 200);
      if (listed.text.includes(id)) disappoint(listed, `nothing of ${id}`);
      expectStatus(await send('serviceaccounts_retrieve', { as: 'OWNER', id }), 200);
    });
  });

  const byJwt = ['OWNER', 'OWNER_JWT'] as const;
  rule('serviceaccounts.destroy', 'by whom it was listed and read, with a JWT', byJwt, async () => {
    await withAccount('VIEWER', async ({ id }) => {
      const as = 'OWNER_JWT';
      expectStatus(await send('serviceaccounts_list', { as }), 200);
      expectStatus(await send('serviceaccounts_retrieve', { as, id }), 200);
      expectStatus(await send('serviceaccounts_destroy', { as, id }), 204);
    });
  });
  rule('serviceaccounts.destroy', 'it is gone, and its key stops', {}, async () => {
    await withAccount('VIEWER', async ({ id, authorization, user }) => {
      const answer = await removeAccount(id);
      expectStatus(answer, 204);
      if (answer.text !== '') disappoint(answer, '204 with an empty body');
      expectAway(await send('serviceaccounts_retrieve', { as: 'OWNER', id }), id);
      expectAway(await send('users_retrieve', { as: 'OWNER', id: idIn(user) }), idIn(user));
      expectStatus(await current(authorization), 401);
    });
  });
  rule('linked.missing', 'a service account that was deleted', {}, async () => {
    await withAccount('VIEWER', async ({ id }) => {
      expectStatus(await removeAccount(id), 204);
      expectDetail(await removeAccount(id), 404);
    });
  });
});
