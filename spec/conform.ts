// What Prism lets pass and the contract does not. Each function adds to Prism's findings; none takes one away.

import { isCredential } from './credential-forms.ts';
import type { ExchangeRequestBody } from './exchange.ts';
import type { Finding, Severity } from './finding.ts';
import { isJson, toMediaType } from './media-type.ts';
import type { DocumentedResponse, Operation } from './operation.ts';
import { findUndocumentedFields } from './shape.ts';

export type TextHeaders = Readonly<Record<string, string>>;

export const conformRequest = (
  operation: Operation,
  pathParameters: readonly string[],
  headers: TextHeaders,
  body: ExchangeRequestBody,
): readonly Finding[] => [
  ...conformCredentials(operation, headers['authorization']),
  ...conformParameters(operation, pathParameters),
  ...conformRequestType(operation, headers['content-type'], body),
];

const conformCredentials = (
  { credentials }: Operation,
  authorization: string | undefined,
): readonly Finding[] => {
  if (authorization === undefined || isCredential(credentials, authorization)) return [];
  return [
    error(
      ['request', 'header', 'authorization'],
      'authorization-scheme',
      `Request header authorization must be ${credentials?.inWords ?? 'absent'}`,
    ),
  ];
};

export const isDecodable = (pathParameter: string): boolean => {
  try {
    decodeURIComponent(pathParameter);
    return true;
  } catch {
    return false;
  }
};

const conformParameters = (
  { parameters }: Operation,
  values: readonly string[],
): readonly Finding[] =>
  values.flatMap((value, index) => {
    if (isDecodable(value)) return [];
    const location = ['request', 'path', parameters?.names[index] ?? ''];
    const message = `Request path parameter "${value}" cannot be decoded`;
    return [error(location, 'percent-encoding', message)];
  });

const conformRequestType = (
  operation: Operation,
  header: string | undefined,
  body: ExchangeRequestBody,
): readonly Finding[] => {
  const location = ['request', 'header', 'content-type'];
  const mediaType = toMediaType(header);
  if (header !== undefined && mediaType === undefined) {
    return [error(location, 'media-type', `Request media type "${header}" cannot be read`)];
  }
  const { contents } = operation;
  if (body.kind === 'none' || contents === undefined) return [];
  const content = mediaType === undefined ? undefined : contents.get(mediaType);
  if (content === undefined) {
    const documented = [...contents.keys()].join(', ');
    const message = `Request media type "${mediaType ?? ''}" is not documented: ${documented}`;
    return [error(location, 'media-type', message)];
  }
  // Prism takes a null for a body that was not sent.
  if (
    body.kind === 'json' &&
    body.value === null &&
    !operation.bodyRequired &&
    !content.valid(null)
  ) {
    return [error(['request', 'body'], 'type', 'Request body must not be null')];
  }
  return [];
};

/** What became of a response's text. `value` may be judged; the others say why there is none. */
export type ResponseBody =
  | { readonly kind: 'value'; readonly value: unknown }
  | { readonly kind: 'absent' | 'missing' | 'unexpected' | 'unreadable' | 'foreign' };

export const conformResponse = (
  documented: DocumentedResponse,
  headers: TextHeaders,
  body: ResponseBody,
): readonly Finding[] => [
  ...conformResponseType(documented, headers['content-type']),
  ...conformBody(documented, body),
];

/** One in which the bytes of UTF-8 are other letters: whoever heeds it cannot read the JSON. */
const otherCharset = /;\s*charset\s*=\s*"?(utf-?(?:16|32)\w*|ucs-?[24])/i;

/** To Prism "application/problem+json" is as good as "application/json". */
const conformResponseType = (
  { mediaTypes }: DocumentedResponse,
  header: string | undefined,
): readonly Finding[] => {
  if (header === undefined || mediaTypes.length === 0) return [];
  const mediaType = toMediaType(header);
  const [, charset] = otherCharset.exec(header) ?? [];
  if (charset !== undefined && mediaType !== undefined && isJson(mediaType)) {
    const words = `Response body is said to be in ${charset}, but JSON is in UTF-8 (RFC 8259)`;
    return [error(['response', 'header', 'content-type'], 'media-type', words)];
  }
  if (mediaType !== undefined && mediaTypes.includes(mediaType)) return [];
  const message = `Response media type "${header}" is not documented: ${mediaTypes.join(', ')}`;
  return [error(['response', 'header', 'content-type'], 'media-type', message)];
};

const conformBody = (documented: DocumentedResponse, body: ResponseBody): readonly Finding[] => {
  const location = ['response', 'body'];
  switch (body.kind) {
    case 'value':
      return findUndocumentedFields(body.value, documented.body?.shape, location);
    case 'absent':
    // Its media type has said that it is no JSON, and that is what is wrong.
    case 'foreign':
      return [];
    case 'missing':
      return [error(location, 'missing-body', 'Response body is documented, but there is none')];
    case 'unexpected':
      return [
        error(location, 'unexpected-body', 'Response body is present where there must be none'),
      ];
    case 'unreadable':
      return [error(location, 'invalid-json', 'Response body is not JSON')];
  }
};

export const unknownOperation = (
  side: 'request' | 'response',
  severity: Severity,
  message: string,
): Finding => ({ location: [side], severity, code: 'unknown-operation', message });

const error = (location: readonly string[], code: string, message: string): Finding => ({
  location,
  severity: 'error',
  code,
  message,
});
