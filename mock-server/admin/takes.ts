// What an operation of the testers' API takes, from the query or from the body, and how it is read.
import * as v from 'valibot';
import type { BodyLimits, ReadBody } from '../web/body.ts';
import type { Reply } from '../web/reply.ts';
import type { AdminRequest } from './admin-request.ts';
import type { AdminContext } from './context.ts';
import { badRequest, problem, unsupported } from './problem.ts';
import { fromTexts } from './schema/from-texts.ts';
import { object } from './schema/object.ts';
import { tellIssues } from './schema/words.ts';

export type Parsed<Value> = { readonly value: Value } | { readonly refused: Reply };

/** A name for the summary, and a body. */
type Example<Body> = readonly [summary: string, value: Body];

export type BodySpec<Schema extends v.GenericSchema = v.GenericSchema> = {
  readonly schema: Schema;
  readonly description: string;
  /** False where no body is as good as an empty object. */
  readonly required: boolean;
  /** Forms too, for the sake of what logs in with them. */
  readonly takesForms?: boolean;
  /** YAML too: a seed file. */
  readonly takesYaml?: boolean;
  readonly examples: Readonly<Record<string, Example<v.InferInput<Schema>>>>;
};

export type Takes<Value> = {
  readonly read: (context: AdminContext, request: AdminRequest) => Promise<Parsed<Value>>;
  readonly query?: v.ObjectEntries;
  /** Headers that count, with what they say. */
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: BodySpec;
};

export const nothing: Takes<undefined> = { read: () => Promise.resolve({ value: undefined }) };

export const check = <Schema extends v.GenericSchema>(
  schema: Schema,
  value: unknown,
  within = '',
): Parsed<v.InferOutput<Schema>> => {
  const { success, output, issues } = v.safeParse(schema, value);
  return success ? { value: output } : { refused: badRequest(tellIssues(issues, within)) };
};

/** A list, a text or a number where an object has to be is told as that. */
export const checkBody = <Schema extends v.GenericSchema>(
  schema: Schema,
  body: unknown,
): Parsed<v.InferOutput<Schema>> => {
  if (typeof body === 'object' && body !== null && !Array.isArray(body)) return check(schema, body);
  const found = body === null ? 'null' : Array.isArray(body) ? 'list' : typeof body;
  return { refused: badRequest(`The body is a ${found}; it has to be an object.`) };
};

/** Each name counts once. */
export const readQuery = <Entries extends v.ObjectEntries>(
  entries: Entries,
  request: AdminRequest,
): Parsed<v.InferOutput<v.StrictObjectSchema<Entries, undefined>>> => {
  const { searchParams } = new URL(request.target, 'http://localhost');
  const texts = Object.fromEntries(searchParams);
  return check(object(entries), fromTexts(entries, texts));
};

export const inQuery = <Entries extends v.ObjectEntries>(
  entries: Entries,
): Takes<v.InferOutput<v.StrictObjectSchema<Entries, undefined>>> => ({
  query: entries,
  read: (_context, request) => Promise.resolve(readQuery(entries, request)),
});

const refuse = ({ outcome }: Pick<ReadBody, 'outcome'>): Reply => {
  switch (outcome.kind) {
    case 'fields':
      return badRequest('The body is not what it has to be.');
    case 'not-an-object':
      return badRequest(`The body is ${outcome.found}; it has to be an object.`);
    case 'malformed':
      return badRequest(outcome.detail);
    case 'unsupported':
      return unsupported(outcome.detail);
    case 'too-large':
      return problem(413, 'Content Too Large', outcome.detail, { connection: 'close' });
    default:
      return outcome satisfies never;
  }
};

/** What `curl -d` sends where nobody tells it otherwise. */
export const isForm = (request: AdminRequest): boolean =>
  /^\s*(?:application\/x-www-form-urlencoded|multipart\/form-data)\b/i.test(
    String(request.headers['content-type'] ?? ''),
  );

export const refuseForm = (request: AdminRequest): Reply =>
  unsupported(
    `The body came as ${String(request.headers['content-type']).split(';', 1)[0] ?? 'a form'}, which is what curl -d sends unless told otherwise. Send JSON, with the header "Content-Type: application/json".`,
  );

const readAsked = async <Schema extends v.GenericSchema>(
  { schema, takesForms = false }: BodySpec<Schema>,
  request: AdminRequest,
  limits: BodyLimits,
): Promise<Parsed<v.InferOutput<Schema>>> => {
  const body = await request.readBody(limits);
  if (body.outcome.kind !== 'fields') return { refused: refuse(body) };
  if (!isForm(request) || body.text === null) return check(schema, body.outcome.fields);
  if (!takesForms || /^\s*\{/.test(body.text)) return { refused: refuseForm(request) };
  const entries = 'entries' in schema && isEntries(schema.entries) ? schema.entries : {};
  return check(schema, fromTexts(entries, body.outcome.fields));
};

const isEntries = (value: unknown): value is v.ObjectEntries =>
  typeof value === 'object' && value !== null;

export const inBody = <Schema extends v.GenericSchema>(
  spec: BodySpec<Schema>,
): Takes<v.InferOutput<Schema>> => ({
  body: spec,
  read: ({ bodyLimits }, request) => readAsked(spec, request, bodyLimits),
});
