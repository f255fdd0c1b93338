// Who may use the testers' API. On a loopback address: programs of this machine, but no page of a foreign web site,
// whatever name it gave our address. On any other address: whoever has the admin token.
import { createHash, timingSafeEqual } from 'node:crypto';
import type { Request, RequestHandler } from 'express';
import { isLoopback } from '../web/loopback.ts';
import { quote } from '../web/quote.ts';
import { writeReply } from '../web/write.ts';
import { problem } from './problem.ts';

export type GuardOptions = {
  /** Null on a loopback address, where none is needed. */
  readonly adminToken: string | null;
  /** Of pages that develop against the API; they may ask for tokens. */
  readonly allowsOrigin: (origin: string) => boolean;
};

/** What a page of an allowed origin needs while it plays the front end: a token, and the key that it is signed with. */
const openToFrontEnds = /^(?:\/sandboxes\/[^/]+)?\/(?:tokens|jwks\.json)$/;
const openToAll: ReadonlySet<string> = new Set(['/health/live', '/health/ready']);

const isEqual = (given: string, expected: string): boolean => {
  const digest = (text: string): Buffer => createHash('sha256').update(text).digest();
  return timingSafeEqual(digest(given), digest(expected));
};

/** As a bearer token, or as the password of a browser's own prompt, whatever the user name. */
const tokenIn = (authorization: string): string => {
  const [scheme = '', value = ''] = authorization.split(' ', 2);
  if (scheme.toLowerCase() === 'bearer') return value;
  if (scheme.toLowerCase() !== 'basic') return '';
  const pair = Buffer.from(value, 'base64').toString('utf8');
  return pair.slice(pair.indexOf(':') + 1);
};

const isForeign = (request: Request, allowsOrigin: (origin: string) => boolean): boolean => {
  const { origin, host } = request.headers;
  if (origin === undefined) {
    // A link that somebody followed shows its page to that person alone; a form does more than show.
    const isLink = request.method === 'GET' || request.method === 'HEAD';
    const { 'sec-fetch-site': site, 'sec-fetch-mode': mode } = request.headers;
    return site === 'cross-site' && !(isLink && mode === 'navigate');
  }
  if (origin === `http://${host ?? ''}` || origin === `https://${host ?? ''}`) return false;
  return !(openToFrontEnds.test(request.path) && allowsOrigin(origin));
};

export const guardAdmin =
  ({ adminToken, allowsOrigin }: GuardOptions): RequestHandler =>
  (request, response, next) => {
    // Keys, tokens and what people wrote are in these answers, and nobody shall keep them on the way.
    response.setHeader('Cache-Control', 'no-store');
    if (openToAll.has(request.path)) {
      next();
      return;
    }
    const { host = '', authorization = '' } = request.headers;
    if (adminToken === null && !isLoopback(host)) {
      const detail = `The testers' API answers to loopback names alone, such as localhost; the Host header says ${quote(host)}.`;
      writeReply(response, problem(403, 'Forbidden', detail));
      return;
    }
    if (isForeign(request, allowsOrigin)) {
      const detail = "The testers' API does not answer to pages of another origin.";
      writeReply(response, problem(403, 'Forbidden', detail));
      return;
    }
    if (adminToken !== null && !isEqual(tokenIn(authorization), adminToken)) {
      const detail =
        'The testers\' API of this server needs "Authorization: Bearer ADMIN-TOKEN"; the token was given or printed at the start.';
      // Chromium looks at the first scheme of a header alone, and Basic is the one that it can ask a person for.
      const challenge = { 'www-authenticate': 'Basic realm="mock", Bearer realm="mock"' };
      writeReply(response, problem(401, 'Unauthorized', detail, challenge));
      return;
    }
    next();
  };
