// The connections to deployments: kept, through the proxy that HTTP_PROXY, HTTPS_PROXY and NO_PROXY name, and with the
// certificates that are given.
import http from 'node:http';
import https from 'node:https';
import { rootCertificates } from 'node:tls';
import { HttpProxyAgent } from 'http-proxy-agent';
import { HttpsProxyAgent } from 'https-proxy-agent';
import { getProxyForUrl } from 'proxy-from-env';
import type { Way } from './way.ts';

export type AgentFor = (url: URL) => http.Agent;

/** No proxy leads there: a server on this machine is reached, whatever a company sets for all its machines. */
const isOnThisMachine = ({ hostname }: URL): boolean =>
  /^(localhost|.+\.localhost|127(\.\d+){3}|\[::1\])$/.test(hostname);

/** One agent for each protocol and proxy. */
export const createAgents = ({ ca, cert, key }: Omit<Way, 'headers'>): AgentFor => {
  const agents = new Map<string, http.Agent>();
  const identity = {
    ...(ca === undefined ? {} : { ca: [...rootCertificates, ca] }),
    ...(cert === undefined ? {} : { cert }),
    ...(key === undefined ? {} : { key }),
  };
  const options = { ...identity, keepAlive: true };
  const make = (isTls: boolean, proxy: string): http.Agent => {
    if (proxy === '') return isTls ? new https.Agent(options) : new http.Agent(options);
    if (!isTls) return new HttpProxyAgent(proxy, options);
    const agent = new HttpsProxyAgent(proxy, options);
    // What it is made with is for the proxy; this is for the target behind it.
    Object.assign(agent.options, identity);
    return agent;
  };
  return (url) => {
    const proxy = isOnThisMachine(url) ? '' : getProxyForUrl(url.href);
    const name = `${url.protocol} ${proxy}`;
    const agent = agents.get(name) ?? make(url.protocol === 'https:', proxy);
    agents.set(name, agent);
    return agent;
  };
};
