// The address that answers speak of themselves with.
import { IncomingMessage } from 'node:http';
import { Socket } from 'node:net';
import { expect, test } from '@jest/globals';
import { baseAddress } from './base-address.ts';

const address = (headers: Record<string, string>, trustProxy = false): string => {
  const request = new IncomingMessage(new Socket());
  Object.assign(request.headers, headers);
  return baseAddress(request, trustProxy);
};

test.each([
  'localhost:4010',
  'localhost',
  '127.0.0.1:4010',
  '[::1]:4010',
  'api.example.com',
  'invitations_mock:4010',
])('is the Host that the client used: %s', (host) => {
  expect(address({ host })).toBe(`http://${host}`);
});

test.each([
  'evil.example/path',
  'evil.example@localhost',
  'a b',
  '"><script>',
  'localhost:port',
  'localhost:123456',
  'localhost:99999',
  '..',
  'a..b',
  '[:::::::::]',
  '999.1.1.1',
  '[::1',
  '',
  'a'.repeat(254),
  'ünicode.example',
])('is the address of the socket when the Host is none: %j', (host) => {
  expect(address({ host })).toBe('http://127.0.0.1:80');
});

test('is the address of the socket when there is no Host', () => {
  expect(address({})).toBe('http://127.0.0.1:80');
});

const forwarded = {
  host: 'localhost:4010',
  'x-forwarded-host': 'api.example.com, inner.example.com',
  'x-forwarded-proto': 'https, http',
};

test('comes from the first proxy when proxies are trusted', () => {
  expect(address(forwarded, true)).toBe('https://api.example.com');
});

test('does not come from a proxy that nobody trusts', () => {
  expect(address(forwarded)).toBe('http://localhost:4010');
});

test('believes in no other scheme than https', () => {
  expect(address({ ...forwarded, 'x-forwarded-proto': 'javascript' }, true)).toBe(
    'http://api.example.com',
  );
});

test('does not take a trusted proxy at its word about a host that is none', () => {
  expect(address({ ...forwarded, 'x-forwarded-host': 'evil/path' }, true)).toBe(
    'https://127.0.0.1:80',
  );
});
