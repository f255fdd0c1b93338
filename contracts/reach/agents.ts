// The connections to deployments: kept where that is safe, through the proxy that HTTP_PROXY, HTTPS_PROXY and NO_PROXY name, and with the
// certificates that are given.
import http from 'node:http';
import https from 'node:https';
import type { Socket } from 'node:net';
import { rootCertificates } from 'node:tls';
import type { Way } from './way.ts';

export type AgentFor = (url: URL) => Promise<http.Agent>;

/** No proxy leads there: a server on this machine is reached, whatever a company sets for all its machines. */
const isOnThisMachine = ({ hostname }: URL): boolean =>
  /^(localhost|.+\.localhost|127(\.\d+){3}|\[::1\])$/.test(hostname);

/** What leads through proxies is loaded for who may have one. Gives an empty text for none. */
const proxyTo = async (url: URL): Promise<string> => {
  if (isOnThisMachine(url)) return '';
  const { getProxyForUrl } = await import('proxy-from-env');
  return getProxyForUrl(url.href);
};

const soonMs = 1_000;

/**
 * Some proxies end a connection after each answer without having said that they will: what was sent on it meanwhile is
 * lost. Whoever ends one so soon gets a new one for each request.
 */
const keepWhileSafe = (agent: http.Agent): http.Agent => {
  const freed = new WeakMap<Socket, { readonly bytes: number; readonly at: number }>();
  agent.on('free', (socket: Socket) => {
    const isKnown = freed.has(socket);
    freed.set(socket, { bytes: socket.bytesRead, at: performance.now() });
    if (isKnown) return;
    socket.once('close', () => {
      const last = freed.get(socket);
      const isSoon = last !== undefined && performance.now() - last.at < soonMs;
      if (isSoon && last.bytes === socket.bytesRead) Object.assign(agent, { keepAlive: false });
    });
  });
  return agent;
};

/** One agent for each protocol and proxy. */
export const createAgents = ({ ca, cert, key }: Omit<Way, 'headers'>): AgentFor => {
  const agents = new Map<string, Promise<http.Agent>>();
  const identity = {
    ...(ca === undefined ? {} : { ca: [...rootCertificates, ca] }),
    ...(cert === undefined ? {} : { cert }),
    ...(key === undefined ? {} : { key }),
  };
  const options = { ...identity, keepAlive: true };
  const make = async (isTls: boolean, proxy: string): Promise<http.Agent> => {
    if (proxy === '') return isTls ? new https.Agent(options) : new http.Agent(options);
    if (!isTls) return new (await import('http-proxy-agent')).HttpProxyAgent(proxy, options);
    const agent = new (await import('https-proxy-agent')).HttpsProxyAgent(proxy, options);
    // What it is made with is for the proxy; this is for the target behind it.
    Object.assign(agent.options, identity);
    return agent;
  };
  return async (url) => {
    const proxy = await proxyTo(url);
    const name = `${url.protocol} ${proxy}`;
    const agent = agents.get(name) ?? make(url.protocol === 'https:', proxy).then(keepWhileSafe);
    agents.set(name, agent);
    return agent;
  };
};
