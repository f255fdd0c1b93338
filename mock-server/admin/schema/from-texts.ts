// A query and a form have texts alone. What reads like a number or a truth value is one where the schema wants one.
import type { ObjectEntries } from 'valibot';

const innerOf = (schema: object): readonly object[] => {
  if ('wrapped' in schema && typeof schema.wrapped === 'object' && schema.wrapped !== null) {
    return [schema.wrapped];
  }
  if ('options' in schema && Array.isArray(schema.options)) {
    const options: readonly unknown[] = schema.options;
    return options.filter((option) => typeof option === 'object' && option !== null);
  }
  return [];
};

const takes = (schema: object, type: string): boolean =>
  ('type' in schema && schema.type === type) || innerOf(schema).some((inner) => takes(inner, type));

const fromText = (schema: object, text: string): unknown => {
  if (/^-?\d{1,15}$/.test(text) && takes(schema, 'number')) return Number(text);
  if (/^(?:true|false)$/.test(text) && takes(schema, 'boolean')) return text === 'true';
  return text;
};

/** A member that is empty is absent where it is no text. */
export const fromTexts = (
  entries: ObjectEntries,
  fields: Readonly<Record<string, unknown>>,
): Readonly<Record<string, unknown>> => {
  const read: Record<string, unknown> = {};
  for (const [name, value] of Object.entries(fields)) {
    const schema = Object.hasOwn(entries, name) ? entries[name] : undefined;
    if (schema === undefined || typeof value !== 'string') read[name] = value;
    else if (value !== '' || !(takes(schema, 'number') || takes(schema, 'boolean'))) {
      read[name] = fromText(schema, value);
    }
  }
  return read;
};
