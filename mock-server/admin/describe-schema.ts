// The schemas of the testers' API in OpenAPI 3.0.
import { toJsonSchema, toJsonSchemaDefs, type ConversionConfig } from '@valibot/to-json-schema';
import { exampleOf } from './example.ts';
import { namedSchemas, type AnySchema } from './schema/named.ts';

export type Part = Readonly<Record<string, unknown>>;

export const ignoredActions = ['check', 'raw_check', 'transform'];

const toConfig = (): ConversionConfig => ({
  target: 'openapi-3.0',
  typeMode: 'input',
  definitions: namedSchemas(),
  ignoreActions: ignoredActions,
  overrideRef: ({ referenceId }) => `#/components/schemas/${referenceId}`,
});

const isPart = (value: unknown): value is Part =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** Beside a `$ref` nothing counts: what may be null stands there itself. */
const withNulls = (node: unknown, named: Part): unknown => {
  if (Array.isArray(node)) return node.map((item) => withNulls(item, named));
  if (!isPart(node)) return node;
  const { $ref, ...beside } = node;
  const target = typeof $ref === 'string' ? named[$ref.replace(/^.*\//, '')] : undefined;
  if (beside['nullable'] === true && isPart(target)) return { ...target, ...beside };
  return Object.fromEntries(
    Object.entries(node).map(([name, value]) => [name, withNulls(value, named)]),
  );
};

/** Named schemas stand in one place, and not in each that refers to them. */
export const schemaOf = (schema: AnySchema): Part => {
  const { $defs: _, ...rest } = toJsonSchema(schema, toConfig());
  return rest;
};

const describeSchemas = (): Part => {
  const named: Part = { ...toJsonSchemaDefs(namedSchemas(), toConfig()) };
  return Object.fromEntries(
    Object.entries(named).map(([name, schema]) => [name, withNulls(schema, named)]),
  );
};

let described: Part | undefined;

/** All that are named: by the first who asks, every file that names one has been loaded. */
export const schemas = (): Part => (described ??= describeSchemas());

export const withExample = (schema: object) => ({ schema, example: exampleOf(schema, schemas()) });
