// Replicas of the fake on one database, and a plain balancer before them: each request goes to the next one, whoever asks.
import { Agent, createServer, request, type Server } from 'node:http';
import { once } from 'node:events';
import type { Config } from '../../config/settings.ts';
import { askAt, type Ask } from '../../running.suite.ts';
import { startMockServer, type MockServer } from '../../server.ts';

export type Replicas = {
  /** The address of the balancer. */
  readonly url: string;
  /** By the balancer. */
  readonly ask: Ask;
  /** Each by its own address. */
  readonly each: readonly Ask[];
  readonly servers: readonly MockServer[];
  readonly close: () => Promise<void>;
};

const listen = async (server: Server): Promise<string> => {
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  return `http://127.0.0.1:${typeof address === 'object' && address !== null ? address.port : 0}`;
};

/** The host that the client named stays, as it does behind balancers. */
export const startBalancer = async (
  urls: readonly string[],
): Promise<{ readonly url: string; readonly close: () => void }> => {
  // A connection that is kept could end while a busy machine looks elsewhere.
  const agent = new Agent();
  let turn = 0;
  const server = createServer((incoming, outgoing) => {
    const { hostname, port } = new URL(urls[turn % urls.length] ?? '');
    turn += 1;
    const { method, url: path, rawHeaders } = incoming;
    const onward = request({ agent, hostname, port, method, path, headers: rawHeaders });
    onward.on('response', (response) => {
      outgoing.writeHead(response.statusCode ?? 0, response.statusMessage, response.rawHeaders);
      response.pipe(outgoing);
    });
    onward.on('error', () => outgoing.destroy());
    incoming.pipe(onward);
  });
  const url = await listen(server);
  return {
    url,
    close: () => {
      server.close();
      server.closeAllConnections();
      agent.destroy();
    },
  };
};

export const startReplicas = async (
  address: string,
  count: number,
  options: Partial<Config> = {},
): Promise<Replicas> => {
  const agent = new Agent();
  const start = (): Promise<MockServer> =>
    startMockServer({
      ...{ port: 0, logLevel: 'silent', banner: false },
      ...options,
      store: { kind: 'postgres', address },
    });
  const servers = await Promise.all(Array.from({ length: count }, start));
  const balancer = await startBalancer(servers.map(({ url }) => url));
  return {
    url: balancer.url,
    ask: askAt(balancer.url, agent),
    each: servers.map(({ url }) => askAt(url, agent)),
    servers,
    close: async () => {
      balancer.close();
      agent.destroy();
      await Promise.all(servers.map((server) => server.close()));
    },
  };
};
