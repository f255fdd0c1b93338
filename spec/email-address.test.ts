// What is an e-mail address, and that the judge takes for one what the fake takes for one: alone, and beside something wrong.
import { beforeAll, describe, expect, test } from '@jest/globals';
import { isEmailAddress } from './email-address.ts';
import { createJudge, type Judge } from './judge.ts';

const label = 'x'.repeat(63);

const right = [
  'user@localhost',
  'user@[127.0.0.1]',
  'user@[::1]',
  'user@[::ffff:127.0.0.1]',
  'user@bücher.example',
  'user@例え.テスト',
  'user@παράδειγμα.δοκιμή',
  String.raw`"much.more\ unusual"@example.com`,
  '"with@at"@example.com',
  String.raw`"an.escaped\"quote"@example.com`,
  '""@example.com',
  "o'neill+tag@example.co.uk",
  `user@${label}.${label}`,
  'user@example.-a',
  'user@example.12',
];

const wrong = [
  'user',
  '@',
  'user@',
  '@example.com',
  'user@Localhost',
  'user@localhost.',
  'user@nowhere',
  'user@example.c',
  'user@example.c-',
  'user@-example.com',
  'user@example-.com',
  'user@example..com',
  'user@a_b.com',
  `user@x${label}.example`,
  'user@[127.0.0.256]',
  'user@[127.0.0]',
  'user@[IPv6:::1]',
  'user@127.0.0.1.',
  'user@bücher',
  'user@bücher.example/path',
  'user@bücher.example:80',
  'user@bü cher.example',
  'jürgen@example.com',
  'a b@example.com',
  '"a b"@example.com',
  '"a"b"@example.com',
  'a..b@example.com',
  '.a@example.com',
  'a.@example.com',
  'user@example.com\n',
  `${'a'.repeat(320)}@example.com`,
];

let judge: Judge;
beforeAll(async () => {
  judge = await createJudge();
});

const findIn = (email: string, role: string) =>
  judge.request({
    method: 'POST',
    target: '/api/v1/invitations/',
    headers: { authorization: 'Api-Key a', 'content-type': 'application/json' },
    body: { kind: 'json', value: { email, role } },
  });

describe('an e-mail address', () => {
  test.each(right)('is %j', (email) => {
    expect(isEmailAddress(email)).toBe(true);
    expect(findIn(email, 'ADMIN')).toEqual([]);
    expect(findIn(email, 'BOSS').map(({ location }) => location.at(-1))).toEqual(['role']);
  });

  test.each(wrong)('is not %j', (email) => {
    expect(isEmailAddress(email)).toBe(false);
    expect(findIn(email, 'ADMIN').map(({ location }) => location.at(-1))).toContain('email');
  });
});
