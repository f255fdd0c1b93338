// In the place of the API: passes everything on to a deployment and back, byte for byte, and shows it in the traffic with
// what is wrong in it.
import http, { type IncomingMessage, type ServerResponse } from 'node:http';
import https from 'node:https';
import { buffer } from 'node:stream/consumers';
import type { Finding } from '../../spec/finding.ts';
import { ruleOfFinding } from '../../spec/rule-of-finding.ts';
import type { FinishOptions } from '../api/finish-exchange.ts';
import { findRoute } from '../api/routes.ts';
import type { Sandbox } from '../sandbox/sandbox.ts';
import { parseBody, type BodyLimits } from '../web/body.ts';
import { decoderOf } from '../../spec/content-encoding.ts';

export type Deployment = {
  /** May have a path of its own. */
  readonly url: URL;
  readonly agent: http.Agent;
  /** Sent with every request besides the client's own; names in lower case. */
  readonly headers: Readonly<Record<string, string>>;
  /** Why no answer came, in words. */
  readonly explain: (error: unknown) => string;
};

export type ForwardOptions = Pick<FinishOptions, 'judgeOf' | 'log' | 'requestId' | 'toHeader'> & {
  readonly deployment: Deployment;
  readonly sandbox: Sandbox;
  readonly bodyLimits: BodyLimits;
};

type Pair = readonly [string, string];

type Came = {
  readonly status: number;
  readonly statusText: string;
  readonly pairs: readonly Pair[];
  readonly bytes: Buffer;
};

/** They are about one connection, of which there are two here, as is what `Connection` names; bodies come whole, so that each has a length. */
const hopByHop = new Set([
  ...['connection', 'keep-alive', 'proxy-connection', 'te', 'trailer', 'transfer-encoding'],
  ...['upgrade', 'expect', 'content-length'],
]);

const toPairs = ({ rawHeaders, headers }: IncomingMessage): readonly Pair[] => {
  const named = new Set((headers.connection ?? '').toLowerCase().split(/\s*,\s*/));
  return rawHeaders.flatMap((name, index): readonly Pair[] => {
    const known = name.toLowerCase();
    if (index % 2 === 1 || hopByHop.has(known) || named.has(known)) return [];
    return [[name, rawHeaders[index + 1] ?? '']];
  });
};

const toSent = (request: IncomingMessage, bytes: Buffer, { url, headers }: Deployment) => [
  ...toPairs(request).filter(
    ([name]) => name.toLowerCase() !== 'host' && headers[name.toLowerCase()] === undefined,
  ),
  ...Object.entries(headers),
  ['host', url.host],
  ...(bytes.length === 0 ? [] : [['content-length', String(bytes.length)]]),
];

const ask = (request: IncomingMessage, bytes: Buffer, deployment: Deployment): Promise<Came> =>
  new Promise((resolve, reject) => {
    const { url, agent } = deployment;
    const asked = (url.protocol === 'https:' ? https : http).request({
      protocol: url.protocol,
      host: url.hostname.replace(/^\[|\]$/g, ''),
      ...(url.port === '' ? {} : { port: url.port }),
      path: `${url.pathname.replace(/\/+$/, '')}${request.url ?? '/'}`,
      method: request.method ?? 'GET',
      headers: toSent(request, bytes, deployment).flat(),
      agent,
    });
    asked.on('error', reject);
    asked.on('response', (answer) => {
      buffer(answer).then((body) => {
        const { statusCode: status = 502, statusMessage: statusText = '' } = answer;
        resolve({ status, statusText, pairs: toPairs(answer), bytes: body });
      }, reject);
    });
    asked.on('upgrade', (_answer, socket) => {
      socket.destroy();
      reject(new Error('it switches protocols, which nobody asked for'));
    });
    asked.end(bytes);
  });

/** The text of a body that a deployment has compressed: as it stands where it cannot be decoded, for what is wrong with it is then seen. */
const decodeBody = (bytes: Buffer, encoding?: string): string => {
  try {
    return (decoderOf(encoding)?.(bytes) ?? bytes).toString('utf8');
  } catch {
    return bytes.toString('latin1');
  }
};

const unanswered = (reason: string): Came => ({
  status: 502,
  statusText: 'Bad Gateway',
  pairs: [['content-type', 'application/json']],
  bytes: Buffer.from(JSON.stringify({ detail: `The deployment gave no answer: ${reason}.` })),
});

/** Several values of one name are joined, but for cookies, which are secrets. */
const toShown = (pairs: readonly Pair[]): Record<string, string> => {
  const shown: Record<string, string> = {};
  for (const [name, value] of pairs) {
    const key = name.toLowerCase();
    const before = shown[key];
    shown[key] = before === undefined ? value : `${before}, ${value}`;
  }
  if (shown['set-cookie'] !== undefined) shown['set-cookie'] = '[redacted]';
  return shown;
};

const write = (response: ServerResponse, came: Came, violations: string | undefined): void => {
  const { status, statusText, pairs, bytes } = came;
  const { method } = response.req;
  const length: readonly Pair[] =
    method === 'HEAD' || status === 204 || status === 304
      ? []
      : [['content-length', String(bytes.length)]];
  const added: readonly Pair[] = violations === undefined ? [] : [['sl-violations', violations]];
  // What a page of another origin needs is ours to add; all else is the deployment's.
  if (response.req.headers.origin === undefined) {
    for (const name of response.getHeaderNames()) response.removeHeader(name);
  }
  response.sendDate = false;
  response.writeHead(status, statusText, [...pairs, ...length, ...added].flat());
  response.end(bytes);
};

/** Rejects where it could not answer. */
export type Forward = (request: IncomingMessage, response: ServerResponse) => Promise<void>;

export const createForward = (options: ForwardOptions): Forward => {
  const { deployment, sandbox, judgeOf, toHeader, log, requestId, bodyLimits } = options;

  return async (request, response) => {
    const startedAt = performance.now();
    const sent = await buffer(request);
    const { method = 'GET', url: target = '/', headers } = request;
    const { judged, text } = await parseBody(sent, headers, bodyLimits);
    const came = await ask(request, sent, deployment).catch((error: unknown) =>
      unanswered(deployment.explain(error)),
    );
    const shown = toShown(came.pairs);
    const body = method === 'HEAD' ? undefined : decodeBody(came.bytes, shown['content-encoding']);
    const answer = { status: came.status, headers: shown, ...(body ? { body } : {}) };
    const judge = await judgeOf(sandbox.readings().edition);
    const findings: readonly Finding[] = judge.exchange(
      { method, target, headers, body: judged },
      answer,
    );
    write(response, came, findings.length === 0 ? undefined : toHeader(findings));
    const route = findRoute(target.replace(/\?.*/s, ''))?.route;
    const operation = route?.operations[method === 'HEAD' ? 'GET' : method]?.operationId ?? null;
    const about = { operation: operation ?? undefined, status: came.status, text: body ?? '' };
    const rules = findings
      .filter(({ location }) => location[0] === 'response')
      .flatMap((finding) => ruleOfFinding(finding, about) ?? []);
    const record = {
      id: requestId(headers['x-request-id']),
      at: sandbox.clock.now(),
      durationMs: performance.now() - startedAt,
      ...{ caller: null, operation, rule: rules[0] ?? null, fault: null, faultEffect: null },
      request: { method, target, headers, body: text },
      response: { status: came.status, headers: shown, body: body ?? null },
      findings,
    };
    sandbox.traffic.record(record);
    log(record);
  };
};
