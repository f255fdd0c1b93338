// One request to the target and its answer, by supertest: with a deadline, at no more than the rate, following no
// redirect, and asking again when a 429 says when. It knows nothing of rules and invitations.
import http from 'node:http';
import https from 'node:https';
import { setTimeout as sleep } from 'node:timers/promises';
import supertest from 'supertest';
import type { Message } from './curl.ts';
import { NotExercised } from './not-exercised.ts';

export type Reply = {
  readonly status: number;
  /** Names in lower case. */
  readonly headers: Readonly<Record<string, string>>;
  readonly text: string;
  readonly ms: number;
};

export type Line = { readonly target: string; readonly timeoutMs: number; readonly rate: number };

/** No answer came: refused, cut off, or not within the deadline. */
export class NoAnswer extends Error {
  override readonly name = 'NoAnswer';
}

const toHeaders = (headers: unknown): Record<string, string> =>
  Object.fromEntries(
    Object.entries(headers ?? {}).map(([name, value]) => [name.toLowerCase(), String(value)]),
  );

const readText = (stream: unknown, done: (error: Error | null, body: unknown) => void): void => {
  if (!(stream instanceof http.IncomingMessage)) {
    done(new Error('superagent handed over no stream'), '');
    return;
  }
  const chunks: string[] = [];
  stream.setEncoding('utf8');
  stream.on('data', (chunk: string) => chunks.push(chunk));
  stream.on('end', () => {
    done(null, chunks.join(''));
  });
};

const explain = (error: unknown, { method, path }: Message, line: Line): NoAnswer => {
  const what = `${method} ${line.target}${path}`;
  const reason = error instanceof Error ? error.message : String(error);
  const code = error instanceof Error && 'code' in error ? error.code : undefined;
  return code === 'ECONNABORTED' || code === 'ETIMEDOUT'
    ? new NoAnswer(`${what} was not answered within ${line.timeoutMs} ms (CONTRACT_TIMEOUT).`)
    : new NoAnswer(`${what} got no answer: ${reason}.`);
};

const identity = (value: unknown): string => String(value);

/** The target closed a connection that lay idle at the very moment that we used it: the request never arrived. */
const isStale = (request: object, error: unknown): boolean => {
  const sent: unknown = Reflect.get(request, 'req');
  const isReset = error instanceof Error && 'code' in error && error.code === 'ECONNRESET';
  return isReset && sent instanceof http.ClientRequest && sent.reusedSocket;
};

const once = async (line: Line, message: Message, mayRepeat = true): Promise<Reply> => {
  const { method, path, headers, body } = message;
  const started = performance.now();
  const request = new supertest.Test(line.target, method, path)
    // superagent would open a connection for each request, which costs more than the request.
    .agent(line.target.startsWith('https:') ? https.globalAgent : http.globalAgent)
    .timeout({ deadline: line.timeoutMs })
    .redirects(0)
    .set(headers)
    .buffer(true)
    .parse(readText);
  if (body !== undefined && body.text !== '') {
    void request.serialize(identity).send(Buffer.from(body.text));
  }
  try {
    const response = await request;
    const text: unknown = response.body;
    return {
      status: response.status,
      headers: toHeaders(response.headers),
      text: typeof text === 'string' ? text : '',
      ms: performance.now() - started,
    };
  } catch (error) {
    if (mayRepeat && isStale(request, error)) return once(line, message, false);
    throw explain(error, message, line);
  }
};

let free = 0;

const takeTurn = async (rate: number): Promise<void> => {
  if (rate === Infinity) return;
  const now = performance.now();
  const start = Math.max(now, free);
  free = start + 1000 / rate;
  if (start > now) await sleep(start - now);
};

const retryAfterMs = (reply: Reply): number => {
  const value = reply.headers['retry-after'] ?? '';
  const seconds = Number(value === '' ? NaN : value);
  return Number.isNaN(seconds) ? Date.parse(value) - Date.now() : seconds * 1000;
};

export const transmit = async (
  line: Line,
  message: Message,
  onThrottled: (reply: Reply) => void = () => undefined,
): Promise<Reply> => {
  const deadline = performance.now() + line.timeoutMs;
  for (;;) {
    await takeTurn(line.rate);
    const reply = await once(line, message);
    if (reply.status === 429) onThrottled(reply);
    const waitMs = reply.status === 429 ? retryAfterMs(reply) : NaN;
    if (Number.isNaN(waitMs)) return reply;
    if (performance.now() + waitMs > deadline) {
      throw new NotExercised(
        `the target throttles: it asks to wait ${Math.ceil(waitMs / 1000)} s after ${message.method} ${message.path}; set CONTRACT_RATE below its limit, or CONTRACT_TIMEOUT above its wait`,
      );
    }
    await sleep(Math.max(waitMs, 10));
  }
};
