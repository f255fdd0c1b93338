// Reads a document, and puts what its `$ref`s point to in their place.
// The same target becomes the same object, so that what is made of a schema is made once.

import { existsSync, readFileSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { load } from 'js-yaml';

export type JsonObject = Readonly<Record<string, unknown>>;

/** The contract in its first edition; `editions.ts` makes the others of it. */
export const specLocation = new URL('./openapi.yaml', import.meta.url);

type Form = { readonly file: URL; readonly parse: (text: string) => unknown };

/** The build puts the same as JSON beside each YAML: it is read in a tenth of the time. */
const formOf = (yaml: URL): Form => {
  const file = new URL(yaml.href.replace(/yaml$/, 'json'));
  return existsSync(file) ? { file, parse: JSON.parse } : { file: yaml, parse: load };
};

/** What is described in YAML. */
export const readDescription = (yaml: URL): unknown => {
  const { file, parse } = formOf(yaml);
  return parse(readFileSync(file, 'utf8'));
};

export const toMapping = (document: unknown): JsonObject => {
  if (isJsonObject(document)) return document;
  throw new Error('The OpenAPI document is not a mapping: its first line should name `openapi`.');
};

/** As it stands, with its `$ref`s. */
export const readMapping = async (yaml: URL): Promise<JsonObject> => {
  const { file, parse } = formOf(yaml);
  return toMapping(parse(await readFile(file, 'utf8')));
};

export const parseOpenApiDocument = (yaml: string): JsonObject =>
  dereference(toMapping(load(yaml)));

export const isJsonObject = (value: unknown): value is JsonObject =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** What stands at a path of names; undefined where nothing does. */
export const nodeAt = (node: unknown, ...path: readonly string[]): unknown =>
  path.reduce((found, name) => (isJsonObject(found) ? found[name] : undefined), node);

export const dereference = (root: JsonObject): JsonObject => {
  const copies = new Map<object, unknown>();
  const follow = (node: unknown): unknown => {
    if (typeof node !== 'object' || node === null) return node;
    const known = copies.get(node);
    if (known !== undefined) return known;
    if (Array.isArray(node)) {
      const items: unknown[] = [];
      copies.set(node, items);
      for (const item of node) items.push(follow(item));
      return items;
    }
    return followMapping(node);
  };
  const followMapping = (node: object): unknown => {
    if ('$ref' in node && typeof node.$ref === 'string') return follow(resolve(root, node.$ref));
    const copy: Record<string, unknown> = {};
    copies.set(node, copy);
    for (const [name, value] of Object.entries(node)) copy[name] = follow(value);
    return copy;
  };
  return { ...root, paths: follow(root['paths']), components: follow(root['components']) };
};

const resolve = (root: JsonObject, reference: string): unknown => {
  let node: unknown = reference.startsWith('#/') ? root : undefined;
  for (const segment of reference.slice(2).split('/')) {
    const name = segment.replaceAll('~1', '/').replaceAll('~0', '~');
    node = isJsonObject(node) ? node[name] : undefined;
  }
  if (node === undefined) {
    throw new Error(
      `The OpenAPI document has no "${reference}". A $ref has to point into the same document, as "#/components/…".`,
    );
  }
  return node;
};
