// A gateway for tests: stands in front of a target as what stands before real deployments does, with the habits it is given.
// A habit takes a request and what comes behind it, the other habits and then the target, and gives an answer.
import http from 'node:http';
import https from 'node:https';
import type { AddressInfo } from 'node:net';
import { buffer } from 'node:stream/consumers';
import type { TlsOptions } from 'node:tls';

export type GatewayRequest = {
  readonly method: string;
  /** Path and query. */
  readonly path: string;
  readonly headers: Readonly<Record<string, string | readonly string[] | undefined>>;
  readonly body: Buffer;
  /** Which request of the gateway's life it is, from 1 on. */
  readonly number: number;
};

export type Answered = {
  readonly status: number;
  /** In their order, names as they came; one name may come several times. */
  readonly headers: readonly (readonly [string, string])[];
  readonly body: Buffer;
};

/** The connection is closed without an answer. */
export const lost = Symbol('lost');

export type Passed = Answered | typeof lost;
export type Next = (asked: GatewayRequest) => Promise<Passed>;
export type Habit = (asked: GatewayRequest, next: Next) => Promise<Passed>;

export type Gateway = {
  readonly url: string;
  readonly asked: readonly GatewayRequest[];
  readonly close: () => Promise<void>;
};

export const pairsOf = (rawHeaders: readonly string[]): [string, string][] =>
  rawHeaders.flatMap((name, index): [string, string][] =>
    index % 2 === 0 ? [[name, rawHeaders[index + 1] ?? '']] : [],
  );

const hopByHop = new Set(['connection', 'keep-alive', 'transfer-encoding', 'content-length']);

const passTo =
  (target: string, agent: http.Agent): Next =>
  ({ method, path, headers, body }) =>
    new Promise((resolve, reject) => {
      const sent = Object.entries(headers).filter(([name]) => !hopByHop.has(name));
      const request = http.request(new URL(path, target), {
        method,
        agent,
        path,
        headers: {
          ...Object.fromEntries(sent),
          ...(body.length === 0 ? {} : { 'content-length': body.length }),
        },
      });
      request.on('error', reject);
      request.on('response', (response) => {
        buffer(response).then((answer) => {
          const { statusCode: status = 0, rawHeaders } = response;
          resolve({ status, headers: pairsOf(rawHeaders), body: answer });
        }, reject);
      });
      request.end(body);
    });

const write = (passed: Passed, response: http.ServerResponse): void => {
  if (passed === lost) {
    response.destroy();
    return;
  }
  const { status, headers, body } = passed;
  const kept = headers.filter(([name]) => !hopByHop.has(name.toLowerCase()));
  // A HEAD and a 204 have a length without a body, or none.
  const length = body.length === 0 ? [] : ['content-length', String(body.length)];
  response.sendDate = false;
  response.writeHead(status, [...kept.flat(), ...length]);
  response.end(body);
};

export type GatewayOptions = {
  readonly habits?: readonly Habit[];
  /** 127.0.0.1 unless given. */
  readonly host?: string;
  /** Speaks https with this; a client's certificate is asked for by `requestCert` and `ca`. */
  readonly tls?: TlsOptions;
};

/** Listens on a free port. */
export const startGateway = async (
  target: string,
  { habits = [], host = '127.0.0.1', tls }: GatewayOptions = {},
): Promise<Gateway> => {
  const asked: GatewayRequest[] = [];
  const agent = new http.Agent({ keepAlive: true });
  const answer = habits.reduceRight<Next>(
    (next, habit) => (it) => habit(it, next),
    passTo(target, agent),
  );
  const onRequest: http.RequestListener = (request, response) => {
    const { method = 'GET', url: path = '/', headers } = request;
    buffer(request)
      .then((body) => {
        const it = { method, path, headers, body, number: asked.length + 1 };
        asked.push(it);
        return answer(it);
      })
      .then((passed) => {
        write(passed, response);
      })
      .catch(() => response.destroy());
  };
  const server =
    tls === undefined ? http.createServer(onRequest) : https.createServer(tls, onRequest);
  await new Promise<void>((resolve) => server.listen(0, host, resolve));
  const address: AddressInfo | string | null = server.address();
  const port = typeof address === 'object' ? (address?.port ?? 0) : 0;
  return {
    url: `${tls === undefined ? 'http' : 'https'}://${host}:${port}`,
    asked,
    close: async () => {
      agent.destroy();
      const closed = new Promise((resolve) => server.close(resolve));
      server.closeAllConnections();
      await closed;
    },
  };
};
