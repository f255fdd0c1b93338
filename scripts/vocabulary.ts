// The words of the contract as TypeScript, `spec/vocabulary.gen.ts`: made from the specification and the rules, so that
// none of them is spelled by hand a second time. With --check it only says whether the file is fresh.
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { format } from 'oxfmt';
import {
  isJsonObject,
  readMapping,
  specLocation,
  type JsonObject,
} from '../spec/openapi-document.ts';
import { applyOverlay } from '../spec/overlay.ts';
import { readRules } from '../spec/rules.ts';

const target = new URL('../spec/vocabulary.gen.ts', import.meta.url);

const at = (document: JsonObject, ...path: readonly string[]): unknown =>
  path.reduce<unknown>((node, name) => (isJsonObject(node) ? node[name] : undefined), document);

const keysAt = (document: JsonObject, ...path: readonly string[]): readonly string[] => {
  const node = at(document, ...path);
  return isJsonObject(node) ? Object.keys(node) : [];
};

const methods = ['get', 'put', 'post', 'delete', 'patch'];

const toOperations = (document: JsonObject): Record<string, { method: string; path: string }> => {
  const operations: Record<string, { method: string; path: string }> = {};
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

const toReadings = (editions: readonly unknown[]): Record<string, readonly unknown[]> => {
  const readings: Record<string, readonly unknown[]> = { edition: editions.toReversed() };
  for (const rule of readRules().values()) {
    for (const [name, alternatives] of Object.entries(rule.readings ?? {})) {
      if (name in readings) throw new Error(`Two rules declare the reading ${name}.`);
      readings[name] = alternatives.map(([alternative]) => alternative);
    }
  }
  return readings;
};

/** Of each schema the fields, of each operation the parameters; and the schemes. */
const namesIn = (document: JsonObject): Record<string, readonly string[]> => {
  const names: Record<string, readonly string[]> = {
    securitySchemes: keysAt(document, 'components', 'securitySchemes'),
  };
  for (const schema of keysAt(document, 'components', 'schemas')) {
    names[schema] = keysAt(document, 'components', 'schemas', schema, 'properties');
  }
  for (const [id, { path, method }] of Object.entries(toOperations(document))) {
    const parameters = at(document, 'paths', path, method.toLowerCase(), 'parameters');
    names[id] = (Array.isArray(parameters) ? parameters : []).map((parameter: unknown) =>
      String(isJsonObject(parameter) ? parameter['name'] : ''),
    );
  }
  return names;
};

const toLacking = (edition: JsonObject, newest: JsonObject): Record<string, readonly string[]> => {
  const own = namesIn(edition);
  return Object.fromEntries(
    Object.entries(namesIn(newest))
      .map(
        ([place, names]) => [place, names.filter((name) => !own[place]?.includes(name))] as const,
      )
      .filter(([, names]) => names.length > 0),
  );
};

const toSource = (documents: ReadonlyMap<string, JsonObject>): string => {
  const editions = [...documents.keys()];
  const document = documents.get(editions.at(-1) ?? '') ?? {};
  const readings = toReadings(editions);
  const lacking = Object.fromEntries(
    [...documents].map(([edition, it]) => [edition, toLacking(it, document)]),
  );
  const constant = (name: string, value: unknown): string =>
    `export const ${name} = ${JSON.stringify(value)} as const;\n`;
  return [
    '// Made from spec/openapi.yaml, spec/editions and spec/rules.yaml by `npm run spec:vocabulary`. Do not edit it by hand.\n',
    '/** From the most permissive to the least. [roles.order] */',
    constant('roles', at(document, 'components', 'schemas', 'RoleEnum', 'enum')),
    constant('invitationStates', toStates(document)),
    '/** Of the newest edition. */',
    constant(
      'invitationFields',
      keysAt(document, 'components', 'schemas', 'Invitation', 'properties'),
    ),
    '/** The first is openapi.yaml, the others are overlays. */',
    constant('editions', editions),
    '/** In the order of the document. */',
    constant('operations', toOperations(document)),
    constant('ruleIds', [...readRules().keys()]),
    '/** By name; the first alternative is the default. */',
    constant('readings', readings),
    constant(
      'defaultReadings',
      Object.fromEntries(Object.entries(readings).map(([name, [first]]) => [name, first])),
    ),
    '/** By edition and schema: the fields of the newest edition that it has not. */',
    constant('lacking', lacking),
  ].join('\n');
};

const folder = new URL('../spec/editions/', import.meta.url);
const overlays = readdirSync(folder).toSorted();
const first = await readMapping(specLocation);
const documents = new Map([[String(at(first, 'info', 'version')), first]]);
let latest = first;
for (const name of overlays) {
  latest = applyOverlay(latest, await readMapping(new URL(name, folder)));
  documents.set(name.slice(0, -'.yaml'.length), latest);
}

const style = await readMapping(new URL('../.oxfmtrc.json', import.meta.url));
const { code: text, errors } = await format(fileURLToPath(target), toSource(documents), style);
if (errors.length > 0) throw new Error(errors.map(({ message }) => message).join('\n'));
if (!process.argv.includes('--check')) writeFileSync(target, text);
else if (readFileSync(target, 'utf8') !== text) {
  console.error('spec/vocabulary.gen.ts is stale; run `npm run spec:vocabulary`.');
  process.exitCode = 1;
}
