// What a person is told of what could not be removed.
import { expect, test } from '@jest/globals';
import { toLeftBehind } from './left-behind.ts';

const ids = Array.from({ length: 789 }, (_, index) => `id-${index}`);

test('by number, the first few of many, and how to remove them', () => {
  const [told, how] = toLeftBehind(ids, 'http://target', false);
  expect(told).toMatch(/^789 could not be removed: id-0, id-1, id-2, id-3, id-4 and 784 more, /);
  expect(how).toContain("curl -i -X DELETE 'http://target/api/v1/invitations/ID/'");
  expect(toLeftBehind(ids, 'http://target').join()).toContain('id-788');
  expect(toLeftBehind([], 'http://target')).toEqual([]);
});
