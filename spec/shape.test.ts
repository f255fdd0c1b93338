// Which fields a schema knows.

import { describe, expect, test } from '@jest/globals';

import { findUndocumentedFields, toShape } from './shape.ts';

const closed = { type: 'object', properties: { a: { type: 'string' } } };
const free = { type: 'object', additionalProperties: { type: 'array' } };

describe('undocumented fields', () => {
  test.each([
    ['a field that the schema has', closed, { a: 'x' }, []],
    ['a field that it has not', closed, { a: 'x', b: 1 }, ['b']],
    ['a field by the name of a prototype', closed, JSON.parse('{"__proto__":1}'), ['__proto__']],
    ['a name that every object inherits', closed, { constructor: 1 }, ['constructor']],
    ['a value of another type', closed, 'text', []],
    ['a null', closed, null, []],
    ['any field, where any may stand', free, { b: [] }, []],
    ['a field in a list', { type: 'array', items: closed }, [{ a: 'x' }, { c: 1 }], ['1.c']],
    ['a field of a field', { properties: { in: closed } }, { in: { d: 1 } }, ['in.d']],
    [
      'a field of one alternative',
      { oneOf: [closed, { properties: { e: {} } }] },
      { a: 1, e: 1 },
      [],
    ],
    ['a field of no alternative', { oneOf: [closed, { properties: { e: {} } }] }, { f: 1 }, ['f']],
    ['a field beside an open alternative', { oneOf: [closed, free] }, { f: 1 }, []],
    ['fields, where the schema names none', { type: 'object' }, { g: 1 }, []],
  ])('%s', (_title, schema, value: unknown, places) => {
    const found = findUndocumentedFields(value, toShape(schema), []);
    expect(found.map(({ location }) => location.join('.'))).toEqual(places);
    expect(found.every(({ severity }) => severity === 'information')).toBe(true);
  });
});
