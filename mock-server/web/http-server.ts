// The socket side: an HTTP server whose requests and responses are born as what Express makes of them.
import type { Express } from 'express';
import {
  createServer,
  IncomingMessage,
  ServerResponse,
  STATUS_CODES,
  type Server,
} from 'node:http';
import type { Duplex } from 'node:stream';

export type HttpLimits = {
  /** Of all headers of a request together. */
  readonly headerBytes: number;
  /** For the headers, and for the whole request. */
  readonly headersTimeoutMs: number;
  readonly requestTimeoutMs: number;
};

/**
 * Express sets the prototype of every request and response that it gets, which costs more than all the rest of its
 * work. Born with that prototype they pass through unchanged.
 */
const bornForExpress = (
  app: Express,
): {
  IncomingMessage: typeof IncomingMessage;
  ServerResponse: typeof ServerResponse;
} => {
  class ExpressRequest extends IncomingMessage {}
  class ExpressResponse<From extends IncomingMessage> extends ServerResponse<From> {}
  Object.setPrototypeOf(ExpressRequest.prototype, app.request);
  Object.setPrototypeOf(ExpressResponse.prototype, app.response);
  Object.assign(app, { request: ExpressRequest.prototype, response: ExpressResponse.prototype });
  return { IncomingMessage: ExpressRequest, ServerResponse: ExpressResponse };
};

const explanations: Readonly<Record<string, readonly [status: number, detail: string]>> = {
  HPE_HEADER_OVERFLOW: [431, 'The headers of this request are larger than this server reads.'],
  ERR_HTTP_REQUEST_TIMEOUT: [408, 'The request did not arrive in time.'],
};

/** What no request object could be made of is answered here, in the API's own form of an error. */
const answerBrokenRequest = (error: Error & { readonly code?: string }, socket: Duplex): void => {
  if (!socket.writable) {
    socket.destroy();
    return;
  }
  const [status, detail] = explanations[error.code ?? ''] ?? [
    400,
    `This is not HTTP that can be read: ${error.message}.`,
  ];
  const body = JSON.stringify({ detail });
  const head =
    `HTTP/1.1 ${status} ${STATUS_CODES[status] ?? ''}\r\nConnection: close\r\n` +
    `Content-Type: application/json\r\nContent-Length: ${Buffer.byteLength(body)}\r\n\r\n`;
  // Whoever sends what cannot be read may never close its side either, and would hold up the end of the server.
  socket.end(head + body, () => socket.destroy());
};

export const createHttpServer = (app: Express, limits: HttpLimits): Server => {
  const server = createServer(
    {
      ...bornForExpress(app),
      maxHeaderSize: limits.headerBytes,
      headersTimeout: limits.headersTimeoutMs,
      requestTimeout: limits.requestTimeoutMs,
      connectionsCheckingInterval: 1_000,
    },
    app,
  );
  server.on('clientError', answerBrokenRequest);
  return server;
};
