// What traffic shows of credentials: their scheme.
import { expect, test } from '@jest/globals';
import { redactHeaders } from './redact.ts';

test.each([
  ['Api-Key owner-123', 'Api-Key [redacted]'],
  ['Bearer a.b.c', 'Bearer [redacted]'],
  ['Bearer a b c', 'Bearer [redacted]'],
  ['owner-123', '[redacted]'],
  ['', '[redacted]'],
])('of "%s" it shows "%s"', (authorization, shown) => {
  expect(redactHeaders({ authorization, accept: '*/*' })).toEqual({
    authorization: shown,
    accept: '*/*',
  });
});

test('a cookie is a credential too', () => {
  expect(redactHeaders({ cookie: 'session=1' })).toEqual({ cookie: '[redacted]' });
});

test('the headers themselves stay as they are', () => {
  const headers = { authorization: 'Bearer a.b.c' };
  redactHeaders(headers);
  expect(headers).toEqual({ authorization: 'Bearer a.b.c' });
});
