// An example of what a schema of the description describes: what a reader sees first, and what the judge of the
// description tries itself on.
type Node = Readonly<Record<string, unknown>>;

const isNode = (value: unknown): value is Node =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

const ofFormat: Readonly<Record<string, string>> = {
  uuid: '0d9c3b7e-61f4-4e2a-b5d8-7a1f2c4e6908',
  'date-time': '2026-01-31T09:00:00Z',
};

const firstOf = (value: unknown): unknown => (Array.isArray(value) ? value[0] : undefined);

const numberOf = ({ minimum }: Node): number =>
  typeof minimum === 'number' && minimum > 0 ? minimum : 1;

/** `schemas`: those that references lead to, by name. */
export const exampleOf = (schema: unknown, schemas: Node): unknown => {
  if (!isNode(schema)) return undefined;
  if (typeof schema['$ref'] === 'string') {
    return exampleOf(schemas[schema['$ref'].replace(/^.*\//, '')], schemas);
  }
  if ('example' in schema) return schema['example'];
  const chosen = firstOf(schema['enum']);
  if (chosen !== undefined) return chosen;
  const branch = firstOf(schema['anyOf'] ?? schema['oneOf']);
  if (branch !== undefined) return exampleOf(branch, schemas);
  switch (schema['type']) {
    case 'object':
      return objectOf(schema, schemas);
    case 'array':
      return [exampleOf(schema['items'], schemas)];
    case 'boolean':
      return false;
    case 'integer':
    case 'number':
      return numberOf(schema);
    default:
      return ofFormat[String(schema['format'])] ?? 'text';
  }
};

const objectOf = ({ properties, required }: Node, schemas: Node): unknown => {
  const wanted: readonly unknown[] = Array.isArray(required) ? required : [];
  const entries = Object.entries(isNode(properties) ? properties : {});
  return Object.fromEntries(
    entries
      .filter(([name]) => wanted.includes(name))
      .map(([name, schema]) => [name, exampleOf(schema, schemas)]),
  );
};
