// The list of exchanges: which of them a query keeps, how it is paged, and which queries are none.
import { beforeAll, expect, test } from '@jest/globals';
import { invitations, listOf, memberOf, running, textOf } from '../running.suite.ts';

const fake = running();

beforeAll(async () => {
  const { apiKeys } = fake.server.credentials;
  const ask = (id: string, method: string, target: string, as?: string, json?: object) =>
    fake.ask(method, target, { as, json, headers: { 'x-request-id': id } });
  await ask('list', 'GET', invitations, apiKeys.OWNER);
  await ask('bad-role', 'GET', `${invitations}?role=Needle`, apiKeys.VIEWER);
  await ask('nobody', 'GET', invitations);
  const json = { email: 'needle@example.com', role: 'OWNER' };
  await ask('above', 'POST', invitations, apiKeys.ADMIN, json);
  await ask('nowhere', 'GET', '/nowhere', apiKeys.OWNER);
});

const ids = async (query: string): Promise<string> => {
  const { json } = await fake.ask('GET', `/_mock/traffic${query}`);
  return listOf(json, 'exchanges')
    .map((exchange) => textOf(exchange, 'id'))
    .join(' ');
};

test.each([
  ['', 'nowhere above nobody bad-role list'],
  ['?operation=invitations_create', 'above'],
  ['?operation=none', 'nowhere'],
  ['?method=post', 'above'],
  ['?status=403', 'above'],
  ['?status=4xx', 'nowhere above nobody bad-role'],
  ['?status=2xx', 'list'],
  ['?caller=ADMIN', 'above'],
  ['?caller=none&status=401', 'nobody'],
  ['?findings=true&caller=VIEWER', 'bad-role'],
  ['?rule=authentication.missing', 'nobody'],
  ['?text=NEEDLE', 'above bad-role'],
  ['?limit=2', 'nowhere above'],
  ['?limit=2&after=above', 'nobody bad-role'],
  ['?status=4xx&after=nobody', 'bad-role'],
  ['?after=unheard-of', ''],
])('%s keeps "%s"', async (query, kept) => {
  expect(await ids(query)).toBe(kept);
});

test('a caller can be named by the id of its user', async () => {
  const { json } = await fake.ask('GET', '/_mock/traffic?status=403');
  const id = textOf(memberOf(listOf(json, 'exchanges')[0], 'caller'), 'user_id');
  expect(await ids(`?caller=${encodeURIComponent(id)}`)).toBe('above');
});

test('a refusal says why in the words of the contract', async () => {
  const { json } = await fake.ask('GET', '/_mock/traffic?status=403');
  expect(listOf(json, 'exchanges')[0]).toMatchObject({
    sequence: 4,
    rule: { id: 'create.role-above-own', sentence: expect.stringMatching(/^[A-Z].*\.$/) },
  });
});

test.each([
  ['operation=x', 'invitations_create'],
  ['method=%20', 'a method such as GET'],
  ['status=600', 'a class such as 4xx'],
  ['caller=me', 'OWNER'],
  ['findings=yes', 'true, false'],
  ['rule=x', 'spec/rules.yaml'],
  ['limit=1001', '1000'],
  ['text=', '1 to 1000 characters'],
  ['page=2', '"page" is not known'],
])('?%s is refused, and the refusal names "%s"', async (query, word) => {
  const { status, json } = await fake.ask('GET', `/_mock/traffic?${query}`);
  expect(status).toBe(400);
  expect(textOf(json, 'detail')).toContain(word);
});
