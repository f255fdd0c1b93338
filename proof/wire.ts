// The fault in front of the fake: a small HTTP server that hands each exchange to the fault, and what the fault asks on to
// the fake. It keeps the client's `Host`, so that the addresses in answers are its own.
import http from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Transport } from '../contracts/engine/transport.ts';
import type { Ask, Fault, Next, Reply } from './mutant.ts';

export type Wire = {
  readonly url: string;
  /** How many answers were other than what the fake answers to the same request, as far as one fault can tell. */
  readonly changed: () => number;
  /** One exchange, in this process. */
  readonly exchange: (ask: Ask) => Promise<Reply>;
  readonly close: () => Promise<void>;
};

const hopByHop = ['connection', 'keep-alive', 'transfer-encoding', 'content-length'];

const toHeaders = (headers: http.IncomingHttpHeaders): Record<string, string> =>
  Object.fromEntries(
    Object.entries(headers)
      .filter(([name]) => !hopByHop.includes(name))
      .map(([name, value]) => [name, String(value)]),
  );

const readText = async (message: http.IncomingMessage): Promise<string> => {
  const chunks: Buffer[] = [];
  message.on('data', (chunk: Buffer) => chunks.push(chunk));
  await new Promise<void>((resolve, reject) => message.on('end', resolve).on('error', reject));
  return Buffer.concat(chunks).toString();
};

const write = (
  response: http.ServerResponse,
  { status, headers, body }: Reply,
  isHead: boolean,
) => {
  const hasBody = status !== 204 && status !== 304 && !isHead;
  const length = hasBody ? { 'content-length': String(Buffer.byteLength(body)) } : {};
  response.writeHead(status, { ...headers, ...length });
  response.end(hasBody ? body : undefined);
};

const isSame = (one: Reply | undefined, other: Reply): boolean =>
  one !== undefined && one.status === other.status && one.body === other.body;

export const startWire = async (next: Next, fault: Fault): Promise<Wire> => {
  let changed = 0;
  const exchange = async (ask: Ask): Promise<Reply> => {
    const seen: { readonly ask: Ask; readonly reply: Reply }[] = [];
    const reply = await fault(ask, async (one) => {
      const answer = await next(one);
      seen.push({ ask: one, reply: answer });
      return answer;
    });
    const [first] = seen;
    if (
      first?.ask !== ask ||
      !isSame(first.reply, reply) ||
      first.reply.headers !== reply.headers
    ) {
      changed += 1;
    }
    return reply;
  };
  const serve = async (request: http.IncomingMessage, response: http.ServerResponse) => {
    const { method = 'GET', url = '/' } = request;
    const headers = toHeaders(request.headers);
    const reply = await exchange({ method, path: url, headers, body: await readText(request) });
    write(response, reply, method === 'HEAD');
  };
  const server = http.createServer((request, response) => {
    serve(request, response).catch((error: unknown) => {
      response
        .writeHead(500, { 'content-type': 'text/plain' })
        .end(`The fault broke: ${String(error)}`);
    });
  });
  // A busy machine takes its time between two requests of a client.
  server.keepAliveTimeout = 120_000;
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address: AddressInfo | string | null = server.address();
  const port = typeof address === 'object' && address !== null ? address.port : 0;
  return {
    url: `http://127.0.0.1:${port}`,
    changed: () => changed,
    exchange,
    close: async () => {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
};

const toLowerCase = (headers: Readonly<Record<string, string>>): Record<string, string> =>
  Object.fromEntries(Object.entries(headers).map(([name, value]) => [name.toLowerCase(), value]));

/** A fault that breaks is a 500, as it is over the socket. */
const broken = (error: unknown): Reply => ({
  status: 500,
  headers: { 'content-type': 'text/plain' },
  body: `The fault broke: ${String(error)}`,
});

/** As if the exchange had gone over the wire. */
export const toTransport =
  ({ url, exchange }: Wire): Transport =>
  async (message, { target }) => {
    const base = new URL(target);
    const ask = {
      method: message.method,
      path: `${base.pathname.replace(/\/$/, '')}${message.path}` || '/',
      headers: { ...toLowerCase(message.headers), host: new URL(url).host },
      body: message.body?.text ?? '',
    };
    const started = performance.now();
    const reply = await exchange(ask).catch(broken);
    const hasBody = reply.status !== 204 && message.method !== 'HEAD';
    const text = hasBody ? reply.body : '';
    const ms = performance.now() - started;
    return { status: reply.status, headers: reply.headers, text, ms };
  };
