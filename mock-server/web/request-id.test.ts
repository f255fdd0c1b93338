// Which request ids are kept and how new ones look.
import { expect, test } from '@jest/globals';
import { createRequestIds } from './request-id.ts';

test.each(['abc', 'a-b_c.d', 'x'.repeat(64)])('keeps a plain id: %s', (given) => {
  expect(createRequestIds()(given)).toBe(given);
});

test.each([undefined, '', 'x'.repeat(65), 'a b', 'a\nb', '<b>', 'é', ['a', 'b']])(
  'makes one instead of %j',
  (given) => {
    expect(createRequestIds()(given)).toMatch(/^[\w-]{8,20}$/);
  },
);

test('makes another one each time, and two servers do not meet', () => {
  const [one, other] = [createRequestIds(), createRequestIds()];
  const ids = [one(undefined), one(undefined), other(undefined), other(undefined)];
  expect(new Set(ids).size).toBe(4);
});
