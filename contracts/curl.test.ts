// Exchanges as text for a shell, without secrets.
import { describe, expect, test } from '@jest/globals';
import { raw } from './body.ts';
import { redact, toAnswerLine, toCurl } from './curl.ts';

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
