// Schemas that have a name of their own in the description of the testers' API. Each stands beside what it describes.
import * as v from 'valibot';

export type AnySchema = v.GenericSchema;

const byName = new Map<string, AnySchema>();

/** The same schema, known by `name` from now on; `description` says what it is. */
export const named = <Schema extends v.GenericSchema>(
  name: string,
  description: string,
  schema: Schema,
): v.SchemaWithPipe<readonly [Schema, v.DescriptionAction<v.InferOutput<Schema>, string>]> => {
  const described = v.pipe(schema, v.description(description));
  byName.set(name, described);
  return described;
};

export const namedSchemas = (): Readonly<Record<string, AnySchema>> => Object.fromEntries(byName);
