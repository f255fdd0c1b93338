// JWTs that only the holder of the private key could make, and that are refused all the same.
import { createHmac } from 'node:crypto';
import { describe, expect, test } from '@jest/globals';
import { importJWK, SignJWT } from 'jose';
import type { TokenVerdict } from '../api/authenticate.ts';
import { createTokens } from './jwt.ts';

const secret = 'the secret';
const good = { iss: 'invitations-mock', sub: 'ann', nbf: 100, exp: 200 };

/** Signs with the server's own key, which is made from its secret. */
const verdictOn = async (claims: object, now = 150_000): Promise<TokenVerdict> => {
  const tokens = await createTokens(secret);
  const scalar = createHmac('sha256', secret).update('jwt-signing-key').digest('base64url');
  const key = await importJWK({ ...tokens.jwks.keys[0], d: scalar }, 'ES256');
  const token = await new SignJWT({ ...claims }).setProtectedHeader({ alg: 'ES256' }).sign(key);
  return tokens.verify(token, now);
};

test('a good one is valid, with or without an organization', async () => {
  expect(await verdictOn(good)).toEqual({ kind: 'valid', claims: { subject: 'ann' } });
  expect(await verdictOn({ ...good, organization: 'ours' })).toEqual({
    kind: 'valid',
    claims: { subject: 'ann', organizationId: 'ours' },
  });
});

describe('is refused', () => {
  test.each([
    ['of another issuer', { ...good, iss: 'somebody-else' }, 'authentication.wrong-signature'],
    ['of no issuer', { ...good, iss: undefined }, 'authentication.wrong-signature'],
    ['of nobody', { ...good, sub: undefined }, 'authentication.wrong-signature'],
    ['that never expires', { ...good, exp: undefined }, 'authentication.wrong-signature'],
    ['that has expired', { ...good, exp: 150 }, 'authentication.expired-jwt'],
    ['that is not valid yet', { ...good, nbf: 151 }, 'authentication.wrong-signature'],
  ])('one %s', async (_what, payload, rule) => {
    expect(await verdictOn(payload)).toMatchObject({ kind: 'refused', rule });
  });
});

test('the same secret gives the same key, and another one another', async () => {
  const keyOf = async (from: string): Promise<unknown> => (await createTokens(from)).jwks.keys[0];
  expect(await keyOf(secret)).toEqual(await keyOf(secret));
  expect(await keyOf(secret)).not.toEqual(await keyOf('another'));
});
