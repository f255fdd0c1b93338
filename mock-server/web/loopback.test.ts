// Which hosts are this machine.
import { expect, test } from '@jest/globals';
import { isLoopback } from './loopback.ts';

test.each([
  'localhost',
  'LOCALHOST:4010',
  'app.localhost:80',
  '127.0.0.1',
  '127.1.2.3:4010',
  '::1',
  '[::1]',
  '[::1]:4010',
])('%s is', (host) => {
  expect(isLoopback(host)).toBe(true);
});

test.each([
  '',
  '0.0.0.0',
  '::',
  'localhost.example.com',
  'mylocalhost',
  'evil.example',
  '127.0.0.1.example.com',
  '1127.0.0.1',
  '[::11]',
  'localhost:80:90',
  'localhost/evil',
  'localhost@evil',
  '128.0.0.1',
  'null',
])('%j is not', (host) => {
  expect(isLoopback(host)).toBe(false);
});
