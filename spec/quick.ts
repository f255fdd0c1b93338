// The quick way to a clean verdict. It says yes only where Prism and `conform.ts` would both find nothing; whatever it
// does not know it leaves to them. It never words a finding.

import type { BodySchema } from './body-schema.ts';
import { isClean } from './body-schema.ts';
import { isCredential } from './credential-forms.ts';
import type { ExchangeHeaders, ExchangeRequest, ExchangeResponse } from './exchange.ts';
import { toMediaType } from './media-type.ts';
import { isJsonObject } from './openapi-document.ts';
import type { DocumentedResponse, Operation, Parameters, RequestContent } from './operation.ts';
import type { Route } from './routes.ts';

export const clearsRequest = (
  operation: Operation,
  route: Route,
  { headers, body }: ExchangeRequest,
): boolean =>
  operation.quick &&
  clearsCredentials(headers['authorization'], operation) &&
  (operation.parameters === undefined ||
    clearsParameters(operation.parameters, route.parameters)) &&
  (operation.query === undefined || clearsQuery(operation.query, route.query)) &&
  (body.kind === 'none' ? clearsNoBody(operation, headers) : clearsBody(operation, headers, body));

const clearsCredentials = (
  value: ExchangeHeaders[string],
  { anonymous, credentials }: Operation,
): boolean =>
  value === undefined ? anonymous : typeof value === 'string' && isCredential(credentials, value);

/** Prism decodes a parameter, makes a list of it at commas, and loses it at line ends. */
const special = /[%,\n\r\u2028\u2029]/;
/** The ids of users have it, and it stands for itself. */
const bar = /%7c/gi;

const clearsParameters = ({ names, valid }: Parameters, given: readonly string[]): boolean => {
  const values: Record<string, string> = {};
  for (const [index, name] of names.entries()) {
    const sent = given[index];
    const value = sent?.includes('%') === true ? sent.replace(bar, '|') : sent;
    if (value === undefined || special.test(value)) return false;
    values[name] = value;
  }
  return valid(values);
};

const clearsQuery = ({ names, valid }: Parameters, query: string): boolean => {
  const values: Record<string, string> = {};
  if (query === '') return valid(values);
  const seen: string[] = [];
  for (const [name, value] of new URLSearchParams(query)) {
    const known = name.toLowerCase();
    if (!names.includes(known)) continue;
    if (seen.includes(known)) return false;
    seen.push(known);
    if (value !== '') values[known] = value;
  }
  return valid(values);
};

const clearsNoBody = ({ bodyRequired }: Operation, headers: ExchangeHeaders): boolean => {
  const length = headers['content-length'];
  const type = headers['content-type'];
  return (
    !bodyRequired &&
    (length === undefined || length === '0') &&
    (type === undefined || (typeof type === 'string' && toMediaType(type) !== undefined))
  );
};

const clearsBody = (
  { contents }: Operation,
  headers: ExchangeHeaders,
  body: ExchangeRequest['body'],
): boolean => {
  const type = headers['content-type'];
  if (typeof type !== 'string') return false;
  const mediaType = toMediaType(type);
  const content = mediaType === undefined ? undefined : contents?.get(mediaType);
  if (content === undefined) return false;
  switch (body.kind) {
    case 'none':
      return false;
    case 'unreadable':
      return true;
    case 'json':
      return (
        content.formFields === undefined && isJsonObject(body.value) && content.valid(body.value)
      );
    case 'form':
      return clearsForm(content, body.fields);
  }
};

const clearsForm = (
  { formFields, valid }: RequestContent,
  fields: Readonly<Record<string, string>>,
): boolean => {
  if (formFields === undefined) return false;
  const counted: Record<string, string> = {};
  for (const name of formFields) {
    const value = fields[name];
    if (value !== undefined) counted[name] = value;
  }
  return valid(counted);
};

export const clearsResponse = (
  documented: DocumentedResponse,
  response: ExchangeResponse,
  bodyless: boolean,
): boolean => {
  const { headers, body } = response;
  if (!documented.quick || !clearsHeaders(documented.headers, headers)) return false;
  const empty = body === undefined || body === '';
  if (documented.mediaTypes.length === 0) return empty;
  const type = headers['content-type'];
  if (bodyless && type === undefined) return empty;
  if (typeof type !== 'string' || !documented.contentTypes.has(type)) return false;
  if (bodyless) return empty;
  return !empty && documented.body !== undefined && clearsText(documented.body, response, body);
};

const clearsHeaders = (parameters: Parameters | undefined, headers: ExchangeHeaders): boolean => {
  if (parameters === undefined) return true;
  const values: Record<string, string> = {};
  for (const name of parameters.names) {
    const value = headers[name];
    if (value === undefined || value === '') continue;
    if (typeof value !== 'string') return false;
    values[name] = value;
  }
  return parameters.valid(values);
};

const clearsText = (schema: BodySchema, response: ExchangeResponse, body: string): boolean => {
  const { fragment, page } = response;
  if (fragment !== undefined) {
    if (fragment.text !== body) return false;
    const { value } = fragment;
    return value === undefined ? clearsFragment(schema, fragment) : isClean(schema, value);
  }
  if (page !== undefined && schema.page !== undefined) {
    return clearsPage(schema, schema.page, page, body);
  }
  return clearsJson(schema, body);
};

const clearsFragment = (schema: BodySchema, fragment: { readonly text: string }): boolean => {
  if (schema.clean.get(fragment) === fragment.text) return true;
  const clean = clearsJson(schema, fragment.text);
  if (clean) schema.clean.set(fragment, fragment.text);
  return clean;
};

/** A page is right when it is right without its items and each item is right by itself. */
const clearsPage = (
  schema: BodySchema,
  { property, items }: NonNullable<BodySchema['page']>,
  page: NonNullable<ExchangeResponse['page']>,
  body: string,
): boolean => {
  if (schema.clean.get(page) === body) return true;
  const { head, items: fragments, tail } = page;
  let length = head.length + tail.length + Math.max(0, fragments.length - 1);
  for (const fragment of fragments) {
    if (!clearsFragment(items, fragment)) return false;
    length += fragment.text.length;
  }
  const clean =
    // The joined text is what is sent; pieces that cannot make it up say nothing about it.
    length === body.length &&
    head.endsWith(`"${property}":[`) &&
    tail.startsWith(']') &&
    clearsJson(schema, head + tail);
  if (clean) schema.clean.set(page, body);
  return clean;
};

const clearsJson = (schema: BodySchema, text: string): boolean => {
  try {
    return isClean(schema, JSON.parse(text));
  } catch {
    return false;
  }
};
