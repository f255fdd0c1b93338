// Who is connected, and what was asked last on each connection: answers keep their order, also where a request cannot be
// read, and when the server ends, the last answer on each connection says so.
import { EventEmitter, once } from 'node:events';
import { STATUS_CODES, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { Duplex } from 'node:stream';
import { setImmediate as nextTurn, setTimeout } from 'node:timers/promises';
import type { Reply } from './reply.ts';
import { writeReply } from './write.ts';

type Exchange = { readonly request: IncomingMessage; readonly response: ServerResponse };

export type Connections = {
  /** To be told of every request, and how it is answered. */
  readonly began: (request: IncomingMessage, response: ServerResponse, answer: () => void) => void;
  /** Answers what no request could be made of, in its turn, and closes the connection. */
  readonly refuse: (socket: Duplex, reply: Reply) => void;
  /**
   * From now on the last answer on each connection closes it. `closeListener` is called when whatever was sent before
   * has been read.
   */
  readonly drain: (closeListener: () => void) => Promise<void>;
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

/** Nobody has come for so long before the listener closes; it closes after `latestMs` also where they do not cease. */
const quietMs = 20;
const latestMs = 1_000;

/** In the turn of what is under way on the connection. */
const refuseOn = (socket: Duplex, exchange: Exchange | undefined, reply: Reply): void => {
  const { request, response } = exchange ?? {};
  if (response === undefined || response.destroyed) write(socket, reply);
  else if (request?.complete === false) breakOff(socket, response, reply);
  else {
    response.once('close', () => {
      write(socket, reply);
    });
  }
};

/** Resolves right behind a turn of the event loop in which nobody came: one is accepted in each. */
const noOneComes = async (come: () => number): Promise<void> => {
  let now = performance.now();
  const latest = now + latestMs;
  let until = now + quietMs;
  // Who comes while the system lets other programs run is seen in the next turn alone.
  for (let isLong = true; now < latest && (now < until || isLong);) {
    const [began, known] = [now, come()];
    await nextTurn();
    now = performance.now();
    isLong = now - began > 1;
    if (come() !== known) until = now + quietMs;
  }
};

export const createConnections = (server: Server): Connections => {
  const open = new Map<Duplex, Exchange | undefined>();
  const refused = new WeakSet<Duplex>();
  let isDraining = false;
  let come = 0;
  let held: (() => void)[] | undefined;
  const emptied = new EventEmitter();

  server.on('connection', (socket) => {
    come += 1;
    open.set(socket, undefined);
    socket.once('close', () => {
      open.delete(socket);
      if (open.size === 0) emptied.emit('empty');
    });
  });

  return {
    began: (request, response, answer) => {
      const { socket } = request;
      if (isDraining) {
        endLast(open.get(socket), false);
        response.shouldKeepAlive = false;
      }
      open.set(socket, { request, response });
      if (held === undefined) answer();
      else {
        held.push(() => {
          if (!socket.destroyed) answer();
        });
      }
    },
    refuse: (socket, reply) => {
      // Each further piece of what cannot be read is told of again.
      if (refused.has(socket)) return;
      refused.add(socket);
      refuseOn(socket, open.get(socket), reply);
    },
    drain: async (closeListener) => {
      isDraining = true;
      for (const exchange of open.values()) endLast(exchange, true);
      await (open.size === 0 || Promise.race([setTimeout(graceMs), once(emptied, 'empty')]));
      // The system resets whoever waits to be accepted when a listener closes, and a client that was answered connects
      // again at once. So nobody is answered until the listener is closed.
      const waiting: (() => void)[] = [];
      held = waiting;
      await noOneComes(() => come);
      closeListener();
      held = undefined;
      for (const answer of waiting) answer();
    },
  };
};
