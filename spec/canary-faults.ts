// The faults that the canary plants. Those of one group can be planted together in one message.

import { toExampleObject } from './canary-messages.ts';
import type { ExchangeRequest, ExchangeResponse } from './exchange.ts';
import { isJsonObject } from './openapi-document.ts';
import type { DocumentedResponse, Operation } from './operation.ts';

export type Fault<Message> = {
  readonly name: string;
  readonly plant: (message: Message) => Message;
  /** Where a finding has to be, or below. */
  readonly at: readonly string[];
};

type RequestFault = Fault<ExchangeRequest>;

export const toRequestFaults = (operation: Operation): readonly (readonly RequestFault[])[] => {
  const { query = [], body } = operation.source.request ?? {};
  const faults = [
    ...(operation.credentials === undefined ? [] : [withOtherScheme]),
    ...(operation.parameters === undefined ? [] : [withWrongId(operation)]),
    ...query.filter(({ schema }) => isPicky(schema)).map(({ name }) => withWrongQuery(name)),
  ];
  const bodies = (body?.contents ?? []).map(({ mediaType, schema }) =>
    Object.entries(toProperties(schema))
      .filter(([, field]) => isPicky(field) && !isReadOnly(field))
      .map(([name]) => withWrongField(operation, mediaType, name)),
  );
  const anonymous = withAuthorization('no credentials', undefined, []);
  return [faults, [withUnknownMediaType], ...bodies, operation.anonymous ? [] : [anonymous]];
};

const withAuthorization = (
  name: string,
  authorization: string | undefined,
  at: readonly string[],
): RequestFault => ({
  name,
  plant: (request) => ({ ...request, headers: { ...request.headers, authorization } }),
  at: ['request', ...at],
});

const withOtherScheme = withAuthorization('credentials of another scheme', 'Digest canary', [
  'header',
  'authorization',
]);

/** No UUID, and longer than any id. */
const wrongId = '~'.repeat(257);

const withWrongId = (operation: Operation): RequestFault => {
  const target = operation.path.replaceAll(/\{[^{}]*\}/g, wrongId);
  return {
    name: 'a wrong id',
    plant: (request) => ({ ...request, target }),
    at: ['request', 'path'],
  };
};

const withWrongQuery = (name: string): RequestFault => ({
  name: `a wrong "${name}"`,
  plant: (request) => {
    const mark = request.target.includes('?') ? '&' : '?';
    return { ...request, target: `${request.target}${mark}${name}=~` };
  },
  at: ['request', 'query', name],
});

const withWrongField = (operation: Operation, mediaType: string, name: string): RequestFault => {
  const isForm = operation.contents?.get(mediaType)?.formFields !== undefined;
  return {
    name: `a wrong "${name}" as ${mediaType}`,
    plant: ({ body, ...request }) => {
      const fields = { ...(body.kind === 'form' ? body.fields : {}), [name]: '~' };
      const value = { ...(body.kind === 'json' && isJsonObject(body.value) ? body.value : {}) };
      return {
        ...request,
        headers: { ...request.headers, 'content-type': mediaType },
        body: isForm
          ? { kind: 'form', fields }
          : { kind: 'json', value: { ...value, [name]: '~' } },
      };
    },
    at: ['request', 'body', name],
  };
};

const withUnknownMediaType: RequestFault = {
  name: 'a body of an unknown kind',
  plant: (request) => ({
    ...request,
    headers: { ...request.headers, 'content-type': 'text/canary' },
    body: { kind: 'unreadable' },
  }),
  at: ['request'],
};

export const toResponseFaults = (
  documented: DocumentedResponse,
): readonly Fault<ExchangeResponse>[] => {
  const { headers = [], contents = [] } = documented.source;
  const required = headers.filter((header) => header.required === true);
  const missing = required.map(({ name }) => withoutHeader(name));
  const at = ['response', 'body'];
  if (documented.body === undefined) {
    return [...missing, { name: 'a body', plant: (it) => ({ ...it, body: '{}' }), at }];
  }
  const fields = Object.entries(toProperties(contents[0]?.schema)).filter(([, it]) => isPicky(it));
  return [
    ...missing,
    {
      name: 'a wrong media type',
      plant: withUnknownType,
      at: ['response', 'header', 'content-type'],
    },
    ...(fields.length === 0
      ? [{ name: 'a wrong body', plant: withWrongBody, at }]
      : fields.map(([name]) => withWrongResponseField(name))),
  ];
};

/** A kind of JSON, so that the faults in the body are still read. */
const withUnknownType = (response: ExchangeResponse): ExchangeResponse => ({
  ...response,
  headers: { ...response.headers, 'content-type': 'canary/json' },
});

const withWrongBody = (response: ExchangeResponse): ExchangeResponse => ({
  ...response,
  body: '0',
});

const withoutHeader = (name: string): Fault<ExchangeResponse> => ({
  name: `no "${name}"`,
  plant: (response) => ({
    ...response,
    headers: { ...response.headers, [name.toLowerCase()]: undefined },
  }),
  at: ['response', 'header'],
});

const withWrongResponseField = (name: string): Fault<ExchangeResponse> => ({
  name: `a wrong "${name}"`,
  plant: (response) => ({
    ...response,
    body: JSON.stringify({ ...toExampleObject(response), [name]: '~' }),
  }),
  at: ['response', 'body', name],
});

const toProperties = (schema: unknown): Readonly<Record<string, unknown>> => {
  if (!isJsonObject(schema)) return {};
  const { properties } = schema;
  return isJsonObject(properties) ? properties : {};
};

const isReadOnly = (schema: unknown): boolean =>
  isJsonObject(schema) && schema['readOnly'] === true;

/** Whether "~" is a wrong value for it. */
const isPicky = (schema: unknown): boolean => {
  if (!isJsonObject(schema)) return false;
  const { type, format, enum: values } = schema;
  if (format !== undefined || values !== undefined) return true;
  return type !== undefined && ![type].flat().includes('string');
};
