// JWTs that are wrong in one way only.
import { createHmac } from 'node:crypto';
import { describe, expect, test } from '@jest/globals';
import {
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
});
