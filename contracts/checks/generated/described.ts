// What the spec says of an operation's requests, as far as requests can be drawn from it: its writable fields, its query
// parameters, its media types, and the refusals that it documents.
import { loadEdition } from '../../../spec/editions.ts';
import type { Edition } from '../../../spec/vocabulary.ts';
import { isJsonObject, nodeAt, type JsonObject } from '../../../spec/openapi-document.ts';
import { mediaTypes } from '../../body.ts';
import { toRecord } from '../../invitation.ts';
import { invitationOperations, operations, type OperationId } from '../../operations.ts';

export type Field = {
  readonly name: string;
  readonly schema: JsonObject;
  readonly isRequired: boolean;
};

const at = (node: unknown, ...path: readonly string[]): JsonObject =>
  toRecord(nodeAt(node, ...path));

const aboutTheCaller = [401, 406, 429];

const refusalsOf = (operation: JsonObject): readonly number[] =>
  Object.keys(at(operation, 'responses'))
    .map(Number)
    .filter((status) => status >= 400 && status < 500 && !aboutTheCaller.includes(status));

const fieldsOf = (schema: JsonObject): readonly Field[] => {
  const required: readonly unknown[] = Array.isArray(schema['required']) ? schema['required'] : [];
  return Object.entries(at(schema, 'properties')).flatMap(([name, property]) =>
    isJsonObject(property) && property['readOnly'] !== true
      ? [{ name, schema: property, isRequired: required.includes(name) }]
      : [],
  );
};

const queryOf = (operation: JsonObject): readonly Field[] => {
  const parameters: readonly unknown[] = Array.isArray(operation['parameters'])
    ? operation['parameters']
    : [];
  return parameters
    .map(toRecord)
    .filter((parameter) => parameter['in'] === 'query')
    .map(({ name, schema, required }) => ({
      ...{ name: String(name), schema: toRecord(schema), isRequired: required === true },
    }));
};

const describe = (document: JsonObject, operation: OperationId) => {
  const { method, path } = operations[operation];
  const found = at(document, 'paths', path, method.toLowerCase());
  if (found['operationId'] !== operation) {
    throw new Error(`spec/openapi.yaml has no operation ${operation} at ${method} ${path}.`);
  }
  const content = at(found, 'requestBody', 'content');
  return {
    operation,
    /** For titles. */
    method,
    /** Without those that are about who asks, how often, and for what kind of answer. */
    refusals: refusalsOf(found),
    fields: fieldsOf(at(content, 'application/json', 'schema')),
    mediaTypes: mediaTypes.filter((mediaType) => mediaType in content),
    query: queryOf(found),
    hasId: path.includes('{id}'),
  };
};

export type Described = Readonly<ReturnType<typeof describe>>;

export const describeOperations = async (edition: Edition): Promise<readonly Described[]> => {
  const document = await loadEdition(edition);
  return [...invitationOperations, 'memberships_retrieve' as const].map((operation) =>
    describe(document, operation),
  );
};
