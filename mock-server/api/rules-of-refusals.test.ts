// Whoever looks into the traffic learns on which rule of the contract a refusal of input rests.
import { beforeAll, expect, test } from '@jest/globals';
import {
  anAddress,
  invitations,
  listOf,
  noSuchId,
  running,
  textOf,
  type Answer,
  type Asked,
} from '../running.suite.ts';

const fake = running({ bodyLimit: 4_096 });

let invitation = '';

function ask(method: string, target: string, asked: Asked = {}): Promise<Answer> {
  return fake.ask(method, target, { as: fake.server.credentials.apiKeys.OWNER, ...asked });
}

beforeAll(async () => {
  const { json } = await ask('POST', invitations, { json: { email: anAddress(), role: 'VIEWER' } });
  invitation = `${invitations}${textOf(json, 'id')}/`;
});

async function newest(): Promise<unknown> {
  const { json } = await fake.ask('GET', '/_mock/traffic?limit=1');
  return listOf(json, 'exchanges')[0];
}

const json = 'application/json';

test.each(
  ['POST', 'PUT', 'PATCH'].flatMap((method) =>
    (
      [
        ['{"email":"ann"}', json, 400, 'errors.invalid-body'],
        ['[]', json, 400, 'errors.not-an-object'],
        ['{', json, 400, 'errors.unparsable-body'],
        ['email: ann', 'text/plain', 415, 'errors.unsupported-media-type'],
        ['x'.repeat(4_097), json, 413, 'errors.body-too-large'],
      ] as const
    ).map(([body, type, status, rule]) => ({ method, body, type, status, rule })),
  ),
)('a $method that answers $status rests on $rule', async ({ method, body, type, status, rule }) => {
  const target = method === 'POST' ? invitations : invitation;
  const answer = await ask(method, target, { body, headers: { 'content-type': type } });
  expect(answer.status).toBe(status);
  expect(await newest()).toMatchObject({ request: { method }, rule: { id: rule } });
});

test.each([
  [`${invitations}?role=owner`, 400, 'list.filter-outside-enumeration'],
  [`${invitations}?page=x`, 404, 'pages.beyond-last'],
  [`${invitations}?page=999`, 404, 'pages.beyond-last'],
  [`/api/v1/users/${noSuchId}/`, 404, 'linked.missing'],
  [`/api/v1/memberships/${noSuchId}/`, 404, 'linked.missing'],
  [`/api/v1/organizations/${noSuchId}/`, 404, 'linked.missing'],
])('a GET of %s that answers %i rests on %s', async (target, status, rule) => {
  expect((await ask('GET', target)).status).toBe(status);
  expect(await newest()).toMatchObject({ request: { target }, rule: { id: rule } });
});
