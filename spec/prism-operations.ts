// From the OpenAPI document to the operations that Prism judges by.
// Prism's own loader makes the same ones, but brings a network resolver, a Postman reader and a deprecation warning.

import { isJsonObject } from './openapi-document.ts';
import type { JsonObject } from './openapi-document.ts';
import { transformOas3Operations, type validateInput } from './prism-library.ts';

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

export const toPrismOperations = (document: JsonObject): readonly PrismOperation[] => {
  const shareHeaders = createSharing<PrismParameters>();
  const shareResponseHeaders = createSharing<PrismParameters>();
  const sharePath = createSharing<NonNullable<PrismRequest['path']>>();
  const shareQuery = createSharing<NonNullable<PrismRequest['query']>>();
  // Its types come from another version of the same package; what they describe is the same.
  const operations: readonly unknown[] = transformOas3Operations({ ...document });
  return operations.filter(isPrismOperation).map((operation) => ({
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
  }));
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
