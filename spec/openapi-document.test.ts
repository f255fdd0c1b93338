// Reading the contract and following its references.

import { describe, expect, test } from '@jest/globals';

import { loadEdition } from './editions.ts';
import { parseOpenApiDocument } from './openapi-document.ts';

describe('the OpenAPI document', () => {
  test('is read without a reference left in it', async () => {
    expect(JSON.stringify(await loadEdition())).not.toContain('"$ref"');
  });

  test('holds one object for all references to the same place', () => {
    const document = parseOpenApiDocument(
      'paths: { a: { $ref: "#/components/x~1y" }, b: [{ $ref: "#/components/x~1y" }] }\n' +
        'components: { x/y: { type: string } }',
    );
    expect(document['paths']).toEqual({ a: { type: 'string' }, b: [{ type: 'string' }] });
    expect(JSON.stringify(document['components'])).toBe('{"x/y":{"type":"string"}}');
  });

  test.each(['#/components/missing', 'other.yaml#/a', 'https://example.com/spec'])(
    'names the reference %s, which points nowhere',
    (reference) => {
      const yaml = `paths: { a: { $ref: "${reference}" } }\ncomponents: {}`;
      expect(() => parseOpenApiDocument(yaml)).toThrow(reference);
    },
  );

  test('refuses a document that is no mapping', () => {
    expect(() => parseOpenApiDocument('- openapi')).toThrow('not a mapping');
  });
});
