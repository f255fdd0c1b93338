// Users: who is listed, who the caller is, and what goes with a user who is deleted.
import { json } from '../body.ts';
import type { Answer } from '../kit/client.ts';
import { disappoint, expectAway, expectDetail, expectInvitation } from '../expect.ts';
import { expectStatus, idIn, pathIn } from '../expect.ts';
import { isRecord, textIn, toRecord, type Json } from '../invitation.ts';
import { bothOrganizations, roles, type Caller } from '../settings.ts';
import { organizationIdIn } from '../kit/joining.ts';
import { undisturbed } from '../kit/listing.ts';
import { NotExercised } from '../not-exercised.ts';
import { contract } from '../engine/contract.ts';

const resultsOf = (answer: Answer): readonly Json[] => {
  expectStatus(answer, 200);
  const { count, results } = toRecord(answer.json);
  const isPage = typeof count === 'number' && Array.isArray(results) && results.every(isRecord);
  return isPage ? results : disappoint(answer, 'a page of users');
};

const mostPages = 50;

const firstWithTokens = '2023-01-28';

export const checks = contract('users', (kit) => {
  const { accept, address, edition, settings, createInvitation, expectListed, request } = kit;
  const { removeAccount, rule, send, withAccount } = kit;

  const current = async (as: Caller): Promise<Json> => {
    const answer = await send('users_current_retrieve', { as });
    expectStatus(answer, 200);
    return toRecord(answer.json);
  };
  const pathOf = (user: Json): string => pathIn(textIn(user, 'url'));

  const listOnce = async (as: Caller, query: string): Promise<readonly Json[]> => {
    const users: Json[] = [];
    let path: string | undefined = `/api/v1/users/${query}`;
    for (let page = 0; page < mostPages && path !== undefined; page += 1) {
      const answer: Answer = await request('GET', path, { as });
      users.push(...resultsOf(answer));
      const { next } = toRecord(answer.json);
      path = typeof next === 'string' ? pathIn(next) : undefined;
    }
    return users;
  };
  const listAll = async (as: Caller, query = ''): Promise<readonly Json[]> => {
    let users: readonly Json[] = [];
    await undisturbed(async () => {
      users = await listOnce(as, query);
    });
    return users;
  };

  for (const as of [...roles, 'JWT', 'API_KEY', 'OUTSIDER'] as const) {
    const options = { needs: [as], changes: false } as const;
    rule('users.list', `has ${as}, who asks`, options, async () => {
      const own = pathOf(await current(as));
      const all = await listAll(as);
      if (!all.some((user) => pathOf(user) === own)) {
        throw new Error(`The list of users has no ${own}, who asks for it.`);
      }
    });
    rule('users.current', `is ${as}`, options, async () => {
      const own = await current(as);
      const read = await request('GET', pathOf(own), { as });
      expectStatus(read, 200);
      if (toRecord(read.json)['id'] !== own['id'])
        disappoint(read, `the user ${textIn(own, 'id')}`);
    });
    rule('users.id', `of ${as}`, { ...options, operation: 'users_retrieve' }, async () => {
      const own = await current(as);
      const [id, url] = [textIn(own, 'id'), textIn(own, 'url')];
      if (!/^auth0\|[\da-f]{24}$/.test(id) || !url.includes('auth0%7C')) {
        throw new Error(`Expected auth0| and 24 digits, but got ${id} at ${url}.`);
      }
    });
  }
  rule('users.current', 'is who invites', {}, async () => {
    const { inviter } = await createInvitation();
    const own = await current('OWNER');
    if (pathOf(own) !== pathIn(inviter)) throw new Error(`${inviter} invites, not ${pathOf(own)}.`);
  });
  for (const operation of ['users_list', 'invitations_list', 'serviceaccounts_list'] as const) {
    const options = { changes: false, operation } as const;
    rule('pages.every-field', operation, options, async () => {
      const answer = await send(operation, { as: 'OWNER' });
      const page = toRecord(answer.json);
      const lacking = ['count', 'next', 'previous', 'results'].filter((name) => !(name in page));
      if (lacking.length > 0) disappoint(answer, `a page with ${lacking.join(', ')}`);
    });
  }
  const two = { needs: ['OWNER', 'VIEWER'], changes: false } as const;
  rule('users.current', 'OWNER and VIEWER are two', two, async () => {
    const [one, other] = [pathOf(await current('OWNER')), pathOf(await current('VIEWER'))];
    if (one === other) throw new Error(`OWNER and VIEWER are both ${one}.`);
  });
  const apart = { needs: bothOrganizations, changes: false } as const;
  rule('users.list', 'has no users of others', apart, async () => {
    const theirs = pathOf(await current('OUTSIDER'));
    const all = await listAll('OWNER');
    if (all.some((user) => pathOf(user) === theirs)) throw new Error(`It has ${theirs}.`);
  });

  rule('users.type', 'of a service account, which is listed', {}, async () => {
    await withAccount('VIEWER', async ({ user }) => {
      const { type } = toRecord((await request('GET', pathIn(user), { as: 'OWNER' })).json);
      if (type === undefined) throw new NotExercised("the target's edition has no type of a user");
      if (type !== 'service') throw new Error('The type is not service.');
      const all = await listAll('OWNER', '?type=service');
      const others = await listAll('OWNER', '?type=interactive');
      const isIn = (users: readonly Json[]): boolean =>
        users.some((one) => pathOf(one) === pathIn(user));
      if (!isIn(all) || isIn(others)) throw new Error('type=service does not keep it alone.');
    });
  });
  for (const field of ['name', 'email', 'created_at', 'id'] as const) {
    rule('users.ordering', `by ${field}`, { changes: false, operation: 'users_list' }, async () => {
      const read = async (ordering: string): Promise<readonly string[]> =>
        (await listAll('OWNER', `?ordering=${ordering}`)).map((user) => textIn(user, field));
      const [up, down] = [await read(field), await read(`-${field}`)];
      if (new Set(up).size < 2) throw new NotExercised('there are no two users to order');
      if (!(up[0] !== undefined && down[0] !== undefined && up[0] < down[0])) {
        throw new Error(`Expected the least ${field} first, but got ${up.join()}.`);
      }
    });
  }

  for (const as of ['OWNER_JWT', 'OWNER_API_KEY'] as const) {
    rule('users.destroy', `of a service account, asked by ${as}`, ['OWNER', as], async () => {
      await withAccount('VIEWER', async ({ user }) => {
        const id = idIn(user);
        const answer = await send('users_destroy', { as, id });
        expectStatus(answer, 204);
        if (answer.text !== '') disappoint(answer, '204 with an empty body');
        expectAway(await send('users_retrieve', { as: 'OWNER', id }), id);
      });
    });
  }
  rule('linked.missing', 'a user that was deleted', {}, async () => {
    await withAccount('VIEWER', async ({ user }) => {
      const id = idIn(user);
      expectStatus(await send('users_destroy', { as: 'OWNER', id }), 204);
      expectStatus(await send('users_retrieve', { as: 'OWNER', id }), 404);
      expectDetail(await send('users_destroy', { as: 'OWNER', id }), 404);
    });
  });

  for (const operation of ['users_destroy', 'serviceaccounts_destroy'] as const) {
    rule('users.invitations-go', `by ${operation}`, { operation }, async () => {
      await withAccount('ADMIN', async ({ id, authorization }) => {
        const email = address();
        const body = json({ email, role: 'VIEWER' });
        const made = await send('invitations_create', { authorization, body });
        const invitation = expectInvitation(made, 201);
        expectStatus(await send(operation, { as: 'OWNER', id }), 204);
        expectStatus(await kit.read(invitation.id), 404);
        await expectListed({ email }, []);
      });
    });
  }

  /** Somebody who joins the OWNER's organization, and may be deleted. */
  const join = async (): Promise<{ invitation: string; user: string; membership: string }> => {
    const email = address();
    const outside = await kit.logIn(email);
    const { id } = await createInvitation({ email });
    const answer = await send('invitations_accept_create', { authorization: outside, id });
    const accepted = expectInvitation(answer, 200);
    // An invitation of the older editions does not say whose it is.
    const { organization } = await kit.membershipOf(accepted);
    const authorization = await kit.logInTo(email, organizationIdIn(organization));
    const own = toRecord((await send('users_current_retrieve', { authorization })).json);
    const user = idIn(textIn(own, 'url'));
    return { invitation: id, user, membership: accepted.membership ?? '' };
  };
  const byToken = {
    needs: ['OWNER', 'TOKEN_URL'],
    operation: 'invitations_accept_create',
  } as const;
  rule('authentication.token', 'its user accepts', byToken, async () => {
    const email = address();
    const authorization = await kit.logInOpaquely(email);
    const { id } = await createInvitation({ email });
    const answer = await send('invitations_accept_create', { authorization, id });
    if (answer.status === 401 && edition === firstWithTokens && settings.edition === undefined) {
      throw new NotExercised('nothing else tells it from the edition before; --edition does');
    }
    expectInvitation(answer, 200, { state: 'accepted' });
  });
  const joining = { needs: ['OWNER', 'TOKEN_URL'] } as const;
  rule('users.destroy', 'of a person, with the membership', joining, async () => {
    const { user, membership } = await join();
    expectStatus(await send('users_destroy', { as: 'OWNER', id: user }), 204);
    expectAway(await send('users_retrieve', { as: 'OWNER', id: user }), user);
    expectAway(await request('GET', pathIn(membership), { as: 'OWNER' }), idIn(membership));
  });
  rule('users.accepted-goes', 'with a person', joining, async () => {
    const { user, invitation } = await join();
    expectStatus(await send('users_destroy', { as: 'OWNER', id: user }), 204);
    expectStatus(await kit.read(invitation), 404);
    expectStatus(await accept(invitation, 'NOBODY'), 401);
  });

  for (const [as, role] of [
    ['VIEWER', 'VIEWER'],
    ['CONTRIB', 'VIEWER'],
    ['ADMIN', 'OWNER'],
  ] as const) {
    for (const operation of ['users_destroy', 'serviceaccounts_destroy'] as const) {
      const options = { needs: ['OWNER', as], operation } as const;
      rule('users.who-deletes', `${operation}: not ${as} one as ${role}`, options, async () => {
        await withAccount(role, async ({ id }) => {
          expectDetail(await send(operation, { as, id }), 403);
          expectStatus(await send('users_retrieve', { as: 'OWNER', id }), 200);
        });
      });
    }
  }
  rule('users.who-deletes', 'nobody oneself', { operation: 'users_destroy' }, async () => {
    await withAccount('ADMIN', async ({ id, authorization }) => {
      expectDetail(await send('users_destroy', { authorization, id }), 403);
    });
  });
  rule('users.who-deletes', 'ADMIN one as ADMIN', ['OWNER', 'ADMIN'], async () => {
    await withAccount('ADMIN', async ({ id }) => {
      expectStatus(await send('serviceaccounts_destroy', { as: 'ADMIN', id }), 204);
      expectStatus(await removeAccount(id), 404);
    });
  });
});
