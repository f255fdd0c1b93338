// One request to the target and its answer, over connections that are kept: with a deadline, following no redirect.
import http from 'node:http';
import https from 'node:https';
import { decoderOf } from '../../spec/content-encoding.ts';
import type { Message } from '../curl.ts';
import { createAgents, type AgentFor } from '../reach/agents.ts';
import { explainConnection } from '../reach/connection-error.ts';
import type { Way } from '../reach/way.ts';
import { NoAnswer } from './could-not-run.ts';
import type { Reply } from './reply.ts';

export type Sending = {
  /** The base address. */
  readonly target: string;
  readonly timeoutMs: number;
  readonly signal: AbortSignal;
};

/** Throws a NoAnswer. */
export type Transport = (message: Message, sending: Sending) => Promise<Reply>;

/** Of names in lower case. */
export const toHeaders = (headers: http.IncomingHttpHeaders): Record<string, string> => {
  const texts: Record<string, string> = {};
  for (const name in headers) texts[name] = String(headers[name]);
  return texts;
};

export const explain = (
  error: unknown,
  { method, path }: Message,
  sending: Sending,
  hasCertificate = false,
): NoAnswer => {
  const what = `${method} ${sending.target}${path}`;
  const code = error instanceof Error && 'code' in error ? error.code : undefined;
  if (sending.signal.aborted) return new NoAnswer('The run was interrupted.');
  return code === 'ECONNABORTED' || code === 'ETIMEDOUT'
    ? new NoAnswer(`${what} was not answered within ${sending.timeoutMs} ms (CONTRACT_TIMEOUT).`)
    : new NoAnswer(`${what} got no answer: ${explainConnection(error, hasCertificate)}.`);
};

class Late extends Error {
  readonly code = 'ETIMEDOUT';
}

const collect = (response: http.IncomingMessage): Promise<Buffer> =>
  new Promise((resolve, reject) => {
    const chunks: Buffer[] = [];
    response.on('data', (chunk: Buffer) => chunks.push(chunk));
    response.on('error', reject);
    response.on('end', () => {
      resolve(Buffer.concat(chunks));
    });
  });

const read = async (response: http.IncomingMessage): Promise<string> => {
  const bytes = await collect(response);
  const decode = decoderOf(response.headers['content-encoding']);
  return (bytes.length === 0 || decode === undefined ? bytes : decode(bytes)).toString('utf8');
};

/** What is under way when a run ends, ended with it: by one listener, however many requests a run makes. */
const underWay = new WeakMap<AbortSignal, Set<() => void>>();

const stopsOf = (signal: AbortSignal): Set<() => void> => {
  const known = underWay.get(signal);
  if (known !== undefined) return known;
  const stops = new Set<() => void>();
  underWay.set(signal, stops);
  const stopAll = (): void => {
    for (const stop of stops) stop();
  };
  signal.addEventListener('abort', stopAll, { once: true });
  return stops;
};

/** What stands behind an answer that has no body: to HTTP it is the beginning of another answer, and none. */
const strayBody = (
  error: Error,
  answered: http.IncomingMessage | undefined,
): string | undefined => {
  const isBodyless = answered?.statusCode === 204 || answered?.statusCode === 304;
  if (!isBodyless || !('rawPacket' in error) || !Buffer.isBuffer(error.rawPacket)) return undefined;
  // The packet may begin anywhere in the head, at the empty line too.
  return error.rawPacket.toString('utf8').replace(/^(.*?\r\n)?\r?\n/s, '');
};

/** What is the same for all requests to a base address. */
const toDestination = async (target: string, agentFor: AgentFor) => {
  const url = new URL(target);
  const { protocol, hostname, pathname } = url;
  const isTls = protocol === 'https:';
  return {
    request: isTls ? https.request : http.request,
    prefix: pathname.replace(/\/$/, ''),
    options: {
      protocol,
      host: hostname.replace(/^\[|\]$/g, ''),
      port: url.port === '' ? (isTls ? 443 : 80) : url.port,
      agent: await agentFor(url),
    },
  };
};

type Destination = Awaited<ReturnType<typeof toDestination>>;

const send = (message: Message, { timeoutMs, signal }: Sending, to: Destination): Promise<Reply> =>
  new Promise((resolve, reject) => {
    const { request: ask, prefix, options } = to;
    const started = performance.now();
    let answered: http.IncomingMessage | undefined;
    const text = message.body?.text ?? '';
    const request = ask(
      {
        ...options,
        method: message.method,
        path: `${prefix}${message.path}` || '/',
        headers: {
          'accept-encoding': 'gzip, deflate, br',
          ...message.headers,
          ...(text === '' ? {} : { 'content-length': Buffer.byteLength(text) }),
        },
      },
      (response) => {
        answered = response;
        read(response).then((answer) => {
          finish(response, answer);
        }, fail);
      },
    );
    const timer = setTimeout(() => request.destroy(new Late()), timeoutMs);
    const stop = (): void => void request.destroy(new Error('interrupted'));
    const end = (): void => {
      clearTimeout(timer);
      stopsOf(signal).delete(stop);
    };
    const finish = ({ statusCode = 0, headers }: http.IncomingMessage, answer: string): void => {
      const ms = performance.now() - started;
      end();
      resolve({ status: statusCode, headers: toHeaders(headers), text: answer, ms });
    };
    const fail = (error: Error): void => {
      const stray = strayBody(error, answered);
      if (answered !== undefined && stray !== undefined) {
        finish(answered, stray);
        return;
      }
      end();
      reject(error);
    };
    request.on('error', fail);
    if (signal.aborted) stop();
    else stopsOf(signal).add(stop);
    // Nothing, and a text, leave with the head in one piece; bytes do not.
    if (text === '') request.end();
    else request.end(text);
  });

export const createTransport = (way: Way = { headers: {} }): Transport => {
  const agentFor = createAgents(way);
  const destinations = new Map<string, Destination>();
  return async (message, sending) => {
    // They are in no record of the exchange: they belong to the way and not to the API.
    const sent = { ...message, headers: { ...way.headers, ...message.headers } };
    try {
      const known = destinations.get(sending.target);
      const to = known ?? (await toDestination(sending.target, agentFor));
      destinations.set(sending.target, to);
      return await send(sent, sending, to);
    } catch (error) {
      throw explain(error, message, sending, way.cert !== undefined);
    }
  };
};
