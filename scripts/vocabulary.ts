// The words of the contract as TypeScript, `spec/vocabulary.gen.ts`: made from the specification and the rules, so that
// none of them is spelled by hand a second time. With --check it only says whether the file is fresh.
import { readFileSync, writeFileSync } from 'node:fs';
import { format, resolveConfig } from 'prettier';
import { isJsonObject, loadOpenApiDocument, type JsonObject } from '../spec/openapi-document.ts';
import { readRules } from '../spec/rules.ts';

const target = new URL('../spec/vocabulary.gen.ts', import.meta.url);

const at = (document: JsonObject, ...path: readonly string[]): unknown =>
  path.reduce<unknown>((node, name) => (isJsonObject(node) ? node[name] : undefined), document);

const methods = ['get', 'put', 'post', 'delete', 'patch'];

const toOperations = (document: JsonObject): Record<string, unknown> => {
  const operations: Record<string, unknown> = {};
  const paths = document['paths'];
  for (const [path, item] of Object.entries(isJsonObject(paths) ? paths : {})) {
    for (const [method, operation] of Object.entries(isJsonObject(item) ? item : {})) {
      const id = isJsonObject(operation) ? operation['operationId'] : undefined;
      if (!methods.includes(method) || typeof id !== 'string') continue;
      operations[id] = { method: method.toUpperCase(), path };
    }
  }
  return operations;
};

const toStates = (document: JsonObject): unknown => {
  const parameters = at(document, 'paths', '/api/v1/invitations/', 'get', 'parameters');
  const states: unknown = Array.isArray(parameters)
    ? parameters.find((parameter) => isJsonObject(parameter) && parameter['name'] === 'state')
    : undefined;
  return at(isJsonObject(states) ? states : {}, 'schema', 'enum');
};

const toSource = (document: JsonObject): string => {
  const constant = (name: string, value: unknown): string =>
    `export const ${name} = ${JSON.stringify(value)} as const;\n`;
  return [
    '// Made from spec/openapi.yaml and spec/rules.yaml by `npm run spec:vocabulary`. Do not edit it by hand.\n',
    '/** From the most permissive to the least. [roles.order] */',
    constant('roles', at(document, 'components', 'schemas', 'RoleEnum', 'enum')),
    constant('invitationStates', toStates(document)),
    '/** In the order of the document. */',
    constant('operations', toOperations(document)),
    constant('ruleIds', [...readRules().keys()]),
  ].join('\n');
};

const text = await format(toSource(await loadOpenApiDocument()), {
  ...(await resolveConfig(target)),
  parser: 'typescript',
});
if (!process.argv.includes('--check')) writeFileSync(target, text);
else if (readFileSync(target, 'utf8') !== text) {
  console.error('spec/vocabulary.gen.ts is stale; run `npm run spec:vocabulary`.');
  process.exitCode = 1;
}
