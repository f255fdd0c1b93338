// Requests and answers of `node:http`, as what answers them sees them.
import type { IncomingMessage, ServerResponse } from 'node:http';
import { baseAddress } from './base-address.ts';
import { readBody, type ReadBody } from './body.ts';
import type { HttpRequest, Wire } from './exchange-port.ts';
import { writeHead, writeReply } from './write.ts';

export const toRequest = (request: IncomingMessage, trustProxy: boolean): HttpRequest => {
  const { method = 'GET', url: target = '/', headers } = request;
  let body: Promise<ReadBody> | undefined;
  return {
    method,
    target,
    headers,
    base: baseAddress(request, trustProxy),
    hasBody:
      headers['transfer-encoding'] !== undefined || Number(headers['content-length'] ?? 0) !== 0,
    // What has to be done again finds it read.
    readBody: (limits) => (body ??= readBody(request, limits)),
  };
};

export const toWire = (response: ServerResponse): Wire => ({
  isHead: response.req.method === 'HEAD',
  hasBegun: () => response.headersSent,
  hasEnded: () => response.writableEnded,
  isClosed: () => response.destroyed,
  onClose: (listener) => {
    response.once('close', listener);
    // Nobody notices that a client goes away while its body is not read.
    response.req.resume();
  },
  write: (reply) => {
    writeReply(response, reply);
  },
  begin: (reply) => {
    writeHead(response, reply);
  },
  push: (piece) =>
    new Promise((resolve) => {
      const done = (): void => {
        response.off('close', done);
        resolve();
      };
      response.once('close', done);
      response.write(piece, done);
    }),
  end: () => {
    response.end();
  },
  cut: () => {
    response.req.socket.resetAndDestroy();
  },
});
