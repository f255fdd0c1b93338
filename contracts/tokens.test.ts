// JWTs that are wrong in one way only.
import { createHmac } from 'node:crypto';
import { describe, expect, test } from '@jest/globals';
import { compactVerify, EmbeddedJWK } from 'jose';
import {
  signedByStranger,
  toAuthorization,
  toToken,
  unsigned,
  withOtherClaims,
  withOtherSignature,
} from './tokens.ts';

const encode = (value: unknown): string => Buffer.from(JSON.stringify(value)).toString('base64url');
const head = `${encode({ alg: 'HS256' })}.${encode({ sub: 'a', exp: 1 })}`;
const signature = createHmac('sha256', 'key').update(head).digest('base64url');
const token = toToken(`Bearer ${head}.${signature}`);

describe('a token that is taken apart', () => {
  test('is the same when it is put together', () => {
    expect(toAuthorization(token)).toBe(`Bearer ${head}.${signature}`);
  });

  test('has another signature in its bytes, not just in its text', () => {
    const bytes = (text: string): Buffer => Buffer.from(text, 'base64url');
    expect(bytes(withOtherSignature(token).signature)).not.toEqual(bytes(signature));
  });

  test('keeps its signature when its claims change', () => {
    const changed = withOtherClaims(token, { exp: 2 });
    expect(changed.signature).toBe(signature);
    expect(changed.payload).toBe(encode({ sub: 'a', exp: 2 }));
  });

  test('has no signature when its algorithm is none', () => {
    expect(unsigned(token, 'none')).toMatchObject({
      header: encode({ alg: 'none' }),
      signature: '',
    });
  });

  test.each([
    ['ES256', 'ES256'],
    ['RS256', 'RS256'],
    ['HS256', 'RS256'],
  ])('of %s is signed by a stranger with %s, and rightly', async (alg, signedWith) => {
    const own = { ...token, header: encode({ alg }) };
    const { header, payload, signature: theirs } = signedByStranger(own, { offersKey: true });
    const verified = await compactVerify(`${header}.${payload}.${theirs}`, EmbeddedJWK);
    expect(verified.protectedHeader.alg).toBe(signedWith);
  });
});
