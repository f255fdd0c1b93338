// Addresses of deployments: what is taken, and what is refused in a sentence that repeats no secret.
import { expect, test } from '@jest/globals';
import { toRemote } from './remote.ts';

test('an address may have a path of its own', () => {
  expect(toRemote('https://staging.example.com/below/', {})).toMatchObject({
    name: 'https://staging.example.com/below',
    env: { CONTRACT_TARGET: 'https://staging.example.com/below/' },
  });
});

test.each([
  ['staging', /no HTTP address/],
  ['ftp://staging.example.com', /no HTTP address/],
  [
    'https://ada:sesame@staging.example.com/below',
    /a user or a password.*staging\.example\.com\/below;/,
  ],
  ['https://sesame@staging.example.com', /a user or a password/],
  ['https://staging.example.com/?key=sesame', /has a query.*--header/],
  ['https://ada:sesame@staging.example.com?key=sesame', /a user or a password and a query/],
])('%s is refused', (address, message) => {
  expect(() => toRemote(address, {})).toThrow(message);
  expect(() => toRemote(address, {})).not.toThrow(/sesame/);
});
