// Who is connected, and what was asked last on each connection: answers keep their order, also where a request cannot be
// read, and when the server ends, the last answer on each connection says so.
import { STATUS_CODES, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { Duplex } from 'node:stream';
import { setImmediate as nextTurn } from 'node:timers/promises';
import type { Reply } from './reply.ts';
import { writeReply } from './write.ts';

type Exchange = { readonly request: IncomingMessage; readonly response: ServerResponse };

export type Connections = {
  /** To be told of every request. */
  readonly began: (request: IncomingMessage, response: ServerResponse) => void;
  /** Answers what no request could be made of, in its turn, and closes the connection. */
  readonly refuse: (socket: Duplex, reply: Reply) => void;
  /** From now on the last answer on each connection closes it. Resolves when whatever was sent before has been read. */
  readonly drain: () => Promise<void>;
};

/** So long a request that was sent before the end may be on its way. */
const graceMs = 100;

const write = (socket: Duplex, { status, headers, body = '' }: Reply): void => {
  if (!socket.writable) {
    socket.destroy();
    return;
  }
  const lines = Object.entries(headers).map(([name, value]) => `${name}: ${value}\r\n`);
  const head = `HTTP/1.1 ${status} ${STATUS_CODES[status] ?? ''}\r\nconnection: close\r\n`;
  const length = `content-length: ${Buffer.byteLength(body)}\r\n\r\n`;
  // Whoever sends what cannot be read may never close its side either, and would hold up the end of the server.
  socket.end(`${head}${lines.join('')}${length}${body}`, () => socket.destroy());
};

/** What cannot be read is the rest of a request that is known already. */
const breakOff = (socket: Duplex, response: ServerResponse, reply: Reply): void => {
  if (!response.headersSent) {
    writeReply(response, { ...reply, headers: { ...reply.headers, connection: 'close' } });
  } else if (response.writableEnded) socket.end(() => socket.destroy());
  else socket.destroy();
};

const endLast = (exchange: Exchange | undefined, isLast: boolean): void => {
  if (exchange?.response.headersSent === false) exchange.response.shouldKeepAlive = !isLast;
};

/** Who waits to be accepted, or has been written but not read, comes up in a turn of the event loop. */
const readAll = async (): Promise<void> => {
  await nextTurn();
  await nextTurn();
};

export const createConnections = (server: Server): Connections => {
  const open = new Map<Duplex, Exchange | undefined>();
  const refused = new WeakSet<Duplex>();
  let isDraining = false;
  let whenEmpty: (() => void) | undefined;

  server.on('connection', (socket) => {
    open.set(socket, undefined);
    socket.once('close', () => {
      open.delete(socket);
      if (open.size === 0) whenEmpty?.();
    });
  });

  return {
    began: (request, response) => {
      const { socket } = request;
      if (isDraining) {
        endLast(open.get(socket), false);
        response.shouldKeepAlive = false;
      }
      open.set(socket, { request, response });
    },
    refuse: (socket, reply) => {
      // Each further piece of what cannot be read is told of again.
      if (refused.has(socket)) return;
      refused.add(socket);
      const { request, response } = open.get(socket) ?? {};
      if (response === undefined || response.destroyed) write(socket, reply);
      else if (request?.complete === false) breakOff(socket, response, reply);
      else {
        response.once('close', () => {
          write(socket, reply);
        });
      }
    },
    drain: async () => {
      isDraining = true;
      for (const exchange of open.values()) endLast(exchange, true);
      await readAll();
      await new Promise<void>((resolve) => {
        const timer = setTimeout(resolve, graceMs);
        whenEmpty = () => {
          clearTimeout(timer);
          resolve();
        };
        if (open.size === 0) whenEmpty();
      });
      await readAll();
    },
  };
};
