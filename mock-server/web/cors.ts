// Which web pages may read our answers. Pages of this machine may, unless told otherwise.
import cors from 'cors';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { isLoopback } from './loopback.ts';

export type CorsOrigins =
  | { readonly kind: 'loopback' }
  | { readonly kind: 'any' }
  | { readonly kind: 'list'; readonly origins: readonly string[] };

export const allowsOrigin = (allowed: CorsOrigins, origin: string): boolean => {
  switch (allowed.kind) {
    case 'loopback':
      return isLoopback(origin.replace(/^https?:\/\//, ''));
    case 'any':
      return true;
    case 'list':
      return allowed.origins.includes(origin);
    default:
      return allowed satisfies never;
  }
};

/** Does nothing for requests that come from no web page. An OPTIONS request that is no preflight goes on. */
export type HandleCors = (
  request: IncomingMessage,
  response: ServerResponse,
  next: () => void,
) => void;

export const handleCors = (allowed: CorsOrigins, credentials = false): HandleCors => {
  const handle = cors({
    origin: (origin, done) => {
      done(null, origin !== undefined && allowsOrigin(allowed, origin) ? origin : false);
    },
    methods: ['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS'],
    exposedHeaders: ['Allow', 'Retry-After', 'WWW-Authenticate', 'X-Request-Id', 'sl-violations'],
    // What any page may read is nothing that was sent for somebody.
    credentials: credentials && allowed.kind !== 'any',
    maxAge: 600,
  });
  return (request, response, next) => {
    const { headers, method } = request;
    const isPreflight = headers['access-control-request-method'] !== undefined;
    if (headers.origin === undefined || (method === 'OPTIONS' && !isPreflight)) next();
    else handle(request, response, next);
  };
};
