// Credentials over HTTP: what is taken, and every way in which they do not hold.
import { createHmac } from 'node:crypto';
import { beforeAll, describe, expect, test } from '@jest/globals';
import { createTokens } from '../adapters/jwt.ts';
import type { Tokens } from '../sandboxes/tokens.ts';
import { invitations, memberOf, noSuchId, running, textOf } from '../running.suite.ts';

const fake = running({ secret: 'the secret' });
const tokens: { ours?: Tokens; foreign?: Tokens } = {};

beforeAll(async () => {
  tokens.ours = await createTokens('the secret');
  tokens.foreign = await createTokens('another secret');
});

const part = (value: object): string => Buffer.from(JSON.stringify(value)).toString('base64url');

const claimsOf = (authorization: string): object => {
  const payload = authorization.split('.')[1] ?? '';
  const claims: unknown = JSON.parse(Buffer.from(payload, 'base64url').toString('utf8'));
  if (typeof claims !== 'object' || claims === null) throw new Error('These are no claims.');
  return claims;
};

const ownerJwt = (): string => fake.server.credentials.jwts.OWNER.slice('Bearer '.length);
const [hour, now] = [3_600, Math.floor(Date.now() / 1_000)];

const issue = async (by: Tokens | undefined, changes: object = {}): Promise<string> => {
  const claims = claimsOf(ownerJwt());
  const token = await by?.issue({
    subject: textOf(claims, 'sub'),
    email: textOf(claims, 'email'),
    organizationId: textOf(claims, 'organization'),
    issuedAt: now,
    expiresAt: now + hour,
    ...changes,
  });
  return `Bearer ${token ?? ''}`;
};

/** Signed with what everybody can know: the bytes of the public key. */
const confused = (alg: string): string => {
  const jwk = JSON.stringify(tokens.ours?.jwks.keys[0]);
  const signed = `${part({ alg, typ: 'JWT' })}.${part(claimsOf(ownerJwt()))}`;
  return `Bearer ${signed}.${createHmac('sha256', jwk).update(signed).digest('base64url')}`;
};

const tampered = (): string => {
  const [head = '', , signature = ''] = ownerJwt().split('.');
  return `Bearer ${head}.${part({ ...claimsOf(ownerJwt()), sub: noSuchId })}.${signature}`;
};

type Case = readonly [title: string, authorization: () => string | Promise<string>];

const refused: readonly Case[] = [
  ['no credentials', () => ''],
  ['a scheme of another kind', () => 'Basic dXNlcjpwYXNz'],
  ['a scheme alone', () => 'Bearer'],
  ['a key alone', () => fake.server.credentials.apiKeys.OWNER.slice('Api-Key '.length)],
  ['a key that was never issued', () => 'Api-Key nothing'],
  ['no key', () => 'Api-Key'],
  ['a key in other letter case', () => fake.server.credentials.apiKeys.OWNER.toUpperCase()],
  ['a key as a JWT', () => fake.server.credentials.apiKeys.OWNER.replace('Api-Key', 'Bearer')],
  ['a JWT as a key', () => fake.server.credentials.jwts.OWNER.replace('Bearer', 'Api-Key')],
  ['a name that every object has', () => 'Api-Key __proto__'],
  ['a malformed JWT', () => 'Bearer a.b.c'],
  ['half a JWT', () => fake.server.credentials.jwts.OWNER.slice(0, -20)],
  ['a JWT that is huge', () => `Bearer ${'a'.repeat(12_000)}`],
  ['an expired JWT', () => fake.server.credentials.expired],
  [
    'a JWT that is not valid yet',
    () => issue(tokens.ours, { issuedAt: now + hour, expiresAt: now + 2 * hour }),
  ],
  ['a JWT of another key', () => issue(tokens.foreign)],
  ['a JWT of a user who is not here', () => issue(tokens.ours, { subject: noSuchId })],
  ['a tampered JWT', tampered],
  [
    'a JWT without a signature',
    () => `Bearer ${part({ alg: 'none' })}.${part(claimsOf(ownerJwt()))}.`,
  ],
  ['a JWT without an algorithm', () => `Bearer ${part({})}.${part(claimsOf(ownerJwt()))}.`],
  ['a JWT signed with the public key', () => confused('HS256')],
  ['the same, called by the right name', () => confused('ES256')],
];

describe('is refused with 401, a challenge and a sentence', () => {
  test.each(refused)('%s', async (_title, authorization) => {
    const as = await authorization();
    const answer = await fake.ask('GET', invitations, as === '' ? {} : { as });
    expect(answer.status).toBe(401);
    expect(answer.headers['www-authenticate']).toMatch(/Bearer .*Api-Key /);
    expect(textOf(answer.json, 'detail')).toMatch(/\.$/);
  });

  test('a JWT of a user who is not here, as one that nobody here issued', async () => {
    const as = await issue(tokens.ours, { subject: noSuchId });
    const { json } = await fake.ask('GET', invitations, { as });
    expect(json).toEqual({ detail: 'The JWT names a user who does not exist here.' });
    const traffic = await fake.ask('GET', '/_mock/traffic?limit=1');
    expect(traffic.json).toMatchObject({
      exchanges: [{ rule: { id: 'authentication.wrong-signature' } }],
    });
  });

  test('a key outside the Authorization header', async () => {
    const key = fake.server.credentials.apiKeys.OWNER.slice('Api-Key '.length);
    const headers = { 'x-api-key': key, cookie: `authorization=Api-Key ${key}` };
    expect((await fake.ask('GET', `${invitations}?api_key=${key}`, { headers })).status).toBe(401);
  });

  test('an anonymous accept', async () => {
    expect((await fake.ask('POST', `${invitations}${noSuchId}/accept/`)).status).toBe(401);
  });
});

describe('is taken', () => {
  test('the key and the JWT of each role', async () => {
    const { apiKeys, jwts } = fake.server.credentials;
    for (const as of [...Object.values(apiKeys), ...Object.values(jwts)]) {
      expect((await fake.ask('GET', invitations, { as })).status).toBe(200);
    }
  });

  test('a JWT of the same secret, and a scheme in any letter case', async () => {
    const as = await issue(tokens.ours);
    expect((await fake.ask('GET', invitations, { as })).status).toBe(200);
    const lower = as.replace('Bearer ', 'bearer  ');
    expect((await fake.ask('GET', invitations, { as: lower })).status).toBe(200);
  });

  test('a JWT of a member without organization, or of one that the user is no member of, but without scope', async () => {
    for (const organizationId of [undefined, noSuchId]) {
      const as = await issue(tokens.ours, { organizationId });
      expect((await fake.ask('GET', invitations, { as })).status).toBe(403);
      const accept = await fake.ask('POST', `${invitations}${noSuchId}/accept/`, { as });
      expect(accept.status).toBe(404);
    }
  });
});

test('a JWT that was good is refused from the moment on at which it expires', async () => {
  const own = await createTokens('of its own');
  const token = await own.issue({ subject: 's', email: 'e', issuedAt: 100, expiresAt: 200 });
  const kindAt = async (milliseconds: number): Promise<unknown> =>
    memberOf(await own.verify(token, milliseconds), 'kind');
  expect(await kindAt(99_999)).toBe('refused');
  expect(await kindAt(100_000)).toBe('valid');
  expect(await kindAt(199_999)).toBe('valid');
  expect(await kindAt(200_000)).toBe('refused');
  expect(await kindAt(99_999)).toBe('refused');
  expect(await kindAt(150_000)).toBe('valid');
});
