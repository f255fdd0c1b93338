// Addresses of SMTP servers: what is taken, and what is shown of it.
import { expect, test } from '@jest/globals';
import { parseSmtpAddress, showSmtpAddress } from './smtp-address.ts';

const nobody = { user: null, password: null };

test.each([
  ['smtp://localhost:1025', { host: 'localhost', port: 1_025, isTls: false, ...nobody }],
  ['smtp://mail.test/', { host: 'mail.test', port: 25, isTls: false, ...nobody }],
  ['smtps://mail.test', { host: 'mail.test', port: 465, isTls: true, ...nobody }],
  ['smtp://[::1]:25', { host: '::1', port: 25, isTls: false, ...nobody }],
  ['smtp://a%40b:p%3A%2F@h:1', { host: 'h', port: 1, isTls: false, user: 'a@b', password: 'p:/' }],
  ['smtp://a@h:1', { host: 'h', port: 1, isTls: false, user: 'a', password: '' }],
])('%s', (text, value) => {
  expect(parseSmtpAddress(text)).toEqual({ value });
});

test.each([
  'localhost:1025',
  'http://localhost:1025',
  'smtp://',
  'smtp:localhost',
  'smtp://localhost:99999',
  'smtp://localhost/path',
  'smtp://localhost?tls=no',
  'smtp://localhost#x',
  'smtp://%zz@localhost',
  'smtp://:secret@localhost',
])('%s is refused in words', (text) => {
  const parsed = parseSmtpAddress(text);
  expect('expected' in parsed ? parsed.expected : '').toContain('smtp://HOST:PORT');
});

test.each([
  ['smtp://user:secret@localhost:1025', 'smtp://localhost:1025'],
  ['smtps://user:secret@[::1]', 'smtps://[::1]:465'],
])('of %s nothing secret is shown', (text, shown) => {
  const parsed = parseSmtpAddress(text);
  expect('value' in parsed ? showSmtpAddress(parsed.value) : '').toBe(shown);
});
