// What the vendor's client does, by a client that is generated from the newest edition: it shows inviters' names, finds itself,
// makes a service account, invites with its key, and deletes it with its invitations.
import createClient from 'openapi-fetch';
import { expect, test } from '@jest/globals';
import type { paths } from '../../spec/types.gen.ts';
import { anAddress, running } from '../running.suite.ts';

const fake = running();

const clientOf = (authorization: string) =>
  createClient<paths>({ baseUrl: fake.server.url, headers: { authorization } });

test('lists invitations page by page, each with the name of its inviter among the users', async () => {
  const client = clientOf(fake.server.credentials.apiKeys.OWNER);
  const users = await client.GET('/api/v1/users/', {
    params: { query: { page: 1, page_size: 500 } },
  });
  const names = new Map(users.data?.results?.map(({ url, name }) => [url, name]));
  let next: string | null | undefined;
  let page = 1;
  do {
    const query = { page, page_size: 5 };
    const { data } = await client.GET('/api/v1/invitations/', { params: { query } });
    expect(data?.results?.length).toBeGreaterThan(0);
    for (const { inviter, inviter_name: name } of data?.results ?? []) {
      expect(names.get(inviter)).toBe(name);
    }
    next = data?.next;
    page += 1;
  } while (typeof next === 'string');
  expect(page).toBeGreaterThan(2);
});

test('makes a service account, invites with its key, and deletes it with its invitations', async () => {
  const client = clientOf(fake.server.credentials.jwts.ADMIN);
  const own = await client.GET('/api/v1/users/current/');
  expect(own.data).toMatchObject({ type: 'interactive', role: 'ADMIN' });

  const body = { name: 'Terraform', role: 'ADMIN', owner: own.data?.url ?? null } as const;
  const made = await client.POST('/api/v1/serviceaccounts/', { body });
  const account = made.data;
  expect(account).toMatchObject({ owner: own.data?.url, user: { type: 'service' } });

  const robot = clientOf(`Api-Key ${account?.apikey ?? ''}`);
  const invitation = { email: anAddress(), role: 'VIEWER' } as const;
  const invited = await robot.POST('/api/v1/invitations/', { body: invitation });
  expect(invited.response.status).toBe(201);
  expect(invited.data?.inviter).toBe(account?.user.url);

  const params = { path: { id: account?.id ?? '' } };
  const deleted = await client.DELETE('/api/v1/serviceaccounts/{id}/', { params });
  expect(deleted.response.status).toBe(204);
  const query = { email: invitation.email };
  const left = await client.GET('/api/v1/invitations/', { params: { query } });
  expect(left.data?.count).toBe(0);
  expect((await robot.GET('/api/v1/users/current/')).response.status).toBe(401);
});
