// Recorded traffic, HAR 1.2, as its exchanges: read with care, for every tool writes it a little differently. What is about
// something else is only counted, however odd it is.
import { isRecord, toRecord, type Json } from '../invitation.ts';
import type { HarFile } from './har-file.ts';
import { areComplete, readHeaders, type Headers } from './headers.ts';
import { readRequestBody, readResponseBody } from './bodies.ts';
import type { RequestBody, ResponseBody } from './bodies.ts';

export type HarEntry = ResponseBody & {
  /** Its place in the file, from 0 on. */
  readonly index: number;
  /** In ms since the epoch; NaN where the recording does not say. */
  readonly startedAt: number;
  readonly method: string;
  readonly url: URL;
  readonly requestHeaders: Headers;
  readonly requestBody: RequestBody | undefined;
  /** 0 when no answer came. */
  readonly status: number;
  readonly headers: Headers;
  /** False when the recording may lack headers that were sent. */
  readonly hasAllHeaders: boolean;
};

export type ReadEntry =
  | { readonly kind: 'exchange'; readonly entry: HarEntry }
  /** About something else than the API. */
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

/** Decides by the address and the method whether an entry is about the API. */
export type IsAbout = (url: URL, method: string) => boolean;

export const readEntries = ({ entries, beside }: HarFile, isAbout: IsAbout): readonly ReadEntry[] =>
  entries.map((value, index): ReadEntry => {
    if (!isRecord(value) || !isRecord(value['request'])) return { kind: 'elsewhere' };
    const { request } = value;
    const { method, url: address } = request;
    const requestHeaders = readHeaders(request['headers']);
    const url = typeof address === 'string' ? toUrl(address, requestHeaders) : undefined;
    if (url === undefined) {
      const mayBe = typeof address === 'string' && address.includes('/api/v1/invitations/');
      const reason = `entry ${index} has no request.url with a host, but ${JSON.stringify(address)}`;
      return mayBe ? { kind: 'unreadable', reason } : { kind: 'elsewhere' };
    }
    const verb = typeof method === 'string' ? method.toUpperCase() : '';
    if (!isAbout(url, verb)) return { kind: 'elsewhere' };
    if (verb === '') return { kind: 'unreadable', reason: `entry ${index} has no request.method` };
    if (isNotAsked(value)) return { kind: 'not asked' };
    const response = toRecord(value['response']);
    const headers = readHeaders(response['headers']);
    const status = readStatus(response['status']);
    return {
      kind: 'exchange',
      entry: {
        ...{
          index,
          startedAt: Date.parse(String(value['startedDateTime'])),
          method: verb,
          url,
          requestHeaders,
          status,
          headers,
        },
        requestBody: readRequestBody(request, requestHeaders, beside),
        hasAllHeaders: areComplete(headers),
        ...readResponseBody(verb, status, response, headers, beside),
      },
    };
  });
