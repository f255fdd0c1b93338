// One operation of the contract as the judge uses it: Prism's own description of it, and beside it what the quick way
// needs. Where Prism does something that the quick way does not know, `quick` is false and Prism alone decides.

import { createBodySchemas } from './body-schema.ts';
import type { BodySchema } from './body-schema.ts';
import { isAuthorization, toCredentialForms } from './credential-forms.ts';
import type { CredentialForms } from './credential-forms.ts';
import { isForm, toMediaType } from './media-type.ts';
import { isJsonObject } from './openapi-document.ts';
import type {
  PrismContent,
  PrismOperation,
  PrismResponse,
  PrismSchema,
} from './prism-operations.ts';
import { createValidators } from './prism-validators.ts';
import type { Validate, Validators } from './prism-validators.ts';
import type { Line } from './routes.ts';

/** Parameters whose values are taken as they stand, by their names in lower case. */
export type Parameters = {
  readonly names: readonly string[];
  readonly valid: Validate;
};

export type RequestContent = {
  /** The fields of a form that count; `undefined` for JSON. */
  readonly formFields: readonly string[] | undefined;
  readonly valid: Validate;
};

export type DocumentedResponse = {
  readonly status: number;
  readonly source: PrismResponse;
  readonly quick: boolean;
  /** Empty where there must be no body. */
  readonly mediaTypes: readonly string[];
  /** The values of `Content-Type` that the quick way knows to be right. */
  readonly contentTypes: ReadonlySet<string>;
  readonly headers: Parameters | undefined;
  readonly body: BodySchema | undefined;
};

export type Operation = Line & {
  readonly id: string;
  readonly source: PrismOperation;
  readonly quick: boolean;
  readonly anonymous: boolean;
  /** What an `Authorization` header may look like; `undefined` where nothing is said of it. */
  readonly credentials: CredentialForms | undefined;
  /** Of the path, in their order there. */
  readonly parameters: Parameters | undefined;
  readonly query: Parameters | undefined;
  /** By media type; `undefined` where there must be no body. */
  readonly contents: ReadonlyMap<string, RequestContent> | undefined;
  readonly bodyRequired: boolean;
  readonly responses: ReadonlyMap<number, DocumentedResponse>;
};

/**
 * Of one contract, whose operations share what Prism compiles. What it gives throws for a schema that does not compile, and for
 * what the judge does not know how to judge.
 */
export const createOperations = (): ((source: PrismOperation) => Operation) => {
  const validators = createValidators();
  const toBodySchema = createBodySchemas(validators);
  return (source) => {
    const id = source.iid ?? `${source.method} ${source.path}`;
    try {
      const responses = source.responses.map((it) => toResponse(it, validators, toBodySchema));
      return {
        id,
        ...toRequest(source, validators),
        responses: new Map(responses.map((it) => [it.status, it])),
      };
    } catch (error) {
      throw new Error(`The contract's operation "${id}" cannot be judged. ${String(error)}`, {
        cause: error,
      });
    }
  };
};

export const toOperations = (sources: readonly PrismOperation[]): readonly Operation[] =>
  sources.map(createOperations());

const toRequest = (
  source: PrismOperation,
  validators: Validators,
): Omit<Operation, 'id' | 'responses'> => {
  const { path = [], query = [], headers = [], body } = source.request ?? {};
  const { security = [] } = source;
  const schemes = security.flat();
  const contents = body?.contents ?? [];
  return {
    method: source.method.toUpperCase(),
    path: source.path,
    source,
    anonymous: security.length === 0 || security.some((alternative) => alternative.length === 0),
    quick:
      headers.length === 0 &&
      [...path, ...query].every(isPlain) &&
      contents.every(({ encodings = [] }) => encodings.length === 0) &&
      schemes.every(isAuthorization),
    credentials: toCredentialForms(schemes),
    parameters:
      path.length === 0 ? undefined : { names: namesIn(source.path), valid: validators.path(path) },
    query:
      query.length === 0 ? undefined : { names: toNames(query), valid: validators.query(query) },
    contents:
      body === undefined
        ? undefined
        : new Map(contents.flatMap((it) => toRequestContent(it, validators))),
    bodyRequired: body?.required ?? false,
  };
};

const toRequestContent = (
  content: PrismContent,
  validators: Validators,
): [string, RequestContent][] => {
  const mediaType = toMediaType(content.mediaType);
  const { schema } = content;
  if (mediaType === undefined || schema === undefined) {
    throw new Error(
      `The request body "${content.mediaType}" needs a plain media type and a schema.`,
    );
  }
  const form = isForm(mediaType);
  const valid = validators.requestBody(schema, form ? 'form' : 'json');
  return [[mediaType, { valid, formFields: form ? toFormFields(schema) : undefined }]];
};

/** Prism takes from a form only the fields that the schema has, less the read-only ones. */
const toFormFields = ({ properties }: PrismSchema): readonly string[] => {
  if (!isJsonObject(properties)) throw new Error('The schema of a form needs properties.');
  return Object.entries(properties)
    .filter(([, field]) => !(isJsonObject(field) && field['readOnly'] === true))
    .map(([name]) => name);
};

const toResponse = (
  source: PrismResponse,
  validators: Validators,
  toBodySchema: (schema: PrismSchema) => BodySchema,
): DocumentedResponse => {
  if (!/^[1-5]\d\d$/.test(source.code)) {
    throw new Error(
      `The contract has to spell out its statuses; it has a response "${source.code}".`,
    );
  }
  const { contents = [], headers = [] } = source;
  const [content] = contents;
  const mediaTypes = contents.map(({ mediaType }) => mediaType.toLowerCase());
  const charsets = ['', '; charset=utf-8', ';charset=utf-8', '; charset=UTF-8'];
  return {
    status: Number(source.code),
    source,
    quick:
      contents.length <= 1 &&
      headers.every(isPlain) &&
      mediaTypes.every((mediaType) => toMediaType(mediaType) === mediaType),
    mediaTypes,
    contentTypes: new Set(mediaTypes.flatMap((it) => charsets.map((charset) => it + charset))),
    headers:
      headers.length === 0
        ? undefined
        : { names: toNames(headers), valid: validators.responseHeaders(headers) },
    body: content?.schema === undefined ? undefined : toBodySchema(content.schema),
  };
};

type Spelled = {
  readonly style?: string;
  readonly deprecated?: boolean;
  readonly schema?: { readonly type?: unknown };
};

/** Lists and objects are spelled in many styles, which the quick way does not read. */
const isPlain = ({ schema, style, deprecated }: Spelled): boolean =>
  (style === 'simple' || style === 'form') &&
  deprecated !== true &&
  schema !== undefined &&
  schema.type !== 'array' &&
  schema.type !== 'object';

/** In the order in which a target gives their values. */
const namesIn = (template: string): readonly string[] =>
  [...template.matchAll(/\{([^{}]*)\}/g)].map(([, name = '']) => name.toLowerCase());

const toNames = (parameters: readonly { readonly name: string }[]): readonly string[] =>
  parameters.map(({ name }) => name.toLowerCase());
