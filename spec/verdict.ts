// The full verdict on a message of a known operation: Prism's findings and what `conform.ts` adds to them.
// Prism is shown values that we read ourselves, never bytes: its multipart parser throws at some.

import { conformRequest, conformResponse, isDecodable } from './conform.ts';
import type { ResponseBody, TextHeaders } from './conform.ts';
import type {
  ExchangeHeaders,
  ExchangeRequest,
  ExchangeRequestBody,
  ExchangeResponse,
} from './exchange.ts';
import type { Finding } from './finding.ts';
import { isForm, isJson, toMediaType } from './media-type.ts';
import type { DocumentedResponse, Operation } from './operation.ts';
import type { PrismOperation } from './prism-operations.ts';
import { findInRequest, findInResponse } from './prism.ts';
import type { Route } from './routes.ts';

/** Prism does not say where a response's media type is. */
const contentType = ['response', 'header', 'content-type'];
const urlencoded = 'application/x-www-form-urlencoded';

export const judgeRequest = (
  operation: Operation,
  route: Route,
  request: ExchangeRequest,
): readonly Finding[] => {
  const headers = toTextHeaders(request.headers);
  const mediaType = toMediaType(headers['content-type']);
  const shown = toShownOperation(operation, route, request.body, mediaType);
  const found = findInRequest(shown.source, {
    path: route.pathname,
    query: toQuery(route.query),
    headers: toShownHeaders(headers, shown.mediaType, request.body),
    body: toShownBody(request.body, mediaType),
  });
  return join(found, conformRequest(operation, route.parameters, headers, request.body));
};

/** The operation without the checks that would make Prism throw, or that there is nothing to check with. */
const toShownOperation = (
  { source }: Operation,
  route: Route,
  body: ExchangeRequestBody,
  mediaType: string | undefined,
): { readonly source: PrismOperation; readonly mediaType: string | undefined } => {
  const { path, body: documented, ...others } = source.request ?? {};
  const request: NonNullable<PrismOperation['request']> = { ...others };
  if (path !== undefined && route.parameters.every(isDecodable)) request.path = path;
  if (documented === undefined) return { source: { ...source, request }, mediaType };
  request.body = documented;
  if (body.kind === 'unreadable') request.body = { ...documented, required: false };
  const multipart = documented.contents?.find((content) => content.mediaType === mediaType);
  if (multipart === undefined || mediaType !== 'multipart/form-data') {
    return { source: { ...source, request }, mediaType };
  }
  request.body = { ...request.body, contents: [{ ...multipart, mediaType: urlencoded }] };
  return { source: { ...source, request }, mediaType: urlencoded };
};

const toShownHeaders = (
  headers: TextHeaders,
  mediaType: string | undefined,
  body: ExchangeRequestBody,
): TextHeaders => {
  const others = without(headers, 'content-type');
  // Prism asks about the media type only where a length is given, which a chunked body is without.
  const length = body.kind === 'none' ? {} : { 'content-length': '1' };
  return {
    ...others,
    ...length,
    ...(mediaType === undefined ? {} : { 'content-type': mediaType }),
  };
};

const toShownBody = (body: ExchangeRequestBody, mediaType: string | undefined): unknown => {
  const isAnnouncedAsForm = mediaType !== undefined && isForm(mediaType);
  switch (body.kind) {
    case 'none':
    case 'unreadable':
      return undefined;
    case 'json':
      // A string would be read as the text of a form; in a list it is seen to be none.
      return isAnnouncedAsForm ? [body.value] : body.value;
    case 'form':
      return isAnnouncedAsForm ? encode(body.fields) : { ...body.fields };
  }
};

const encode = (fields: Readonly<Record<string, string>>): string => {
  const parts = Object.entries(fields).map((part) => part.map(encodePart).join('='));
  return parts.join('&');
};

const encodePart = (text: string): string => {
  // Half a surrogate pair has no encoding; a buffer replaces it.
  return encodeURIComponent(Buffer.from(text).toString());
};

const toQuery = (query: string): Record<string, string | string[]> => {
  const values = new Map<string, string[]>();
  for (const [name, value] of new URLSearchParams(query)) {
    const others = values.get(name);
    if (others === undefined) values.set(name, [value]);
    else others.push(value);
  }
  return Object.fromEntries(
    [...values].map(([name, all]) => [name, all.length === 1 ? all.join() : all]),
  );
};

export const judgeResponse = (
  operation: Operation,
  documented: DocumentedResponse | undefined,
  response: ExchangeResponse,
  bodyless: boolean,
): readonly Finding[] => {
  const { status } = response;
  const headers = toTextHeaders(response.headers);
  if (documented === undefined) {
    return findInResponse(operation.source, { status, headers, body: undefined }).map(
      (finding) => ({ ...finding, severity: 'error', code: 'undocumented-status' }),
    );
  }
  const type = headers['content-type'];
  const body = readBody(documented, response.body, type, bodyless);
  const shown = {
    status,
    headers:
      bodyless && type === undefined
        ? { ...headers, 'content-type': documented.mediaTypes.join() }
        : headers,
    body: body.kind === 'value' ? body.value : undefined,
  };
  const found = findDespiteMediaType(operation.source, shown)
    .filter(({ location }) => body.kind === 'value' || location[1] !== 'body')
    .map((finding) =>
      finding.code === 'media-type' ? { ...finding, location: contentType } : finding,
    );
  return join(found, conformResponse(documented, headers, body));
};

const readBody = (
  { mediaTypes }: DocumentedResponse,
  text: string | undefined,
  type: string | undefined,
  bodyless: boolean,
): ResponseBody => {
  const empty = text === undefined || text === '';
  if (bodyless || mediaTypes.length === 0) return { kind: empty ? 'absent' : 'unexpected' };
  if (empty) return { kind: 'missing' };
  const mediaType = toMediaType(type);
  const isText = mediaType !== undefined && !isJson(mediaType) && mediaTypes.includes(mediaType);
  if (isText) return { kind: 'value', value: text };
  try {
    // JSON under another name is still what clients read.
    return { kind: 'value', value: JSON.parse(text) };
  } catch {
    return { kind: mediaType === undefined || isJson(mediaType) ? 'unreadable' : 'foreign' };
  }
};

type Shown = Parameters<typeof findInResponse>[1];

/** Prism throws at a media type that it cannot read; without one it words the finding and judges the rest. */
const findDespiteMediaType = (source: PrismOperation, shown: Shown): readonly Finding[] => {
  try {
    return findInResponse(source, shown);
  } catch {
    const headers = without(shown.headers, 'content-type');
    return findInResponse(source, { ...shown, headers });
  }
};

const without = (headers: TextHeaders, name: string): TextHeaders =>
  Object.fromEntries(Object.entries(headers).filter(([other]) => other !== name));

/** What Prism has said about a media type need not be said twice. */
const join = (found: readonly Finding[], added: readonly Finding[]): readonly Finding[] => {
  const said = found.some(({ code }) => code === 'media-type' || code === '415');
  return [...found, ...added.filter(({ code }) => !said || code !== 'media-type')];
};

const toTextHeaders = (headers: ExchangeHeaders): TextHeaders => {
  const texts: Record<string, string> = {};
  for (const [name, value] of Object.entries(headers)) {
    if (value === undefined) continue;
    texts[name.toLowerCase()] = typeof value === 'object' ? value.join(', ') : String(value);
  }
  return texts;
};
