// Traces as a collector receives them, and the log lines that name them.
import { createServer, type IncomingHttpHeaders, type Server } from 'node:http';
import { Agent } from 'node:http';
import { json } from 'node:stream/consumers';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { launch } from './launch.suite.ts';
import { listen } from '../mock-server/web/listen.ts';
import { askAt, invitations, listOf, memberOf } from '../mock-server/running.suite.ts';
import { readParent } from '../mock-server/traces/traced.ts';

type Received = {
  readonly path: string;
  readonly headers: IncomingHttpHeaders;
  readonly body: unknown;
};

const received: Received[] = [];
const agent = new Agent();
let collector: Server;
let address = '';

beforeAll(async () => {
  collector = createServer((request, response) => {
    void json(request).then((body) => {
      received.push({ path: request.url ?? '', headers: request.headers, body });
      response.writeHead(200, { 'content-type': 'application/json' }).end('{}');
    });
  });
  const { port } = await listen(collector, 0, '127.0.0.1');
  address = `http://127.0.0.1:${port}`;
});

afterAll(() => {
  agent.destroy();
  collector.close();
  collector.closeAllConnections();
});

const traceId = '4bf92f3577b34da6a3ce929d0e0e4736';
const traceparent = `00-${traceId}-00f067aa0ba902b7-01`;

const linesOf = (out: string): readonly unknown[] =>
  out
    .split('\n')
    .filter((line) => line.startsWith('{'))
    .map((line): unknown => JSON.parse(line));

const flags = ['--port', '0', '--log-format', 'json', '--seed', '1'];

/** What is logged, with the id of its trace, after one request within a trace and one without. */
const serve = async (...more: readonly string[]): Promise<readonly unknown[]> => {
  const { child, said, ended } = launch('start', ...flags, ...more);
  const [url = ''] = /http:\/\/127\.0\.0\.1:\d+(?=\/_mock\/$)/m.exec(await said('by role')) ?? [];
  const ask = askAt(url, agent);
  await ask('GET', `${invitations}?email=ada@example.com`, { headers: { traceparent } });
  await ask('GET', invitations);
  child.kill('SIGTERM');
  return linesOf((await ended).out).map((line) => memberOf(line, 'trace_id'));
};

const spans = (): readonly unknown[] =>
  received
    .flatMap(({ body }) => listOf(body, 'resourceSpans'))
    .flatMap((resource) => listOf(resource, 'scopeSpans'))
    .flatMap((scope) => listOf(scope, 'spans'));

const valueOf = (span: unknown, key: string): unknown =>
  memberOf(
    listOf(span, 'attributes').find((attribute) => memberOf(attribute, 'key') === key),
    'value',
  );

describe('with a collector', () => {
  test('each exchange is a span of the client’s trace or of its own, and its line names the trace', async () => {
    const [first, second] = await serve('--otlp-endpoint', address);
    expect(received.map(({ path }) => path)).toEqual(['/v1/traces']);
    expect(JSON.stringify(received[0]?.body)).toContain('"stringValue":"invitations-mock"');
    const [within, alone] = spans();
    expect(within).toMatchObject({
      ...{ traceId, parentSpanId: '00f067aa0ba902b7', name: 'GET invitations_list', kind: 2 },
    });
    expect(first).toBe(traceId);
    expect(second).toBe(memberOf(alone, 'traceId'));
    expect(second).not.toBe(traceId);
    expect(valueOf(within, 'http.response.status_code')).toEqual({ intValue: 401 });
    expect(valueOf(within, 'invitations_mock.rule')).toEqual({
      stringValue: 'authentication.missing',
    });
    expect(JSON.stringify(spans())).not.toContain('ada@example.com');
  });
});

test('without one a line names the trace that the client is in', async () => {
  expect(await serve()).toEqual([traceId, undefined]);
});

test.each([
  [traceparent, { traceId, spanId: '00f067aa0ba902b7', traceFlags: 1 }],
  [
    `01-${traceId}-00f067aa0ba902b7-00-later`,
    { traceId, spanId: '00f067aa0ba902b7', traceFlags: 0 },
  ],
  [`ff-${traceId}-00f067aa0ba902b7-01`, undefined],
  [`00-${'0'.repeat(32)}-00f067aa0ba902b7-01`, undefined],
  [`00-${traceId}-${'0'.repeat(16)}-01`, undefined],
  [`00-${traceId.toUpperCase()}-00f067aa0ba902b7-01`, undefined],
  ['nonsense', undefined],
  [['two', 'of them'], undefined],
])('%j as a traceparent', (header, parent) => {
  expect(readParent(header)).toEqual(parent);
});
