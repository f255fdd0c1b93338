// Which lines of a file of readings drift prints for a difference.
import { expect, test } from '@jest/globals';
import { readRules } from '../catalog.ts';
import { toReadingLines } from './reading-lines.ts';

const rules = readRules();

test.each([
  ['create.duplicate-address', 'status', '409', ["duplicate.status: '409'"]],
  ['create.duplicate-address', 'status', '422', []],
  ['list.oldest-first', 'body.results', '[]', ['list.order: newest-first']],
  ['errors.not-an-object', 'body', '[]', ['errors.no-field: __all__', 'errors.no-field: list']],
  ['retrieve.answer', 'status', '404', []],
])('of %s, where %s is %s', (id, path, deployment, lines) => {
  expect(toReadingLines(rules.get(id) ?? {}, { path, deployment })).toEqual(lines);
});
