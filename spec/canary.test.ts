// A judge that would see nothing must not start.

import { describe, expect, test } from '@jest/globals';

import { createJudge } from './judge.ts';
import { loadEdition } from './editions.ts';
import { isJsonObject, parseOpenApiDocument } from './openapi-document.ts';
import type { JsonObject } from './openapi-document.ts';

const contract = `
paths:
  /things/{id}/:
    get:
      operationId: things_retrieve
      security: [{ key: [] }]
      parameters:
        - { name: id, in: path, required: true, schema: { type: string, format: uuid },
            example: 0d9c3b7e-61f4-4e2a-b5d8-7a1f2c4e6908 }
      responses:
        '200':
          description: A thing.
          headers: { Allow: { required: true, schema: { type: string, pattern: '^[A-Z]+$' }, example: GET } }
          content: { application/json: { schema: { $ref: '#/components/schemas/Thing' }, example: { size: 1 } } }
components:
  securitySchemes: { key: { type: apiKey, in: header, name: Authorization } }
  schemas: { Thing: { type: object, required: [size], properties: { size: { type: integer } } } }
`;

const parse = (from: string, to: string): JsonObject =>
  parseOpenApiDocument(`openapi: 3.0.3\n${contract.replace(from, to)}`);

describe('the canary', () => {
  test('lets a small contract pass', async () => {
    await expect(createJudge(parse('', ''))).resolves.toBeDefined();
  });

  test.each([
    ['a header that Ajv cannot compile', '^[A-Z]+$', '(', 'things_retrieve.*cannot compile'],
    [
      'a body that Ajv cannot compile',
      'type: integer',
      "type: integer, minimum: 'x'",
      'cannot compile',
    ],
    [
      'a schema that takes any body',
      '{ type: object, required: [size], properties: { size: { type: integer } } }',
      '{}',
      'wrong body was found right',
    ],
    ['an id that may be anything', ', format: uuid', '', 'wrong id was found right'],
    ['an example that is wrong', 'size: 1', 'size: x', 'must be integer'],
    [
      'a header without an example',
      ', example: GET',
      '',
      'no example at "things_retrieve 200 Allow"',
    ],
    ['a range of statuses', "'200'", "'2XX'", 'spell out its statuses'],
  ])('refuses %s', async (_title, from, to, message) => {
    await expect(createJudge(parse(from, to))).rejects.toThrow(new RegExp(message, 's'));
  });

  test('refuses a contract that is blind in one status of one operation', async () => {
    const judge = createJudge(await blindIn('429'));
    await expect(judge).rejects.toThrow(/answer 429 .* wrong body was found right/);
  });

  test('lets no message pass of an operation that is blind, which is read when its first one comes', async () => {
    const atOnce = createJudge(await blindIn('201'), 'all');
    await expect(atOnce).rejects.toThrow(/answer 201 .* was found right/);
    const judge = await createJudge(await blindIn('201'));
    const create = { method: 'POST', target: '/api/v1/invitations/' };
    const answer = { status: 201, headers: { 'content-type': 'application/json' }, body: '{}' };
    const notJudged = {
      code: 'not-judged',
      severity: 'error',
      message: expect.stringMatching(/answer 201 .* was found right/),
    };
    for (const _time of ['the first', 'any later']) {
      expect(judge.response(create, answer)).toEqual([expect.objectContaining(notJudged)]);
    }
  });
});

/** The contract, with any body where an answer has this status. */
const blindIn = async (status: string): Promise<JsonObject> => {
  const blind: unknown = JSON.parse(
    JSON.stringify(await loadEdition(), (name, value: unknown) =>
      name === status && isJsonObject(value) ? withAnyBody(value) : value,
    ),
  );
  return isJsonObject(blind) ? blind : {};
};

const withAnyBody = (response: JsonObject): JsonObject => ({
  ...response,
  content: { 'application/json': { schema: {}, example: { detail: 'x' } } },
});
