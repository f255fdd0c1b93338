// The editions of the contract: the first is the product's page, and each overlay brings what its day brought.
import { readFileSync } from 'node:fs';
import { expect, test } from '@jest/globals';
import { load } from 'js-yaml';
import { loadEdition, readEdition, titleOf } from './editions.ts';
import { createJudge } from './judge.ts';
import { isJsonObject, type JsonObject } from './openapi-document.ts';
import { toTable } from './page-table.suite.ts';
import { editions, lackingIn } from './vocabulary.ts';

const schemaIn = (document: JsonObject, name: string): JsonObject => {
  const { schemas } = isJsonObject(document['components']) ? document['components'] : {};
  const schema = isJsonObject(schemas) ? schemas[name] : undefined;
  return isJsonObject(schema) ? schema : {};
};

const page: unknown = load(readFileSync(new URL('./page.yaml', import.meta.url), 'utf8'));
const rows: readonly JsonObject[] = Array.isArray(page) ? page.filter(isJsonObject) : [];

test("the first edition prints the tables of the product's page, and no more", async () => {
  const printed = toTable(await readEdition('2021-07-08'), 'invitations');
  expect(printed).toEqual(rows);
});

test('the newest edition has what the first has, and more', async () => {
  const printed = toTable(await readEdition('2024-05-30'), 'invitations');
  for (const [index, row] of rows.entries()) {
    const { parameters, authorization, accept, contentType, returns } = row;
    const asked = Array.isArray(parameters) ? parameters : [];
    const schemes: readonly unknown[] = Array.isArray(authorization) ? authorization : [];
    expect(printed[index]).toMatchObject({ accept, contentType, returns });
    expect(printed[index]?.parameters).toEqual(expect.arrayContaining(asked));
    expect(printed[index]?.authorization).toEqual([...schemes, 'tokenAuth']);
  }
});

test.each(editions)(
  'every example of %s is right, and every planted fault is found',
  async (edition) => {
    await expect(createJudge(await loadEdition(edition), 'all')).resolves.toBeDefined();
    expect(await titleOf(edition)).not.toBe('');
  },
);

test.each(editions)(
  '%s requires no field of a page, and names no states in an answer',
  async (edition) => {
    const document = await readEdition(edition);
    expect(schemaIn(document, 'PaginatedInvitationList')['required']).toBeUndefined();
    expect(JSON.stringify(schemaIn(document, 'Invitation')['properties'])).not.toContain('"enum"');
  },
);

test('an overlay brings what later editions keep', () => {
  const lists = editions.map((edition) => lackingIn(edition, 'invitations_list').length);
  expect(lists).toEqual([2, 1, 0, 0, 0, 0, 0, 0]);
  const fields = editions.map((edition) => lackingIn(edition, 'Invitation').length);
  expect(fields).toEqual([2, 2, 2, 1, 1, 0, 0, 0]);
  const schemes = editions.map((edition) => lackingIn(edition, 'securitySchemes').length);
  expect(schemes).toEqual([1, 1, 1, 1, 1, 1, 0, 0]);
});
