// From the OpenAPI document to the operations that Prism judges by.
// Prism's own loader makes the same ones, but brings a network resolver, a Postman reader and a deprecation warning.

import { isJsonObject } from './openapi-document.ts';
import type { JsonObject } from './openapi-document.ts';
import { transformOas3Operations, type validateInput } from './prism-library.ts';
import type { Line } from './routes.ts';

export type PrismOperation = Parameters<typeof validateInput>[0]['resource'];
export type PrismRequest = NonNullable<PrismOperation['request']>;
export type PrismResponse = PrismOperation['responses'][number];
export type PrismContent = NonNullable<PrismResponse['contents']>[number];
export type PrismSchema = NonNullable<PrismContent['schema']>;
export type PrismParameters = NonNullable<PrismResponse['headers']>;

/**
 * Prism keeps a compiled schema by the schema and its bundle, not by whether it coerces. Forms are coerced and come
 * without a bundle; with a bundle of our own a JSON body can never meet a validator that was compiled for forms.
 */
export const bundle: object = {};

/** What takes its time is made when it is first asked for. */
export const lazily = <Value extends object>(make: () => Value): (() => Value) => {
  let made: Value | undefined;
  return () => (made ??= make());
};

/** An operation as it is found, and what Prism makes of it. */
export type Described = Line & { readonly source: () => PrismOperation };

const methods = ['get', 'post', 'put', 'delete', 'options', 'head', 'patch', 'trace'];

/** In their order in the document. */
export const describeOperations = (document: JsonObject): readonly Described[] => {
  const read = createReader(document);
  const { paths } = document;
  return Object.entries(isJsonObject(paths) ? paths : {}).flatMap(([path, item]) =>
    !isJsonObject(item)
      ? []
      : Object.keys(item)
          .filter((name) => methods.includes(name))
          .map((method) => {
            const others = methods.filter((name) => name !== method);
            const alone = Object.entries(item).filter(([name]) => !others.includes(name));
            const source = lazily(() => read(path, Object.fromEntries(alone)));
            return { path, method: method.toUpperCase(), source };
          }),
  );
};

export const toPrismOperations = (document: JsonObject): readonly PrismOperation[] =>
  describeOperations(document).map(({ source }) => source());

type ReadOne = (path: string, item: JsonObject) => PrismOperation;

/** Reads paths that have one operation. */
const createReader = (document: JsonObject): ReadOne => {
  const shareHeaders = createSharing<PrismParameters>();
  const shareResponseHeaders = createSharing<PrismParameters>();
  const sharePath = createSharing<NonNullable<PrismRequest['path']>>();
  const shareQuery = createSharing<NonNullable<PrismRequest['query']>>();
  return (path, item) => {
    // Its types come from another version of the same package; what they describe is the same.
    const [operation]: readonly unknown[] = transformOas3Operations({
      ...document,
      paths: { [path]: item },
    });
    if (!isPrismOperation(operation)) throw new Error(`Prism reads no operation of ${path}.`);
    return {
      ...operation,
      __bundled__: bundle,
      request: {
        ...operation.request,
        headers: shareHeaders(operation.request?.headers ?? []),
        query: shareQuery(operation.request?.query ?? []),
        path: sharePath(operation.request?.path ?? []),
      },
      responses: operation.responses.map((response) => ({
        ...response,
        headers: shareResponseHeaders(response.headers ?? []),
      })),
    };
  };
};

const isPrismOperation = (value: unknown): value is PrismOperation =>
  isJsonObject(value) && Array.isArray(value['responses']);

/** Prism compiles parameters once per array. Equal ones become one array, which saves most of that work. */
const createSharing = <Parameters>(): ((parameters: Parameters) => Parameters) => {
  const shared = new Map<string, Parameters>();
  return (parameters) => {
    const key = JSON.stringify(parameters, (name, value: unknown) =>
      // Ids are made up per place; without them equal parameters look equal.
      name === 'id' && typeof value === 'string' ? undefined : value,
    );
    const known = shared.get(key) ?? parameters;
    shared.set(key, known);
    return known;
  };
};
