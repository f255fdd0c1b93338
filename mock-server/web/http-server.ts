// The socket side: an HTTP server that answers in JSON whatever it is sent, in the order in which it was sent.
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { Server as Listener, type Socket } from 'node:net';
import type { Duplex } from 'node:stream';
import { admit } from './admit.ts';
import { createConnections } from './connections.ts';
import { quote, toSentence } from './quote.ts';
import { replyDetail, type Reply } from './reply.ts';
import { writeReply } from './write.ts';

export type HttpLimits = {
  /** Of all headers of a request together. */
  readonly headerBytes: number;
  /** For the headers, and for the whole request. */
  readonly headersTimeoutMs: number;
  readonly requestTimeoutMs: number;
};

export type HttpServer = {
  readonly server: Server;
  /** Answers what was sent before, lets requests under way end, and resolves when the port is free. */
  readonly close: () => Promise<void>;
};

export type Handle = (request: IncomingMessage, response: ServerResponse) => void;

/**
 * A client that asks again in the moment in which an idle connection is closed finds it reset, and a client that was
 * busy does not notice in time. So idle connections are kept for longer than any of them pauses.
 */
const keepAliveMs = 75_000;

/** After so long a request that has not ended is cut off. */
const drainMs = 5_000;

const explanations: Readonly<Record<string, readonly [status: number, detail: string]>> = {
  HPE_HEADER_OVERFLOW: [431, 'The headers of this request are larger than this server reads.'],
  ERR_HTTP_REQUEST_TIMEOUT: [408, 'The request did not arrive in time.'],
};

const explain = ({ message, code = '' }: Error & { readonly code?: string }): Reply => {
  const [status, detail] = explanations[code] ?? [
    400,
    toSentence(`This is not HTTP that can be read: ${message}`),
  ];
  return replyDetail(status, detail);
};

const noTunnel = replyDetail(405, 'This server is no proxy: it has no CONNECT.', undefined, {
  allow: 'GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS',
});

const unmetExpectation = (expectation: string): Reply =>
  replyDetail(417, `The Expect header is ${quote(expectation)}; only 100-continue can be met.`);

/** Resolves when nobody is connected any more. */
const end = async (server: Server, closed: Promise<unknown>): Promise<void> => {
  const cutOff = setTimeout(() => {
    server.closeAllConnections();
  }, drainMs);
  // An answer that had begun before the end could not say that it is the last one on its connection.
  const sweep = setInterval(() => {
    server.closeIdleConnections();
  }, 50);
  server.closeIdleConnections();
  await closed;
  clearTimeout(cutOff);
  clearInterval(sweep);
};

export const createHttpServer = (handle: Handle, limits: HttpLimits): HttpServer => {
  const server = createServer({
    maxHeaderSize: limits.headerBytes,
    headersTimeout: limits.headersTimeoutMs,
    requestTimeout: limits.requestTimeoutMs,
    connectionsCheckingInterval: 1_000,
    keepAliveTimeout: keepAliveMs,
    requireHostHeader: false,
  });
  const connections = createConnections(server);
  const receive = (request: IncomingMessage, response: ServerResponse): void => {
    connections.began(request, response, () => {
      const refusal = admit(request);
      if (refusal === undefined) handle(request, response);
      else writeReply(response, refusal);
    });
  };
  server.on('request', receive);
  server.on('checkExpectation', (request: IncomingMessage, response: ServerResponse) => {
    connections.began(request, response, () => {
      writeReply(response, admit(request) ?? unmetExpectation(request.headers.expect ?? ''));
    });
  });
  server.on('connect', (_request: IncomingMessage, socket: Duplex) => {
    connections.refuse(socket, noTunnel);
  });
  server.on('clientError', (error: Error, socket: Socket) => {
    connections.refuse(socket, explain(error));
  });
  return {
    server,
    close: async () => {
      const closed = new Promise((resolve) => server.once('close', resolve));
      await connections.drain(() => {
        // An HTTP server's own `close` looks for idle connections first, in which time others come.
        Listener.prototype.close.call(server);
      });
      await end(server, closed);
    },
  };
};
