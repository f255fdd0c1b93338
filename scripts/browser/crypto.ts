// What the fake needs of `node:crypto`, for browsers, whose own hashes have to be waited for.
import { p256 } from '@noble/curves/nist.js';
import { hmac } from '@noble/hashes/hmac.js';
import { sha256 } from '@noble/hashes/sha2.js';
import { utf8ToBytes } from '@noble/hashes/utils.js';
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

/** Of keys only: no secret is exchanged. */
export const createECDH = (_curve: 'prime256v1') => {
  let key = new Uint8Array();
  return {
    setPrivateKey: (given: Uint8Array): void => {
      key = Uint8Array.from(given);
    },
    getPrivateKey: (): Buffer => Buffer.from(key),
    getPublicKey: (): Buffer => Buffer.from(p256.getPublicKey(key, false)),
  };
};
