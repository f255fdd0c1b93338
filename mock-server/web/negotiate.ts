// Whether the client accepts the one media type that we speak.
import accepts from 'accepts';
import type { IncomingMessage } from 'node:http';

export function acceptsJson(request: IncomingMessage): boolean {
  const { accept } = request.headers;
  if (accept === undefined || accept === '*/*' || accept === 'application/json') return true;
  return accepts(request).type('application/json') !== false;
}
