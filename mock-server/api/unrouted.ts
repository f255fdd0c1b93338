// What is answered where there is no route: the right path, if one can be guessed.
import type { Readings } from '../../spec/vocabulary.ts';
import type { HttpRequest } from '../web/exchange-port.ts';
import { shorten, toSentence } from '../web/quote.ts';
import { replyDetail, replyEmpty, type Reply } from '../web/reply.ts';
import { findRoute, routes } from './routes.ts';

export type Unrouted = { readonly reply: Reply; readonly allow: string };

const noSuchPath = (path: string): Reply => {
  const hint = path.startsWith('/api/v1/')
    ? `Known are ${routes.map((route) => route.path).join(', ')}.`
    : 'The API lives under /api/v1/, its documentation at /_mock/docs/.';
  return replyDetail(404, `There is nothing at ${toSentence(shorten(path))} ${hint}`);
};

/** A path that lacks but its last slash: whoever only reads is sent on, a body is not sent twice. */
export const answerUnrouted = (
  { method, target }: HttpRequest,
  path: string,
  readings: Readings,
): Unrouted => {
  const slashed = findRoute(`${path}/`)?.route;
  if (slashed === undefined) return { reply: noSuchPath(path), allow: 'OPTIONS' };
  const { allow } = slashed;
  const isRead = method === 'GET' || method === 'HEAD';
  if (isRead && readings['slash.missing'] === 'redirected') {
    const query = target.slice(path.length);
    return { reply: replyEmpty(301, { location: `${path}/${query}` }), allow };
  }
  const detail = `The path lacks a slash at its end; ask for ${method} ${shorten(path)}/ instead.`;
  return { reply: replyDetail(404, detail), allow };
};
