// Exchanges as a HAR 1.2 file, which browsers, proxies and `judge` read. http://www.softwareishard.com/blog/har-12-spec/
import { isUtf8 } from 'node:buffer';
import { STATUS_CODES } from 'node:http';
import type { Rule } from '../../spec/rules.ts';
import type { Headers } from '../sandbox/redact.ts';
import type { KeptExchange } from '../sandbox/traffic.ts';
import { hasUnreadBody, requestBytes } from './request-bytes.ts';
import type { components } from './testers-api.gen.ts';

type Pair = { readonly name: string; readonly value: string };

const httpVersion = 'HTTP/1.1';
/** What HAR says where a size is not known. */
const unknownSize = -1;

const toPairs = (headers: Headers): readonly Pair[] =>
  Object.entries(headers).map(([name, value]) => ({ name, value: String(value ?? '') }));

const toUrl = (base: string, target: string): string => {
  if (target.startsWith('/')) return `${base}${target}`;
  return URL.canParse(target) ? target : `${base}/${target}`;
};

const toQuery = (target: string): readonly Pair[] => {
  const mark = target.indexOf('?');
  if (mark < 0) return [];
  const query = new URLSearchParams(target.slice(mark + 1));
  return Array.from(query, ([name, value]) => ({ name, value }));
};

const toPostData = (request: KeptExchange['request'], bytes: Buffer) => {
  const isText = isUtf8(bytes);
  return {
    mimeType: String(request.headers['content-type'] ?? ''),
    params: [],
    text: bytes.toString(isText ? 'utf8' : 'latin1'),
    ...(isText ? {} : { comment: 'These bytes are no UTF-8: each character stands for one.' }),
  };
};

const toRequest = (base: string, request: KeptExchange['request']) => {
  const bytes = requestBytes(request);
  return {
    method: request.method,
    url: toUrl(base, request.target),
    httpVersion,
    cookies: [],
    headers: toPairs(request.headers),
    queryString: toQuery(request.target),
    ...(bytes === null ? {} : { postData: toPostData(request, bytes) }),
    headersSize: unknownSize,
    bodySize: hasUnreadBody(request) ? unknownSize : (bytes?.length ?? 0),
  };
};

const toResponse = ({ status, headers, body }: KeptExchange['response']) => {
  const size = Buffer.byteLength(body ?? '');
  return {
    status,
    statusText: STATUS_CODES[status] ?? '',
    httpVersion,
    cookies: [],
    headers: toPairs(headers),
    content: {
      size,
      mimeType: headers['content-type'] ?? 'x-unknown',
      ...(body === null ? {} : { text: body }),
    },
    redirectURL: '',
    headersSize: unknownSize,
    bodySize: size,
  };
};

/** Members that begin with an underscore are our own, as HAR provides for. Times are those of the sandbox's clock. */
export const toHarEntry = (
  base: string,
  exchange: KeptExchange,
  rule: Rule | undefined,
): components['schemas']['Har']['log']['entries'][number] => {
  const { id, sequence, at, durationMs, caller, operation, fault, faultEffect } = exchange;
  return {
    startedDateTime: new Date(at).toISOString(),
    time: durationMs,
    request: toRequest(base, exchange.request),
    response: toResponse(exchange.response),
    cache: {},
    timings: { blocked: -1, dns: -1, connect: -1, ssl: -1, send: 0, wait: durationMs, receive: 0 },
    ...(rule === undefined ? {} : { comment: rule.sentence }),
    _id: id,
    _sequence: sequence,
    _caller: caller === null ? null : { user_id: caller.userId, role: caller.role },
    _operation: operation,
    _rule: rule ?? null,
    _fault: fault,
    _fault_effect: faultEffect,
    _findings: exchange.findings,
  };
};
