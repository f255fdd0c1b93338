// What is hidden of a text, and what is not.
import { expect, test } from '@jest/globals';
import { createMask } from './secrets.ts';

const jwt = 'eyJhbGciOiJSUzI1NiJ9.eyJzdWIiOiJhIn0.c2lnbmF0dXJl';
const mask = createMask(['Api-Key s3cr+t/key', `Bearer ${jwt}`]);

test.each([
  ['another header', `-H 'X-Api-Key: s3cr+t/key'`, `-H 'X-Api-Key: [redacted]'`],
  ['a query', '/?api_key=s3cr%2Bt%2Fkey', '/?api_key=[redacted]'],
  ['Basic', 'Basic czNjcit0L2tleQ==', 'Basic [redacted]'],
  ['Basic as the user', 'Basic czNjcit0L2tleTo=', 'Basic [redacted]'],
  ['an answer', `{"you_sent":"${jwt}"}`, '{"you_sent":"[redacted]"}'],
  ['a JWT of the run itself', `token=${jwt.replace('YSJ9', 'YiJ9')}`, 'token=[redacted]'],
  ['a JWT without signature', 'eyJhbGciOiJub25lIn0.e30.', '[redacted]'],
])('hides a credential in %s', (_where, text, masked) => {
  expect(mask(text)).toBe(masked);
});

test('hides the whole of a JWT that a short secret stands in', () => {
  expect(createMask(['Api-Key c2ln', 'Api-Key InR5'])(`token=${jwt}`)).toBe('token=[redacted]');
  expect(createMask(['Api-Key zdWI'])(`token=${jwt}`)).toBe('token=[redacted]');
});

test('leaves other words alone', () => {
  expect(mask('Api-Key [redacted] and keys of eyJ')).toBe('Api-Key [redacted] and keys of eyJ');
});

test('does not look for what is too short to be a secret', () => {
  expect(createMask(['Api-Key a', ''])('a banana')).toBe('a banana');
});

test('hides the longer of two of which one is the beginning of the other', () => {
  expect(createMask(['Api-Key abcd', 'Api-Key abcdef'])('abcdef abcd')).toBe(
    '[redacted] [redacted]',
  );
});
