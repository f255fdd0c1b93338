// JWTs that must not be accepted, made from one that is: each is wrong in one way only.
import type { Json } from './invitation.ts';
import { createHmac, generateKeyPairSync, sign, type KeyPairKeyObjectResult } from 'node:crypto';

const encode = (value: unknown): string => Buffer.from(JSON.stringify(value)).toString('base64url');

const decode = (part: string): Json => {
  const value: unknown = JSON.parse(Buffer.from(part, 'base64url').toString());
  return typeof value === 'object' && value !== null ? { ...value } : {};
};

export type Token = {
  readonly header: string;
  readonly payload: string;
  readonly signature: string;
};

/** Takes a whole `Authorization` value. */
export const toToken = (authorization: string): Token => {
  const [header = '', payload = '', signature = ''] = authorization
    .replace(/^bearer\s+/i, '')
    .split('.');
  return { header, payload, signature };
};

export const toAuthorization = ({ header, payload, signature }: Token): string =>
  `Bearer ${header}.${payload}.${signature}`;

/** In its middle: the last character of base64url may have bits that no decoder looks at. */
export const withOtherSignature = (token: Token): Token => {
  const characters = token.signature.split('');
  const middle = Math.floor(characters.length / 2);
  characters[middle] = characters[middle] === 'A' ? 'B' : 'A';
  return { ...token, signature: characters.join('') };
};

export const withOtherClaims = (token: Token, claims: Json): Token => ({
  ...token,
  payload: encode({ ...decode(token.payload), ...claims }),
});

export const unsigned = (token: Token, alg: string): Token => ({
  ...token,
  header: encode({ ...decode(token.header), alg }),
  signature: '',
});

/** Made when first asked for: one of RSA takes a tenth of a second. */
const keyPairs = new Map<string, KeyPairKeyObjectResult>();

const keyPairFor = (alg: string): KeyPairKeyObjectResult => {
  const pair =
    keyPairs.get(alg) ??
    (alg === 'ES256'
      ? generateKeyPairSync('ec', { namedCurve: 'P-256' })
      : generateKeyPairSync('rsa', { modulusLength: 2048 }));
  keyPairs.set(alg, pair);
  return pair;
};

/** Signed correctly, as the token is if that is ES256, else with RS256, by a key that the target has never seen. */
export const signedByStranger = (token: Token, { offersKey = false } = {}): Token => {
  const alg = decode(token.header)['alg'] === 'ES256' ? 'ES256' : 'RS256';
  const { privateKey: key, publicKey } = keyPairFor(alg);
  const offer = offersKey ? { jwk: publicKey.export({ format: 'jwk' }) } : {};
  const header = encode({ ...decode(token.header), ...offer, alg });
  const data = Buffer.from(`${header}.${token.payload}`);
  const signature = sign('SHA256', data, { key, dsaEncoding: 'ieee-p1363' });
  return { ...token, header, signature: signature.toString('base64url') };
};

export const signedWithSecret = (token: Token, secret: string): Token => {
  const header = encode({ ...decode(token.header), alg: 'HS256' });
  const hmac = createHmac('sha256', secret).update(`${header}.${token.payload}`);
  return { ...token, header, signature: hmac.digest('base64url') };
};
