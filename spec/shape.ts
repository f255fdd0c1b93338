// Which fields a schema knows. Prism lets a field pass that the spec does not have; to us it is a sign of drift.

import { isJsonObject } from './openapi-document.ts';
import type { Finding } from './finding.ts';

export type Shape = {
  /** A field whose value has no fields of its own to look at stands for `undefined`. */
  readonly fields: ReadonlyMap<string, Shape | undefined>;
  /** Any field may stand here. */
  readonly open: boolean;
  readonly items: Shape | undefined;
};

/** `undefined` for what has no fields at any depth. */
export const toShape = (schema: unknown): Shape | undefined => {
  if (!isJsonObject(schema)) return undefined;
  const branches = ['oneOf', 'anyOf', 'allOf'].flatMap((keyword) => toList(schema[keyword]));
  if (branches.length > 0)
    return unite([{ ...schema, oneOf: [], anyOf: [], allOf: [] }, ...branches]);
  const items = toShape(schema['items']);
  const { properties, additionalProperties } = schema;
  if (!isJsonObject(properties)) {
    return items === undefined && additionalProperties === undefined
      ? undefined
      : { fields: new Map(), open: true, items };
  }
  const fields = Object.entries(properties).map(([name, field]) => [name, toShape(field)] as const);
  const open = additionalProperties !== undefined && additionalProperties !== false;
  return { fields: new Map(fields), open, items };
};

/** A field that one of several schemas knows is known; what lies below it is left alone. */
const unite = (schemas: readonly unknown[]): Shape | undefined => {
  const shapes = schemas.map(toShape).filter((shape) => shape !== undefined);
  if (shapes.length === 0) return undefined;
  const names = shapes.flatMap(({ fields }) => [...fields.keys()]);
  return {
    fields: new Map(names.map((name) => [name, undefined])),
    open: shapes.some(({ open }) => open),
    items: undefined,
  };
};

export const findUndocumentedFields = (
  value: unknown,
  shape: Shape | undefined,
  location: readonly string[],
): readonly Finding[] => {
  const found: Finding[] = [];
  collect(value, shape, location, found);
  return found;
};

const collect = (
  value: unknown,
  shape: Shape | undefined,
  location: readonly string[],
  found: Finding[],
): void => {
  if (shape === undefined || typeof value !== 'object' || value === null) return;
  if (Array.isArray(value)) {
    for (const [index, item] of shape.items === undefined ? [] : value.entries()) {
      collect(item, shape.items, [...location, String(index)], found);
    }
    return;
  }
  for (const name of Object.keys(value)) {
    const inner = shape.fields.get(name);
    if (inner !== undefined) {
      collect(Reflect.get(value, name), inner, [...location, name], found);
    } else if (!shape.open && !shape.fields.has(name)) {
      found.push(undocumentedField(name, location));
    }
  }
};

const undocumentedField = (name: string, location: readonly string[]): Finding => ({
  location: [...location, name],
  severity: 'information',
  code: 'undocumented-field',
  message: `The contract knows no field "${name}" here.`,
});

const toList = (value: unknown): readonly unknown[] => (Array.isArray(value) ? value : []);
