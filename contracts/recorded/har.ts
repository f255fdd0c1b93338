// Recorded traffic, HAR 1.2, as its exchanges: read with care, for every tool writes it a little differently. What is about
// something else is only counted, however odd it is.
import { isRecord, isText, toRecord, type Json } from '../invitation.ts';
import type { Beside, HarFile } from './har-file.ts';
import { areComplete, readHeaders, type Headers } from './headers.ts';
import { readRequestBody, readResponseBody } from './bodies.ts';

export type ReadEntry =
  | { readonly kind: 'exchange'; readonly entry: HarEntry }
  | { readonly kind: 'elsewhere' }
  /** Answered by the browser or the test, and not by the server. */
  | { readonly kind: 'not asked' }
  | { readonly kind: 'unreadable'; readonly reason: string };

/** Chrome, Safari; a service worker, what it asks the server is another entry; Playwright, where a test answers. */
const isNotAsked = (value: Json): boolean => {
  const { response } = value;
  if (isRecord(response) && response['_fetchedViaServiceWorker'] === true) return true;
  const { _fromCache: cache, _fetchType: fetchType, _wasFulfilled: wasFulfilled } = value;
  const isOfSafari = typeof fetchType === 'string' && fetchType.endsWith('Cache');
  return (
    (cache !== undefined && cache !== null && cache !== false) ||
    isOfSafari ||
    wasFulfilled === true
  );
};

/** Some recorders write the path alone. */
const toUrl = (url: string, headers: Headers): URL | undefined => {
  if (URL.canParse(url)) return new URL(url);
  const base = `https://${headers['host'] ?? ''}`;
  return url.startsWith('/') && URL.canParse(base) ? new URL(url, base) : undefined;
};

const readStatus = (value: unknown): number => {
  const status = typeof value === 'string' ? Number(value.split(' ', 1)) : value;
  return typeof status === 'number' && Number.isInteger(status) ? status : 0;
};

const readExchange = (value: Json, request: Json, index: number, beside: Beside) => {
  const requestHeaders = readHeaders(request['headers']);
  const response = toRecord(value['response']);
  const headers = readHeaders(response['headers']);
  const method = isText(request['method']) ? request['method'].toUpperCase() : '';
  /** 0 when no answer came. */
  const status = readStatus(response['status']);
  return {
    /** Its place in the file, from 0 on. */
    index,
    /** In ms since the epoch; NaN where the recording does not say. */
    startedAt: Date.parse(String(value['startedDateTime'])),
    ...{ method, requestHeaders, status, headers },
    requestBody: readRequestBody(request, requestHeaders, beside),
    /** False when the recording may lack headers that were sent. */
    hasAllHeaders: areComplete(headers),
    ...readResponseBody(method, status, response, headers, beside),
  };
};

export type HarEntry = Readonly<ReturnType<typeof readExchange> & { url: URL }>;

export type IsAbout = (url: URL, method: string) => boolean;

export const readEntries = ({ entries, beside }: HarFile, isAbout: IsAbout): readonly ReadEntry[] =>
  entries.map((value, index): ReadEntry => {
    if (!isRecord(value) || !isRecord(value['request'])) return { kind: 'elsewhere' };
    const { request } = value;
    const { url: address } = request;
    const url = isText(address) ? toUrl(address, readHeaders(request['headers'])) : undefined;
    if (url === undefined) {
      const mayBe = isText(address) && address.includes('/api/v1/invitations/');
      const reason = `entry ${index} has no request.url with a host, but ${JSON.stringify(address)}`;
      return mayBe ? { kind: 'unreadable', reason } : { kind: 'elsewhere' };
    }
    const verb = isText(request['method']) ? request['method'].toUpperCase() : '';
    if (!isAbout(url, verb)) return { kind: 'elsewhere' };
    if (verb === '') return { kind: 'unreadable', reason: `entry ${index} has no request.method` };
    if (isNotAsked(value)) return { kind: 'not asked' };
    return { kind: 'exchange', entry: { url, ...readExchange(value, request, index, beside) } };
  });
