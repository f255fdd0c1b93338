// Every refusal in its own words, and the rule that the traffic says it rests on.
import { beforeAll, expect, test } from '@jest/globals';
import {
  anAddress,
  invitations,
  listOf,
  memberOf,
  noSuchId,
  running,
  textOf,
  type AskOptions,
} from '../running.suite.ts';

const fake = running({ bodyLimit: 1_000 });
const owner = (): string => fake.server.credentials.apiKeys.OWNER;
const known = { invitation: '', address: anAddress() };

beforeAll(async () => {
  const json = { email: known.address, role: 'OWNER' };
  const created = await fake.ask('POST', invitations, { as: owner(), json });
  known.invitation = `${invitations}${textOf(created.json, 'id')}/`;
});

type Case = readonly [
  rule: string | null,
  method: string,
  path: string | (() => string),
  asked: () => AskOptions,
  status: number,
  detail: string,
];

const newestRule = async (): Promise<unknown> => {
  const { json: traffic } = await fake.ask('GET', '/_mock/traffic?limit=1');
  return memberOf(listOf(traffic, 'exchanges')[0], 'rule');
};

const ofOwner =
  (asked: AskOptions = {}) =>
  (): AskOptions => ({ as: owner(), ...asked });
const json = 'application/json';
const asJson = { 'content-type': json };

const noSuchInvitation = 'There is no such invitation, or none that you can see.';
const notLinked = (what: string): string => `There is no such ${what}, or none that you can see.`;

const cases: readonly Case[] = [
  [
    'authentication.missing',
    'GET',
    invitations,
    () => ({}),
    401,
    'Credentials are missing. Send "Authorization: Api-Key KEY" or "Authorization: Bearer JWT".',
  ],
  [
    'authentication.unknown-scheme',
    'GET',
    invitations,
    () => ({ as: 'Basic dXNlcjpwYXNz' }),
    401,
    'The scheme of the Authorization header is not known; it is "Api-Key" or "Bearer".',
  ],
  [
    'authentication.wrong-key',
    'GET',
    invitations,
    () => ({ as: 'Api-Key nothing' }),
    401,
    'These credentials are incorrect: the API key is not known here.',
  ],
  [
    'authentication.malformed-jwt',
    'GET',
    invitations,
    () => ({ as: 'Bearer a.b.c' }),
    401,
    'The Bearer value is not a JWT that can be read.',
  ],
  [
    'authentication.expired-jwt',
    'GET',
    invitations,
    () => ({ as: fake.server.credentials.expired }),
    401,
    'The JWT has expired; ask for another one.',
  ],
  [
    'scope.required-elsewhere',
    'GET',
    invitations,
    () => ({ as: fake.server.credentials.invitee }),
    403,
    'The JWT has no organization scope. Ask for one with the scope of an organization that you are a member of.',
  ],
  [
    'errors.not-acceptable',
    'GET',
    invitations,
    ofOwner({ headers: { accept: 'text/html' } }),
    406,
    'The Accept header admits no media type that this API answers in; that is application/json.',
  ],
  [
    'errors.method-not-allowed',
    'PUT',
    invitations,
    ofOwner(),
    405,
    'The method PUT is not allowed here; allowed are GET, POST, HEAD, OPTIONS.',
  ],
  [
    'errors.id-not-a-uuid',
    'GET',
    `${invitations}x/`,
    ofOwner(),
    404,
    'An id is a UUID; nothing has this one.',
  ],
  [
    'errors.not-found-detail',
    'GET',
    `${invitations}${noSuchId}/`,
    ofOwner(),
    404,
    noSuchInvitation,
  ],
  ['linked.missing', 'GET', `/api/v1/users/${noSuchId}/`, ofOwner(), 404, notLinked('user')],
  [
    'linked.missing',
    'GET',
    `/api/v1/memberships/${noSuchId}/`,
    ofOwner(),
    404,
    notLinked('membership'),
  ],
  [
    'linked.missing',
    'GET',
    `/api/v1/organizations/${noSuchId}/`,
    ofOwner(),
    404,
    notLinked('organization'),
  ],
  [
    'errors.unsupported-media-type',
    'POST',
    invitations,
    ofOwner({ body: '<a/>', headers: { 'content-type': 'text/xml' } }),
    415,
    'text/xml',
  ],
  [
    'errors.unparsable-body',
    'POST',
    invitations,
    ofOwner({ body: '{', headers: asJson }),
    400,
    'JSON',
  ],
  [
    'errors.body-too-large',
    'POST',
    invitations,
    ofOwner({ body: JSON.stringify('x'.repeat(1_000)), headers: asJson }),
    413,
    '1000 bytes',
  ],
  [
    'create.duplicate-address',
    'POST',
    invitations,
    () => ({ as: owner(), json: { email: known.address, role: 'VIEWER' } }),
    404,
    'An invitation for this address exists already in your organization.',
  ],
  [
    'create.role-above-own',
    'POST',
    invitations,
    () => ({
      as: fake.server.credentials.apiKeys.ADMIN,
      json: { email: anAddress(), role: 'OWNER' },
    }),
    403,
    'The role that you ask for is above your own.',
  ],
  [
    'roles.invitation-above-own',
    'DELETE',
    () => known.invitation,
    () => ({ as: fake.server.credentials.apiKeys.ADMIN }),
    403,
    'This invitation is for a role above your own, so you cannot change, resend or delete it.',
  ],
  [
    'accept.api-key',
    'POST',
    () => `${known.invitation}accept/`,
    ofOwner(),
    403,
    'An API key cannot accept an invitation: a service account has no address. Use the JWT of a person.',
  ],
  [
    'accept.other-address',
    'POST',
    () => `${known.invitation}accept/`,
    () => ({ as: fake.server.credentials.invitee }),
    403,
    'This invitation is for another address than the one that you logged in with.',
  ],
  [
    null,
    'GET',
    '/api/v1/nothing/',
    ofOwner(),
    404,
    'Known are /api/v1/invitations/, /api/v1/invitations/:id/,',
  ],
  [
    null,
    'GET',
    '/nothing/api/v1/',
    ofOwner(),
    404,
    'The API lives under /api/v1/, its documentation at /_mock/docs/.',
  ],
];

test.each(cases)('%s (%#)', async (rule, method, path, asked, status, words) => {
  const target = typeof path === 'string' ? path : path();
  const answer = await fake.ask(method, target, asked());
  expect({ status: answer.status, detail: textOf(answer.json, 'detail') }).toEqual({
    status,
    detail: expect.stringContaining(words),
  });
  const recorded = await newestRule();
  if (rule === null) expect(recorded).toBeNull();
  else expect(recorded).toMatchObject({ id: rule, sentence: expect.stringMatching(/\.$/) });
});

test.each(
  ['POST', 'PUT', 'PATCH'].flatMap((method) => [
    { method, body: '{"email":"ann"}', type: json, status: 400, rule: 'errors.invalid-body' },
    { method, body: '[]', type: json, status: 400, rule: 'errors.not-an-object' },
    { method, body: '{', type: json, status: 400, rule: 'errors.unparsable-body' },
    { method, body: 'a', type: 'text/plain', status: 415, rule: 'errors.unsupported-media-type' },
    { method, body: 'x'.repeat(1_001), type: json, status: 413, rule: 'errors.body-too-large' },
  ]),
)('a $method that answers $status rests on $rule', async ({ method, body, type, status, rule }) => {
  const target = method === 'POST' ? invitations : known.invitation;
  const answer = await fake.ask(method, target, {
    as: owner(),
    body,
    headers: { 'content-type': type },
  });
  expect(answer.status).toBe(status);
  expect(await newestRule()).toMatchObject({ id: rule });
});

test.each([
  ['role=owner', 400, 'list.filter-outside-enumeration'],
  ['page=x', 404, 'pages.beyond-last'],
  ['page=999', 404, 'pages.beyond-last'],
])('a list of %s that answers %i rests on %s', async (query, status, rule) => {
  expect((await fake.ask('GET', `${invitations}?${query}`, { as: owner() })).status).toBe(status);
  expect(await newestRule()).toMatchObject({ id: rule });
});
