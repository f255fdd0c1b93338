// Whether a server is ready: the fake says so itself; a deployment is when anything answers where the API is.
import http from 'node:http';
import https from 'node:https';
import type { WayThere } from './way.ts';

/** Null: it is ready; else why not. */
export type Readiness = string | null;

type HttpAnswer = { readonly status: number } | { readonly reason: string };

/** What stands in front of a server answers these for it as long as it is not there. */
const isOfGateway = (status: number): boolean => status >= 502 && status <= 504;

/** Settled within the time, and follows no redirect. */
const ask = async (
  address: string,
  timeoutMs: number,
  { headers, agentFor, explain }: WayThere,
): Promise<HttpAnswer> => {
  const url = new URL(address);
  const agent = await agentFor(url);
  return new Promise((resolve) => {
    const signal = AbortSignal.timeout(timeoutMs);
    const client = url.protocol === 'https:' ? https : http;
    // A connection that is kept may be dead by the next question.
    const sent = { ...headers, connection: 'close' };
    const request = client.get(url, { headers: sent, agent, signal }, (response) => {
      response.resume();
      resolve({ status: response.statusCode ?? 0 });
    });
    request.on('error', (error) => {
      resolve({ reason: signal.aborted ? 'no answer' : explain(error) });
    });
  });
};

/** Asks once; `base` is what comes before `/api/v1/`. */
export const readinessOf = async (
  base: string,
  timeoutMs: number,
  way: WayThere,
): Promise<Readiness> => {
  const health = await ask(`${base}/_mock/health/ready`, timeoutMs, way);
  if ('reason' in health) return health.reason;
  if (health.status === 200) return null;
  if (isOfGateway(health.status)) return `${health.status} at /_mock/health/ready`;
  const path = '/api/v1/invitations/';
  const answer = await ask(`${base}${path}`, timeoutMs, way);
  if ('reason' in answer) return answer.reason;
  return isOfGateway(answer.status) ? `${answer.status} at ${path}` : null;
};
