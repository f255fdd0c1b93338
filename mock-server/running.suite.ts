// A fake that runs for one test file, and how its tests ask it: over a real socket, with every header as given.
import { Agent, request, type IncomingHttpHeaders } from 'node:http';
import { afterAll, beforeAll } from '@jest/globals';
import { judgeAdmin } from './judged.suite.ts';
import { startMockServer, type MockServer } from './server.ts';
import type { Config } from './config/settings.ts';

export type AskOptions = {
  /** The whole value of the Authorization header. */
  readonly as?: string | undefined;
  readonly json?: unknown;
  readonly body?: string | Buffer;
  readonly headers?: Readonly<Record<string, string>>;
};

export type HttpAnswer = {
  readonly status: number;
  readonly headers: IncomingHttpHeaders;
  readonly text: string;
  /** The body as it parses; undefined when it is no JSON. */
  readonly json: unknown;
};

export type Ask = (method: string, target: string, asked?: AskOptions) => Promise<HttpAnswer>;

const parse = (text: string): unknown => {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
};

type Sent = {
  readonly headers: Readonly<Record<string, string | number>>;
  readonly body: string | Buffer | undefined;
};

const toSent = ({ as, json, body: given, headers }: AskOptions): Sent => {
  const body = json === undefined ? given : JSON.stringify(json);
  return {
    headers: {
      ...(as === undefined ? {} : { authorization: as }),
      ...(json === undefined ? {} : { 'content-type': 'application/json' }),
      ...(body === undefined || headers?.['transfer-encoding'] !== undefined
        ? {}
        : { 'content-length': Buffer.byteLength(body) }),
      ...headers,
    },
    body,
  };
};

/** Nothing of `target` is normalized on its way. Rejects where the testers' API does not keep its own contract. */
export const askAt = (url: string, agent: Agent): Ask => {
  const { hostname, port } = new URL(url);
  const host = hostname.replace(/^\[|\]$/g, '');
  const send = (method: string, path: string, { headers, body }: Sent): Promise<HttpAnswer> =>
    new Promise((resolve, reject) => {
      const outgoing = request({ agent, hostname: host, port, method, path, headers });
      outgoing.on('error', reject);
      outgoing.on('response', (response) => {
        const chunks: Buffer[] = [];
        response.on('data', (chunk: Buffer) => chunks.push(chunk));
        response.on('error', reject);
        response.on('end', () => {
          const text = Buffer.concat(chunks).toString('utf8');
          const { statusCode: status = 0 } = response;
          resolve({ status, headers: response.headers, text, json: parse(text) });
        });
      });
      outgoing.end(body);
    });
  return async (method, target, asked = {}) => {
    const sent = toSent(asked);
    const answer = await send(method, target, sent);
    if (target.startsWith('/_mock/')) await judgeAdmin({ method, target, ...sent, answer });
    return answer;
  };
};

export type Running = {
  readonly server: MockServer;
  readonly ask: Ask;
};

/** Starts a fake before the tests of a file and stops it after them. */
export const running = (options: Partial<Config> = {}): Running => {
  const agent = new Agent({ keepAlive: true });
  const started: { server?: MockServer; ask?: Ask } = {};
  const demand = <Value>(value: Value | undefined): Value => {
    if (value === undefined) throw new Error('The fake runs in tests alone, not while they load.');
    return value;
  };
  beforeAll(async () => {
    started.server = await startMockServer({
      port: 0,
      logLevel: 'silent',
      banner: false,
      ...options,
    });
    started.ask = askAt(started.server.url, agent);
  });
  afterAll(async () => {
    agent.destroy();
    await started.server?.close();
  });
  return {
    get server() {
      return demand(started.server);
    },
    ask: (...asked) => demand(started.ask)(...asked),
  };
};

export const memberOf = (value: unknown, name: string): unknown => {
  if (typeof value !== 'object' || value === null) return undefined;
  const found: unknown = Object.entries(value).find(([key]) => key === name)?.[1];
  return found;
};

export const namesOf = (value: unknown): readonly string[] =>
  typeof value === 'object' && value !== null ? Object.keys(value) : [];

/** A member of a parsed body that has to be there as a text. */
export const textOf = (value: unknown, name: string): string => {
  const found = memberOf(value, name);
  if (typeof found === 'string') return found;
  throw new Error(`There is no text "${name}" in ${JSON.stringify(value)}.`);
};

/** A member of a parsed body that has to be there as a list. */
export const listOf = (value: unknown, name: string): readonly unknown[] => {
  const found = memberOf(value, name);
  if (Array.isArray(found)) return found;
  throw new Error(`There is no list "${name}" in ${JSON.stringify(value)}.`);
};

let count = 0;

/** An address that no other test of the file has. */
export const anAddress = (local = 'person'): string => {
  count += 1;
  return `${local}-${count}@example.com`;
};

export const invitations = '/api/v1/invitations/';

export const noSuchId = '00000000-0000-4000-8000-000000000000';
