// Exchanges as text for a shell, without secrets.
import { describe, expect, test } from '@jest/globals';
import { raw } from './body.ts';
import { redact, toAnswerLine, toCurl, createMask } from './curl.ts';

describe('redact', () => {
  test.each([
    ['Bearer aaa.bbb.ccc', 'Bearer [redacted]'],
    ['Api-Key secret', 'Api-Key [redacted]'],
    ['Basic', 'Basic [redacted]'],
    ['secret-without-a-scheme', '[redacted]'],
    ['secret other', '[redacted]'],
    ['', ''],
  ])('%s', (authorization, expected) => {
    expect(redact(authorization)).toBe(expected);
  });
});

describe('toCurl', () => {
  test('quotes for a shell and hides the secret', () => {
    const line = toCurl('http://a', {
      method: 'POST',
      path: '/b?c=d&e',
      headers: { authorization: 'Api-Key secret', 'x-note': "it's" },
      body: raw('{"f":1}', 'application/json'),
    });
    expect(line).toBe(
      `curl -i -X POST 'http://a/b?c=d&e' -H 'authorization: Api-Key [redacted]' -H 'x-note: it'\\''s' --data-binary '{"f":1}'`,
    );
  });

  test('takes the credential of a caller from its variable', () => {
    const message = { method: 'GET', path: '/b', headers: { authorization: 'Api-Key secret' } };
    expect(toCurl('http://a', message, 'VIEWER')).toBe(
      `curl -i -X GET 'http://a/b' -H "Authorization: $CONTRACT_AUTH_VIEWER"`,
    );
  });

  test('an answer without a body says so', () => {
    expect(toAnswerLine(204, '')).toBe('→ 204 (no body)');
  });
});

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
