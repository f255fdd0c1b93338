// The tools over HTTP, at /_mock/mcp: requests that come in the protocol's own transport, answered in this process.
import type { IncomingMessage, ServerResponse } from 'node:http';
import { Writable } from 'node:stream';
import type { RequestHandler } from 'express';
import type { AdminContext } from '../admin/context.ts';
import { createAdminFetch } from '../admin/create-admin-fetch.ts';
import { tooLarge } from '../admin/problem.ts';
import { baseAddress } from '../web/base-address.ts';
import { readBytes } from '../web/body.ts';
import type { Serve } from '../web/exchange-port.ts';
import { toFetch } from '../web/fetch-port.ts';
import { writeReply } from '../web/write.ts';
import { askOf, createProtocolServer, loadLibrary } from './protocol.ts';

export type McpOptions = {
  readonly context: AdminContext;
  readonly api: Serve;
  /** The path of the testers' API. */
  readonly below: string;
  readonly onFault: (message: string, error: unknown) => void;
};

export type CreateMcp = (options: McpOptions) => RequestHandler;

const mostBytes = 1_048_576;

const createSend = ({ context, api, below, onFault }: McpOptions) => {
  const askAdmin = createAdminFetch(context, below, onFault);
  const askApi = toFetch(api);
  return (request: Request): Promise<Response> =>
    new URL(request.url).pathname.startsWith(`${below}/`) ? askAdmin(request) : askApi(request);
};

const toFetchRequest = (
  request: IncomingMessage,
  response: ServerResponse,
  url: string,
  bytes: Buffer,
): Request => {
  const { method = 'GET' } = request;
  const headers = new Headers();
  for (const [name, value] of Object.entries(request.headers)) {
    if (value !== undefined) headers.set(name, String(value));
  }
  const gone = new AbortController();
  // The socket outlives it, and would gather listeners.
  response.once('close', () => {
    gone.abort();
  });
  const body = bytes.length === 0 ? {} : { body: new Uint8Array(bytes) };
  return new Request(url, { method, headers, signal: gone.signal, ...body });
};

const answerWith = async (response: ServerResponse, answer: Response): Promise<void> => {
  response.writeHead(answer.status, Object.fromEntries(answer.headers));
  if (answer.body === null) response.end();
  // Whoever goes away has no use for the rest.
  else await answer.body.pipeTo(Writable.toWeb(response)).catch(() => undefined);
};

/** Rejects with a CannotRun where the library is not installed. */
export const createMcp = async (): Promise<CreateMcp> => {
  const library = await loadLibrary();
  return (options) => {
    const { context, onFault } = options;
    const send = createSend(options);
    const onerror = (error: Error): void => {
      onFault('A request of the Model Context Protocol failed', error);
    };
    const handler = library.createMcpHandler(
      ({ requestInfo }) => {
        const { origin } = new URL(requestInfo?.url ?? 'http://127.0.0.1');
        return createProtocolServer(library, askOf(send, origin, null));
      },
      { onerror },
    );
    return async (request, response) => {
      const bytes = await readBytes(request, mostBytes);
      if (bytes === 'too-large') {
        writeReply(response, tooLarge(mostBytes));
        return;
      }
      const url = `${baseAddress(request, context.trustProxy)}${request.originalUrl}`;
      const asked = toFetchRequest(request, response, url, bytes);
      await answerWith(response, await handler.fetch(asked));
    };
  };
};
