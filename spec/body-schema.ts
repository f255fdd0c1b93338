// One schema of response bodies, ready to judge: Prism's validator, the fields that it knows, and the texts that it
// has judged already.

import { isJsonObject } from './openapi-document.ts';
import type { PrismSchema } from './prism-operations.ts';
import type { Validate, Validators } from './prism-validators.ts';
import { findUndocumentedFields, toShape } from './shape.ts';
import type { Shape } from './shape.ts';

export type BodySchema = {
  readonly valid: Validate;
  readonly shape: Shape | undefined;
  /** Fragments and pages, each with the text as which it was found clean. */
  readonly clean: WeakMap<object, string>;
  /** Set where a page is right exactly when it is right without its items and each item is right by itself. */
  readonly page: { readonly property: string; readonly items: BodySchema } | undefined;
};

/** Equal schemas are the same object, so that an invitation found clean once is clean in every operation. */
export const createBodySchemas = (
  validators: Validators,
): ((schema: PrismSchema) => BodySchema) => {
  const made = new WeakMap<object, BodySchema>();
  const toBodySchema = (schema: PrismSchema): BodySchema => {
    const known = made.get(schema);
    if (known !== undefined) return known;
    const bodySchema: BodySchema = {
      valid: validators.responseBody(schema),
      shape: toShape(schema),
      clean: new WeakMap(),
      page: toPage(schema, toBodySchema),
    };
    made.set(schema, bodySchema);
    return bodySchema;
  };
  return toBodySchema;
};

export const isClean = ({ valid, shape }: BodySchema, value: unknown): boolean =>
  valid(value) && findUndocumentedFields(value, shape, []).length === 0;

const annotations = [
  '$schema',
  'default',
  'description',
  'example',
  'examples',
  'title',
  'type',
  'x-stoplight',
];

/** Any other keyword might look at the items and their surroundings together. */
const has = (schema: object, type: string, keywords: readonly string[]): boolean =>
  Reflect.get(schema, 'type') === type &&
  Object.keys(schema).every((name) => annotations.includes(name) || keywords.includes(name));

const toPage = (
  schema: PrismSchema,
  toBodySchema: (schema: PrismSchema) => BodySchema,
): BodySchema['page'] => {
  const { properties } = schema;
  if (!isJsonObject(properties) || !has(schema, 'object', ['properties', 'required'])) {
    return undefined;
  }
  // Prism strips write-only fields at some depths only: judged alone, an item might be stripped of others.
  if (JSON.stringify(schema).includes('"writeOnly"')) return undefined;
  const lists = Object.entries(properties).filter(
    ([, field]) => isJsonObject(field) && 'items' in field,
  );
  const [list] = lists;
  if (lists.length !== 1 || list === undefined) return undefined;
  const [property, field] = list;
  if (typeof field === 'boolean' || !has(field, 'array', ['items'])) return undefined;
  const { items } = field;
  if (typeof items !== 'object' || Array.isArray(items)) return undefined;
  return { property, items: toBodySchema(items) };
};
