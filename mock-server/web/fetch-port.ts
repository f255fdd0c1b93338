// Requests and answers of `fetch`, as what answers them sees them: a server without a socket, for whatever intercepts
// requests where they are made.
import { parseBody } from './body.ts';
import type { HttpRequest, Serve, Wire } from './exchange-port.ts';
import type { Reply } from './reply.ts';

export const toHttpRequest = (request: Request): HttpRequest => {
  const { origin, pathname, search } = new URL(request.url);
  const headers = Object.fromEntries(request.headers);
  return {
    method: request.method,
    target: `${pathname}${search}`,
    headers,
    base: origin,
    hasBody: request.body !== null,
    readBody: async (limits) =>
      parseBody(Buffer.from(await request.arrayBuffer()), headers, limits),
  };
};

/** Calls `listener` once the request is given up; gives what ends that. */
export const onceGone =
  ({ signal }: Request) =>
  (listener: () => void): (() => void) => {
    signal.addEventListener('abort', listener);
    if (signal.aborted) listener();
    return () => {
      signal.removeEventListener('abort', listener);
    };
  };

export const toResponse = ({ status, headers, body }: Reply, isHead: boolean): Response =>
  new Response(isHead ? null : (body ?? null), { status, headers: { ...headers } });

/** What fetch rejects with, and what a body breaks off with, where a connection is reset. */
const connectionReset = (): TypeError => new TypeError('The connection was reset.');

const listen = (signal: AbortSignal) => {
  const listeners: (() => void)[] = [];
  const state = { isClosed: signal.aborted };
  const close = (): void => {
    if (state.isClosed) return;
    state.isClosed = true;
    for (const listener of listeners.splice(0)) listener();
  };
  signal.addEventListener('abort', close);
  return { state, close, listeners };
};

type Settle = {
  readonly resolve: (response: Response) => void;
  readonly reject: (error: Error) => void;
};

const createWire = (request: Request, { resolve, reject }: Settle): Wire => {
  const isHead = request.method === 'HEAD';
  const { state, close, listeners } = listen(request.signal);
  let [hasBegun, hasEnded] = [false, false];
  let body: ReadableStreamDefaultController<Uint8Array> | undefined;
  const answer = ({ status, headers }: Reply, content: string | ReadableStream | null): void => {
    hasBegun = true;
    resolve(new Response(content, { status, headers: { ...headers } }));
  };
  return {
    isHead,
    hasBegun: () => hasBegun,
    hasEnded: () => hasEnded,
    isClosed: () => state.isClosed,
    onClose: (listener) => listeners.push(listener),
    write: (reply) => {
      if (hasBegun || state.isClosed) return;
      hasEnded = true;
      answer(reply, isHead ? null : (reply.body ?? null));
      close();
    },
    begin: (reply) => {
      const start = (controller: ReadableStreamDefaultController<Uint8Array>): void => {
        body = controller;
      };
      answer(reply, isHead ? null : new ReadableStream({ start, cancel: close }));
    },
    push: (piece) => {
      if (!state.isClosed) body?.enqueue(piece);
      return Promise.resolve();
    },
    end: () => {
      hasEnded = true;
      if (!state.isClosed) body?.close();
      close();
    },
    cut: () => {
      if (!hasBegun) reject(connectionReset());
      else if (!state.isClosed) body?.error(connectionReset());
      close();
    },
  };
};

/** Answers as the server would. Rejects, as fetch does, where it would reset the connection. */
export const toFetch =
  (serve: Serve): ((request: Request) => Promise<Response>) =>
  (request) =>
    new Promise((resolve, reject) => {
      request.signal.addEventListener('abort', () => {
        reject(connectionReset());
      });
      void serve(toHttpRequest(request), createWire(request, { resolve, reject }));
    });
