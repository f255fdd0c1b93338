// Which Accept headers leave room for JSON.
import { expect, test } from '@jest/globals';
import { acceptsJson } from './negotiate.ts';

test.each([
  undefined,
  '*/*',
  'application/json',
  'application/*',
  'APPLICATION/JSON',
  'text/html, application/json;q=0.1',
  'text/html,*/*;q=0.8',
  'application/json; charset=utf-8',
  'application/json;version=2;q=0.5',
  'text/html, image/gif, *; q=.2, */*; q=.2',
])('%s does', (accept) => {
  expect(acceptsJson(accept)).toBe(true);
});

test.each([
  'text/html',
  'application/xml',
  'application/json;q=0',
  'application/json; q=0.0, */*',
  'application/*;q=0, */*',
  '*',
  '',
  'application/vnd.api+json',
  'nonsense',
  'text/*',
])('%s does not', (accept) => {
  expect(acceptsJson(accept)).toBe(false);
});
