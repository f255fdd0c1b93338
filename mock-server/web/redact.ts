// Secrets do not leave through logs and traffic; the scheme of a credential stays.
import type { IncomingHttpHeaders } from 'node:http';

export function redactAuthorization(value: string): string {
  const space = value.indexOf(' ');
  return space < 0 ? '[redacted]' : `${value.slice(0, space)} [redacted]`;
}

export function redactHeaders(headers: IncomingHttpHeaders): IncomingHttpHeaders {
  const { authorization, cookie } = headers;
  if (authorization === undefined && cookie === undefined) return headers;
  return {
    ...headers,
    ...(authorization === undefined ? {} : { authorization: redactAuthorization(authorization) }),
    ...(cookie === undefined ? {} : { cookie: '[redacted]' }),
  };
}
