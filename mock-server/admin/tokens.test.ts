// POST /_mock/tokens and /_mock/jwks.json: JWTs as a client asks for them, and as anybody can verify them.
import { createRemoteJWKSet, jwtVerify } from 'jose';
import { beforeAll, describe, expect, test } from '@jest/globals';
import {
  anAddress,
  invitations,
  memberOf,
  noSuchId,
  running,
  textOf,
  type HttpAnswer,
} from '../running.suite.ts';

const fake = running();
const tokens = '/_mock/tokens';
const person = { email: '', organization: '' };

const ask = (json: unknown): Promise<HttpAnswer> => fake.ask('POST', tokens, { json });

const verify = async (token: string) => {
  const keys = createRemoteJWKSet(new URL(`${fake.server.url}/_mock/jwks.json`));
  return jwtVerify(token, keys, { issuer: 'invitations-mock' });
};

beforeAll(async () => {
  const { jwts } = fake.server.credentials;
  const { payload } = await verify(jwts.OWNER.slice('Bearer '.length));
  person.email = textOf(payload, 'email');
  person.organization = textOf(payload, 'organization');
});

/** In seconds; what the token says and what is told beside it are the same. */
const lifeOf = ({ json }: HttpAnswer): number => {
  const [, claims = ''] = textOf(json, 'token').split('.');
  const claimed: unknown = JSON.parse(Buffer.from(claims, 'base64url').toString());
  const [from, until] = ['iat', 'exp'].map((name) => Number(memberOf(claimed, name)));
  expect(Date.parse(textOf(json, 'expires_at'))).toBe((until ?? 0) * 1_000);
  return (until ?? 0) - (from ?? 0);
};

describe('a token', () => {
  test('without an organization has no scope', async () => {
    for (const organization of [undefined, null, false]) {
      const answer = await ask({ email: person.email, organization });
      expect(answer).toMatchObject({ status: 201, json: { organization: null } });
      const as = textOf(answer.json, 'authorization');
      expect(as).toBe(`Bearer ${textOf(answer.json, 'token')}`);
      expect((await fake.ask('GET', invitations, { as })).status).toBe(403);
    }
  });

  test('with an organization acts in it, whatever the letter case of either', async () => {
    const { email, organization } = person;
    for (const asked of [organization, organization.toUpperCase(), true]) {
      const answer = await ask({ email: email.toUpperCase(), organization: asked });
      expect(answer).toMatchObject({ status: 201, json: { organization } });
      const as = textOf(answer.json, 'authorization');
      expect((await fake.ask('GET', invitations, { as })).status).toBe(200);
    }
  });

  test('is had by a form too', async () => {
    const body = new URLSearchParams({
      email: person.email,
      organization: 'true',
      expires_in: '60',
    }).toString();
    const headers = { 'content-type': 'application/x-www-form-urlencoded' };
    const answer = await fake.ask('POST', tokens, { body, headers });
    const { organization } = person;
    expect(answer).toMatchObject({ status: 201, json: { organization } });
    expect(lifeOf(answer)).toBe(60);
  });

  test('lives twelve hours, or as long as asked', async () => {
    const life = async (seconds?: number): Promise<number> => {
      return lifeOf(await ask({ email: person.email, expires_in: seconds }));
    };
    expect(await life()).toBe(12 * 3_600);
    expect(await life(60)).toBe(60);
  });

  test.each([0, -1, -3_600])('that lives %i seconds has expired', async (seconds) => {
    const answer = await ask({ email: person.email, organization: true, expires_in: seconds });
    expect(answer.status).toBe(201);
    const as = textOf(answer.json, 'authorization');
    expect((await fake.ask('GET', invitations, { as })).status).toBe(401);
  });

  test('is verified with the published key, which gives nothing away', async () => {
    const answer = await ask({ email: person.email, organization: true });
    const { payload, protectedHeader } = await verify(textOf(answer.json, 'token'));
    expect(protectedHeader.alg).toBe('ES256');
    expect(payload).toMatchObject(person);
    const jwks = await fake.ask('GET', '/_mock/jwks.json');
    expect(jwks.json).toMatchObject({
      keys: [{ kty: 'EC', crv: 'P-256', alg: 'ES256', use: 'sig' }],
    });
    expect(jwks.text).not.toContain('"d"');
  });

  test('may be asked for in a form', async () => {
    const answer = await fake.ask('POST', tokens, {
      body: `email=${encodeURIComponent(person.email)}`,
      headers: { 'content-type': 'application/x-www-form-urlencoded' },
    });
    expect(answer.status).toBe(201);
  });
});

test.each([
  ['2022-03-17', 401],
  ['2023-01-28', 200],
])(
  'an opaque token does what a JWT does, from the edition that has it on: %s',
  async (edition, status) => {
    const made = await fake.ask('PUT', `/_mock/sandboxes/of-${edition}`, { json: { edition } });
    const owner = memberOf(memberOf(made.json, 'credentials'), 'OWNER');
    const email = textOf(memberOf(owner, 'user'), 'email');
    const json = { email, organization: true, form: 'opaque' };
    const answer = await fake.ask('POST', `/_mock/sandboxes/of-${edition}/tokens`, { json });
    const as = textOf(answer.json, 'authorization');
    expect(as).toMatch(/^Bearer opaque_[\w-]{100,}$/);
    expect((await fake.ask('GET', invitations, { as })).status).toBe(status);
    expect((await fake.ask('GET', invitations, { as: `${as.slice(0, -4)}abcd` })).status).toBe(401);
  },
);

describe('is refused as a problem document', () => {
  test.each([
    [{}, 400, '"email"'],
    [{ email: 5 }, 400, '"email"'],
    [{ email: '' }, 400, '"email"'],
    [[], 400, 'list'],
    ['text', 400, 'string'],
    [{ email: 'owner@service-accounts.invalid' }, 404, 'service account'],
    [{ email: '__proto__' }, 400, '__proto__'],
  ])('%j with %i', async (json, status, named) => {
    const answer = await ask(json);
    expect(answer.status).toBe(status);
    expect(answer.headers['content-type']).toBe('application/problem+json');
    expect(answer.json).toMatchObject({ type: 'about:blank', status });
    expect(textOf(answer.json, 'detail')).toContain(named);
  });

  test.each([
    [{ organization: noSuchId }, 409, noSuchId],
    [{ organization: 5 }, 400, '"organization"'],
    [{ organization: {} }, 400, '"organization"'],
    [{ expires_in: 'an hour' }, 400, '"expires_in"'],
    [{ expires_in: 1.5 }, 400, '"expires_in"'],
    [{ expires_in: 1e12 }, 400, '"expires_in"'],
    [{ expires_in: null }, 400, '"expires_in"'],
    [
      { organisation: true },
      400,
      '"organisation" is not known here; known are "email", "organization"',
    ],
  ])('for a person who is there, %j with %i', async (more, status, named) => {
    const answer = await ask({ email: person.email, ...more });
    expect(answer.status).toBe(status);
    expect(textOf(answer.json, 'detail')).toContain(named);
  });

  test('a person without any organization who asks for the newest', async () => {
    const email = fake.server.credentials.inviteeEmail;
    expect((await ask({ email, organization: true })).status).toBe(409);
  });

  test('a body that cannot be read, is of another type, or too large', async () => {
    const post = (body: string | Buffer, type: string): Promise<HttpAnswer> =>
      fake.ask('POST', tokens, { body, headers: { 'content-type': type } });
    expect((await post('{', 'application/json')).status).toBe(400);
    expect((await post('{}', 'text/plain')).status).toBe(415);
    expect((await post(Buffer.alloc(200_000), 'application/json')).status).toBe(413);
    expect((await fake.ask('POST', tokens)).status).toBe(400);
    const file = '--b\r\nContent-Disposition: form-data; name="email"; filename="x"\r\n\r\nabc';
    expect((await post(file, 'multipart/form-data; boundary=b')).status).toBe(400);
  });

  test('a service account, which has no JWT', async () => {
    const { json } = await fake.ask('POST', invitations, {
      as: fake.server.credentials.apiKeys.OWNER,
      json: { email: anAddress(), role: 'VIEWER' },
    });
    const inviter = await fake.ask('GET', new URL(textOf(json, 'inviter')).pathname, {
      as: fake.server.credentials.apiKeys.OWNER,
    });
    expect((await ask({ email: textOf(inviter.json, 'email') })).status).toBe(404);
  });
});

test('an invitation is created and accepted, and a new token opens its organization', async () => {
  const { apiKeys, invitee, inviteeEmail } = fake.server.credentials;
  const created = await fake.ask('POST', invitations, {
    as: apiKeys.OWNER,
    json: { email: inviteeEmail, role: 'CONTRIB' },
  });
  const path = `${invitations}${textOf(created.json, 'id')}/`;
  expect((await fake.ask('GET', path, { as: invitee })).status).toBe(403);
  const accepted = await fake.ask('POST', `${path}accept/`, { as: invitee });
  expect(accepted).toMatchObject({ status: 200, json: { state: 'accepted' } });
  const token = await ask({ email: inviteeEmail, organization: true });
  expect(token).toMatchObject({ status: 201, json: { organization: person.organization } });
  const as = textOf(token.json, 'authorization');
  const read = await fake.ask('GET', path, { as });
  expect(read.json).toEqual(accepted.json);
  const membership = new URL(textOf(read.json, 'membership')).pathname;
  expect((await fake.ask('GET', membership, { as })).json).toMatchObject({ role: 'CONTRIB' });
  const invite = { email: anAddress(), role: 'ADMIN' };
  expect((await fake.ask('POST', invitations, { as, json: invite })).status).toBe(403);
  await fake.ask('DELETE', path, { as: apiKeys.OWNER });
  expect((await fake.ask('GET', membership, { as })).status).toBe(200);
});
