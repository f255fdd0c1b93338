// Recorded traffic, HAR 1.2, as its entries: read with care, for every tool writes it a little differently.
import { CannotRun } from '../cannot-run.ts';
import { isRecord } from '../invitation.ts';

export type Headers = Readonly<Record<string, string>>;

export type HarEntry = {
  /** Its place in the file, from 0 on. */
  readonly index: number;
  readonly method: string;
  readonly url: URL;
  readonly requestHeaders: Headers;
  readonly requestBody: { readonly text: string; readonly contentType: string } | undefined;
  /** 0 when no answer came. */
  readonly status: number;
  readonly headers: Headers;
  /** Undefined when there was one and the recording does not have it. */
  readonly body: string | undefined;
};

type Json = Readonly<Record<string, unknown>>;

const complain = (file: string, index: number, what: string): never => {
  throw new CannotRun(`${file} is no HAR as version 1.2 has it: entry ${index} ${what}.`);
};

const toHeaders = (value: unknown): Headers | undefined => {
  if (value === undefined) return {};
  if (!Array.isArray(value)) return undefined;
  const headers: Record<string, string> = {};
  const list: readonly unknown[] = value;
  for (const header of list) {
    if (!isRecord(header)) return undefined;
    const { name, value: text } = header;
    if (typeof name !== 'string' || typeof text !== 'string') return undefined;
    // HTTP/2 recordings have :method and the like among them.
    if (name.startsWith(':')) continue;
    const key = name.toLowerCase();
    headers[key] = headers[key] === undefined ? text : `${headers[key]}, ${text}`;
  }
  return headers;
};

const isBase64 = (text: string): boolean => /^[\d+/A-Za-z\s]*={0,2}\s*$/.test(text);

/** Whether nothing was sent, rather than nothing recorded. */
const isEmpty = (method: string, response: Json, content: Json, headers: Headers): boolean => {
  // The answer to a HEAD has the length of a body that it does not have.
  if (method === 'HEAD' || response['status'] === 204) return true;
  const sizes = [content['size'], response['bodySize'], Number(headers['content-length'] ?? 0)];
  return sizes.every((size) => typeof size !== 'number' || size <= 0);
};

const readBody = (
  method: string,
  response: Json,
  headers: Headers,
  fail: (what: string) => never,
): string | undefined => {
  const content = response['content'] ?? {};
  if (!isRecord(content)) return fail('has a response.content that is no object');
  const { text, encoding } = content;
  if (text === undefined || text === null || text === '') {
    return isEmpty(method, response, content, headers) ? '' : undefined;
  }
  if (typeof text !== 'string') return fail('has a response.content.text that is no text');
  if (encoding === undefined || encoding === '') return text;
  if (encoding !== 'base64') return undefined;
  if (!isBase64(text)) return fail('has a response.content.text that is no base64');
  return Buffer.from(text, 'base64').toString('utf8');
};

const toForm = (params: unknown): string | undefined => {
  if (!Array.isArray(params)) return undefined;
  const form = new URLSearchParams();
  const list: readonly unknown[] = params;
  for (const { name, value } of list.filter(isRecord)) {
    if (typeof name === 'string' && typeof value === 'string') form.append(name, value);
  }
  return form.toString();
};

const readRequestBody = (request: Json, headers: Headers): HarEntry['requestBody'] => {
  const { postData } = request;
  if (!isRecord(postData)) return undefined;
  const { mimeType, text, params } = postData;
  const type = headers['content-type'] ?? (typeof mimeType === 'string' ? mimeType : '');
  if (typeof text === 'string' && text !== '') return { text, contentType: type };
  const form = type.startsWith('application/x-www-form-urlencoded') ? toForm(params) : undefined;
  return form === undefined || form === '' ? undefined : { text: form, contentType: type };
};

const toEntry = (value: unknown, index: number, file: string): HarEntry => {
  const fail = (what: string): never => complain(file, index, what);
  if (!isRecord(value)) return fail('is no object');
  const { request, response } = value;
  if (!isRecord(request)) return fail('has no request');
  if (!isRecord(response)) return fail('has no response');
  const { method, url } = request;
  if (typeof method !== 'string') return fail('has no request.method');
  if (typeof url !== 'string' || !URL.canParse(url)) return fail('has no request.url with a host');
  const { status } = response;
  if (typeof status !== 'number') return fail('has no number in response.status');
  const requestHeaders =
    toHeaders(request['headers']) ?? fail('has request.headers that are no list of name and value');
  const headers =
    toHeaders(response['headers']) ??
    fail('has response.headers that are no list of name and value');
  return {
    index,
    method: method.toUpperCase(),
    url: new URL(url),
    requestHeaders,
    requestBody: readRequestBody(request, requestHeaders),
    status,
    headers,
    body: readBody(method.toUpperCase(), response, headers, fail),
  };
};

export const parseHar = (text: string, file: string): readonly HarEntry[] => {
  let document: unknown;
  try {
    // Some tools begin the file with a byte order mark.
    document = JSON.parse(text.replace(/^\uFEFF/, ''));
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw new CannotRun(`${file} is no HAR, for it is no JSON: ${reason}.`);
  }
  const log = isRecord(document) ? document['log'] : undefined;
  const entries = isRecord(log) ? log['entries'] : undefined;
  if (!Array.isArray(entries)) {
    throw new CannotRun(`${file} is no HAR: there is no list log.entries in it.`);
  }
  const list: readonly unknown[] = entries;
  return list.map((entry, index) => toEntry(entry, index, file));
};
