// What the fake needs of `node:crypto`, for browsers, whose own hashes have to be waited for.
import { weierstrass } from '@noble/curves/abstract/weierstrass.js';
import { hmac } from '@noble/hashes/hmac.js';
import { sha256 } from '@noble/hashes/sha2.js';
import { bytesToHex, utf8ToBytes } from '@noble/hashes/utils.js';
import { Buffer } from './buffer.ts';

type Input = string | Uint8Array;

type Hash = {
  readonly update: (input: Input) => Hash;
  readonly digest: (encoding?: string) => Buffer | string;
};

const toBytes = (input: Input): Uint8Array =>
  typeof input === 'string' ? utf8ToBytes(input) : input;

const toHash = (hash: {
  readonly update: (bytes: Uint8Array) => unknown;
  readonly digest: () => Uint8Array;
}): Hash => {
  const made: Hash = {
    update: (input) => {
      hash.update(toBytes(input));
      return made;
    },
    digest: (encoding) => {
      const bytes = Buffer.from(hash.digest());
      return encoding === undefined ? bytes : bytes.toString(encoding);
    },
  };
  return made;
};

/** There is one that the fake uses, whatever name it is asked for by. */
export const createHash = (_name: 'sha256'): Hash => toHash(sha256.create());

export const createHmac = (_name: 'sha256', key: Input): Hash =>
  toHash(hmac.create(sha256, toBytes(key)));

export const randomUUID = (): string => crypto.randomUUID();

export const randomBytes = (length: number): Buffer =>
  Buffer.from(crypto.getRandomValues(new Uint8Array(length)));

/** P-256, of which nothing but points is needed. [FIPS 186-4, D.1.2.3] */
const Point = weierstrass({
  p: 0xffffffff00000001000000000000000000000000ffffffffffffffffffffffffn,
  n: 0xffffffff00000000ffffffffffffffffbce6faada7179e84f3b9cac2fc632551n,
  h: 1n,
  a: 0xffffffff00000001000000000000000000000000fffffffffffffffffffffffcn,
  b: 0x5ac635d8aa3a93e7b3ebbd55769886bc651d06b0cc53b0f63bce3c3e27d2604bn,
  Gx: 0x6b17d1f2e12c4247f8bce6e563a440f277037d812deb33a0f4a13945d898c296n,
  Gy: 0x4fe342e2fe1a7f9b8ee7eb4a7c0f9e162bce33576b315ececbb6406837bf51f5n,
});

/** Of keys only: no secret is exchanged. */
export const createECDH = (_curve: 'prime256v1') => {
  let key = new Uint8Array();
  return {
    setPrivateKey: (given: Uint8Array): void => {
      key = Uint8Array.from(given);
    },
    getPrivateKey: (): Buffer => Buffer.from(key),
    getPublicKey: (): Buffer =>
      Buffer.from(Point.BASE.multiply(BigInt(`0x${bytesToHex(key)}`)).toBytes(false)),
  };
};
