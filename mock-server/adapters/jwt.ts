// JWTs of the fake: ES256 with a key of the server's own, published as JWKS. One issuer, one algorithm.
import type { RuleId } from '../../spec/vocabulary.ts';
import { createECDH, createHmac, randomUUID } from 'node:crypto';
import { base64url, errors, importJWK, jwtVerify, SignJWT, type JWK } from 'jose';
import type { TokenClaims, TokenVerdict } from '../api/authenticate.ts';
import type { CreateTokens } from '../sandboxes/tokens.ts';

const algorithm = 'ES256';
const issuer = 'invitations-mock';
const rememberedTokens = 1_000;

type Known = {
  readonly claims: TokenClaims;
  /** Milliseconds since the epoch: valid from, and until. */
  readonly from: number;
  readonly until: number;
};

/** The same secret gives the same key, so that a token outlives a restart of the server. */
const deriveKey = (secret: string): { readonly publicJwk: JWK; readonly privateJwk: JWK } => {
  const curve = createECDH('prime256v1');
  curve.setPrivateKey(createHmac('sha256', secret).update('jwt-signing-key').digest());
  const point = curve.getPublicKey();
  const publicJwk = {
    kty: 'EC',
    crv: 'P-256',
    x: base64url.encode(point.subarray(1, 33)),
    y: base64url.encode(point.subarray(33)),
  };
  const kid = base64url.encode(createHmac('sha256', 'kid').update(point).digest()).slice(0, 16);
  const described = { ...publicJwk, kid, alg: algorithm, use: 'sig' };
  // Leading zeros count: the scalar of a JWK has the curve's full length.
  const scalar = Buffer.concat([Buffer.alloc(32), curve.getPrivateKey()]).subarray(-32);
  return { publicJwk: described, privateJwk: { ...described, d: base64url.encode(scalar) } };
};

const refused = (rule: RuleId, detail: string): TokenVerdict => ({ kind: 'refused', rule, detail });

const explain = (error: unknown): TokenVerdict => {
  if (error instanceof errors.JWTExpired) {
    return refused('authentication.expired-jwt', 'The JWT has expired; ask for another one.');
  }
  if (error instanceof errors.JWTClaimValidationFailed) {
    const detail =
      error.claim === 'nbf'
        ? 'The JWT is not valid yet.'
        : `The claim "${error.claim}" of the JWT is not what this server issues.`;
    return refused('authentication.wrong-signature', detail);
  }
  if (
    error instanceof errors.JWSSignatureVerificationFailed ||
    error instanceof errors.JOSEAlgNotAllowed
  ) {
    return refused('authentication.wrong-signature', 'The JWT was not signed by this server.');
  }
  return refused('authentication.malformed-jwt', 'The Bearer value is not a JWT that can be read.');
};

export const createTokens: CreateTokens = async (secret) => {
  const { publicJwk, privateJwk } = deriveKey(secret);
  const privateKey = await importJWK(privateJwk, algorithm);
  const publicKey = await importJWK(publicJwk, algorithm);
  const keyId = publicJwk.kid ?? '';
  const known = new Map<string, Known>();

  const check = async (token: string, now: number): Promise<TokenVerdict> => {
    try {
      const { payload } = await jwtVerify(token, publicKey, {
        algorithms: [algorithm],
        issuer,
        requiredClaims: ['sub', 'exp', 'iss'],
        currentDate: new Date(now),
      });
      const { sub: subject = '', exp = 0, nbf = 0, organization } = payload;
      const claims =
        typeof organization === 'string' ? { subject, organizationId: organization } : { subject };
      if (known.size >= rememberedTokens) known.clear();
      known.set(token, { claims, from: nbf * 1_000, until: exp * 1_000 });
      return { kind: 'valid', claims };
    } catch (error) {
      return explain(error);
    }
  };

  return {
    issue: ({ subject, organizationId, email, issuedAt, expiresAt }) =>
      new SignJWT({
        email,
        ...(organizationId === undefined ? {} : { organization: organizationId }),
      })
        .setProtectedHeader({ alg: algorithm, kid: keyId, typ: 'JWT' })
        .setIssuer(issuer)
        .setSubject(subject)
        .setJti(randomUUID())
        .setIssuedAt(issuedAt)
        .setNotBefore(issuedAt)
        .setExpirationTime(expiresAt)
        .sign(privateKey),
    verify: (token, now) => {
      const valid = known.get(token);
      return valid !== undefined && now >= valid.from && now < valid.until
        ? { kind: 'valid', claims: valid.claims }
        : check(token, now);
    },
    keyId,
    jwks: { keys: [publicJwk] },
  };
};
