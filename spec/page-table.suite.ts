// The table of an operation as the generators' pages print it, from an edition's document. What a generator does: the
// parameters of the path and the query, then the body, named for its schema; the first success that has a body gives the
// return type; the content types of all answers, refusals too, are what it accepts.
import { isJsonObject, type JsonObject } from './openapi-document.ts';

export type Row = {
  readonly operation: string;
  readonly request: string;
  readonly parameters: readonly string[];
  readonly returns: string;
  readonly authorization: readonly string[];
  readonly contentType: string;
  readonly accept: string;
};

const record = (value: unknown): JsonObject => (isJsonObject(value) ? value : {});
const list = (value: unknown): readonly unknown[] => (Array.isArray(value) ? value : []);

const nameOf = (schema: unknown): string => String(record(schema)['$ref']).split('/').at(-1) ?? '';

const toSnake = (name: string): string =>
  name.replaceAll(/(?<!^)[A-Z]/g, (letter) => `_${letter}`).toLowerCase();

const follow = (document: JsonObject, node: unknown): JsonObject => {
  const reference = record(node)['$ref'];
  if (typeof reference !== 'string') return record(node);
  return reference
    .slice(2)
    .split('/')
    .reduce<JsonObject>((at, name) => record(at[name]), document);
};

const typeOf = (schema: JsonObject): string => (schema['type'] === 'integer' ? 'i32' : 'String');
const need = (required: unknown): string => (required === true ? 'required' : 'optional');
const join = (types: readonly string[]): string =>
  types.length === 0 ? 'Not defined' : [...new Set(types)].join(', ');

const toRow = (
  document: JsonObject,
  path: string,
  method: string,
  shared: unknown,
  operation: JsonObject,
): Row => {
  const parameters = [...list(shared), ...list(operation['parameters'])].map((given) => {
    const { name, required, schema } = follow(document, given);
    return `${String(name)}: ${typeOf(record(schema))}, ${need(required)}`;
  });
  const body = follow(document, operation['requestBody']);
  const bodyTypes = Object.keys(record(body['content']));
  const [content] = Object.values(record(body['content']));
  const model = nameOf(record(content)['schema']);
  const contents = Object.entries(record(operation['responses'])).map(
    ([status, it]) => [status, record(follow(document, it)['content'])] as const,
  );
  const returned = contents
    .filter(([status]) => status.startsWith('2'))
    .flatMap(([, types]) => Object.values(types).map((it) => nameOf(record(it)['schema'])));
  return {
    operation: String(operation['operationId']),
    request: `${method} ${path}`,
    parameters: [
      ...parameters,
      ...(bodyTypes.length === 0 ? [] : [`${toSnake(model)}: ${model}, ${need(body['required'])}`]),
    ],
    returns: returned[0] ?? '(empty response body)',
    authorization: list(operation['security']).flatMap((it) => Object.keys(record(it))),
    contentType: join(bodyTypes),
    accept: join(contents.flatMap(([, types]) => Object.keys(types))),
  };
};

/** Of the operations with that tag, by their names. */
export const toTable = (document: JsonObject, tag: string): readonly Row[] =>
  Object.entries(record(document['paths']))
    .flatMap(([path, item]) =>
      Object.entries(record(item)).flatMap(([method, operation]) =>
        isJsonObject(operation) && list(operation['tags']).includes(tag)
          ? [toRow(document, path, method, record(item)['parameters'], operation)]
          : [],
      ),
    )
    .toSorted((one, other) => one.operation.localeCompare(other.operation));
