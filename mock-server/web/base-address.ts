// Under which address the client reached us: answers speak of themselves with it.
import type { IncomingMessage } from 'node:http';
import { isHost } from './host.ts';

const firstOf = (header: string | readonly string[] | undefined): string | undefined => {
  const value = typeof header === 'string' ? header : header?.[0];
  return value?.split(',', 1)[0]?.trim();
};

/** The last one: clients hardly ever change it, and what is compared with it is the same string then. */
const known = { host: 'localhost', base: 'http://localhost' };

const ofHost = (host: string): string => {
  if (host !== known.host) [known.host, known.base] = [host, `http://${host}`];
  return known.base;
};

/**
 * Scheme and authority, such as `http://localhost:4010`, from `Host`; from `X-Forwarded-Proto` and `X-Forwarded-Host`
 * only when a proxy is trusted to have set them. A host that is none falls back to the socket's own address.
 */
export const baseAddress = (request: IncomingMessage, trustProxy: boolean): string => {
  const { headers, socket } = request;
  const forwardedHost = trustProxy ? firstOf(headers['x-forwarded-host']) : undefined;
  const forwardedScheme = trustProxy ? firstOf(headers['x-forwarded-proto']) : undefined;
  const scheme = forwardedScheme === 'https' ? 'https' : 'http';
  const host = forwardedHost ?? headers.host ?? '';
  if (isHost(host)) return scheme === 'http' ? ofHost(host) : `${scheme}://${host}`;
  return `${scheme}://127.0.0.1:${socket.localPort ?? 80}`;
};
