// What one edition has that another has not, of what a client can see; with a request that shows it.
import { readEdition } from './editions.ts';
import { isJsonObject, nodeAt, type JsonObject } from './openapi-document.ts';
import { operations, type Edition } from './vocabulary.ts';

export type Difference = {
  /** Such as "`inviter_name` of `Invitation`". */
  readonly words: string;
  /** For a shell; undefined where no request can show it. */
  readonly request?: string;
};

const toCurl = (url: string, credential = '$AUTH'): string =>
  `curl -H "Authorization: ${credential}" "${url}"`;

const at = (document: JsonObject, ...path: readonly string[]): JsonObject => {
  const node = nodeAt(document, ...path);
  return isJsonObject(node) ? node : {};
};

/** Where a resource of that schema can be read. */
const readAt: Readonly<Record<string, string>> = {
  Invitation: '$URL/api/v1/invitations/',
  User: '$URL/api/v1/users/current/',
  Organization: '$URL/api/v1/organizations/ID/',
};

const parametersOf = (
  document: JsonObject,
  path: string,
  method: string,
): ReadonlyMap<string, string> => {
  const item = isJsonObject(document['paths']) ? document['paths'][path] : undefined;
  const operation = isJsonObject(item) ? item[method.toLowerCase()] : undefined;
  const listed = isJsonObject(operation) ? operation['parameters'] : undefined;
  return new Map(
    (Array.isArray(listed) ? listed : [])
      .filter(isJsonObject)
      .filter((parameter) => 'name' in parameter)
      .map(
        (parameter) =>
          [
            String(parameter['name']),
            JSON.stringify(parameter['example'] ?? 1).replaceAll('"', ''),
          ] as const,
      ),
  );
};

const inFields = (later: JsonObject, earlier: JsonObject): readonly Difference[] =>
  Object.keys(readAt).flatMap((schema) => {
    const [fields, before] = [later, earlier].map((it) =>
      at(it, 'components', 'schemas', schema, 'properties'),
    );
    return Object.entries(fields ?? {}).flatMap(([field, description]): readonly Difference[] => {
      const known = before?.[field];
      const isNullable = isJsonObject(description) && description['nullable'] === true;
      const wasNullable = isJsonObject(known) && known['nullable'] === true;
      if (known === undefined) {
        return [{ words: `\`${field}\` of \`${schema}\``, request: toCurl(readAt[schema] ?? '') }];
      }
      // Servers have sent null all the time, so that no request shows what changed.
      return isNullable && !wasNullable
        ? [{ words: `\`${field}\` of \`${schema}\` may be null` }]
        : [];
    });
  });

const inParameters = (later: JsonObject, earlier: JsonObject): readonly Difference[] =>
  Object.entries(operations).flatMap(([id, { path, method }]) => {
    const before = parametersOf(earlier, path, method);
    return [...parametersOf(later, path, method)]
      .filter(([name]) => !before.has(name))
      .map(([name, example]) => ({
        words: `\`${name}\` of \`${id}\``,
        request: toCurl(`$URL${path}?${name}=${example}`),
      }));
  });

const inSchemes = (later: JsonObject, earlier: JsonObject): readonly Difference[] => {
  const before = at(earlier, 'components', 'securitySchemes');
  return Object.keys(at(later, 'components', 'securitySchemes'))
    .filter((name) => !(name in before))
    .map((name) => ({
      words: `the scheme \`${name}\``,
      request: toCurl('$URL/api/v1/invitations/', 'Bearer $TOKEN'),
    }));
};

/** What the edition `after` has that `before`, an earlier one, has not. */
export const findDifferences = async (
  before: Edition,
  after: Edition,
): Promise<readonly Difference[]> => {
  const [earlier, later] = await Promise.all([readEdition(before), readEdition(after)]);
  return [
    ...inParameters(later, earlier),
    ...inFields(later, earlier),
    ...inSchemes(later, earlier),
  ];
};
