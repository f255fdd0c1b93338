// The door: what a request is for is looked at once, so that nobody behind it meets a target or a host that is none.
import type { IncomingMessage } from 'node:http';
import { isHost } from './host.ts';
import { quote } from './quote.ts';
import { replyDetail, type Reply } from './reply.ts';

/** As a proxy is asked: scheme and host stand before the path. [RFC 9112, 3.2.2] */
const absolute = /^https?:\/\/([^/?#]*)(.*)$/is;

const refuse = (detail: string): Reply =>
  replyDetail(400, detail, undefined, { connection: 'close' });

const badTarget = (target: string): Reply =>
  refuse(
    `The target of this request is ${quote(target)}; it has to be a path, or an http address.`,
  );

/** Puts the path and the host of an absolute target where they stand in other requests. */
const takeApart = (request: IncomingMessage, target: string): Reply | undefined => {
  const [, host = '', rest = ''] = absolute.exec(target) ?? [];
  if (!isHost(host)) return badTarget(target);
  request.headers.host = host;
  request.url = rest.startsWith('/') ? rest : `/${rest}`;
  return undefined;
};

/** Of these Node.js takes the first and drops the others, where a server before this one may have taken the last. */
const once: ReadonlySet<string> = new Set(['host', 'authorization', 'content-type']);

const findTwice = ({ rawHeaders }: IncomingMessage): string | undefined => {
  let seen = '';
  for (let place = 0; place < rawHeaders.length; place += 2) {
    const name = rawHeaders[place] ?? '';
    // Most have another length, which is quicker to see than another name.
    if (name.length !== 4 && name.length !== 13 && name.length !== 12) continue;
    const known = name.toLowerCase();
    if (!once.has(known)) continue;
    if (seen.includes(known)) return name;
    seen += `${known} `;
  }
  return undefined;
};

/** Undefined where the request may go on. */
export const admit = (request: IncomingMessage): Reply | undefined => {
  const { url = '', headers, httpVersion } = request;
  const { host } = headers;
  const twice = findTwice(request);
  if (twice !== undefined) return refuse(`The request has the header ${quote(twice)} twice.`);
  if (host === undefined) {
    // Before 1.1 nobody had to say it. [RFC 9112, 3.2]
    if (httpVersion === '1.1') return refuse('The request has no Host header.');
  } else if (!isHost(host)) {
    return refuse(`The Host header is ${quote(host)}, which is no host.`);
  }
  if (url.startsWith('/')) return undefined;
  if (url === '*' && request.method === 'OPTIONS') return undefined;
  return takeApart(request, url);
};
