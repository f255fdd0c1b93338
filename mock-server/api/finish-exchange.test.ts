// What becomes of findings, with a judge that finds what the test wants it to.
import { createServer } from 'node:http';
import { Agent } from 'node:http';
import { afterAll, expect, test } from '@jest/globals';
import type { Finding, Severity } from '../../spec/finding.ts';
import { toViolationsHeader } from '../../spec/violations-header.ts';
import { askAt, type HttpAnswer } from '../running.suite.ts';
import type { Caller } from '../../domain/caller.ts';
import { defaultDelivery } from '../sandbox/delivery-settings.ts';
import { aSandbox } from '../sandbox/sandbox.suite.ts';
import type { LoggedExchange } from '../web/log.ts';
import { toRequest, toWire } from '../web/node-port.ts';
import { replyJson } from '../web/reply.ts';
import {
  createFinishExchange,
  isValidationMode,
  type JudgeExchange,
  type ValidationMode,
} from './finish-exchange.ts';

const closers: (() => void)[] = [];
const agent = new Agent();

afterAll(() => {
  for (const close of closers) close();
});

const finding = (location: readonly string[], severity: Severity = 'error'): Finding => ({
  location,
  severity,
  code: 'planted',
  message: `A planted fault, "ü" 日本 and all`,
});

const setup = async (judge: JudgeExchange, mode: ValidationMode, caller: Caller | null = null) => {
  const sandbox = aSandbox({ now: () => 1_000, delivery: { ...defaultDelivery, mode: 'by-hand' } });
  const logged: LoggedExchange[] = [];
  const finishExchange = createFinishExchange({
    judgeOf: () => ({ exchange: judge }),
    mode,
    toHeader: toViolationsHeader,
    log: (exchange) => logged.push(exchange),
    requestId: () => 'the-id',
  });
  const server = createServer((incoming, response) => {
    const reply = { ...replyJson(200, { good: true }), rule: 'list.answer' } as const;
    const unread = { operation: null, body: undefined, fault: undefined };
    const answered = { reply, sandbox, caller, ...unread };
    const request = toRequest(incoming, false);
    const wire = toWire(response);
    const startedAt = performance.now();
    void finishExchange({ request, wire, answered, allow: 'GET', startedAt });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  closers.push(() => {
    server.closeAllConnections();
    server.close();
  });
  const address = server.address();
  const port = typeof address === 'object' && address !== null ? address.port : 0;
  return { ask: askAt(`http://127.0.0.1:${port}`, agent), sandbox, logged };
};

const violations = ({ headers }: HttpAnswer): unknown => {
  const header = headers['sl-violations'];
  return typeof header === 'string' ? JSON.parse(header) : undefined;
};

const ofResponse = finding(['response', 'body', 'email']);
const ofRequest = finding(['request', 'query', 'page']);

const everywhere = {
  allow: 'GET',
  vary: 'Accept, Cookie, Origin',
  'x-frame-options': 'DENY',
  'x-content-type-options': 'nosniff',
  'referrer-policy': 'same-origin',
  'x-request-id': 'the-id',
};

test('an exchange without findings goes out as it is, in every mode', async () => {
  for (const mode of ['report', 'enforce', 'off'] as const) {
    const { ask, sandbox } = await setup(() => [], mode);
    const answer = await ask('GET', '/x');
    expect(answer).toMatchObject({ status: 200, json: { good: true } });
    expect(answer.headers).toMatchObject(everywhere);
    expect(violations(answer)).toBeUndefined();
    expect(sandbox.traffic.list()).toMatchObject([{ findings: [], rule: 'list.answer' }]);
  }
});

test.each<[string, Caller | null, object | null]>([
  ['nobody', null, null],
  [
    'a user without an organization',
    { userId: 'u', email: 'u@example.com', scope: null },
    { userId: 'u', role: null },
  ],
  [
    'a service account',
    { userId: 's', email: null, scope: { organizationId: 'o', role: 'ADMIN' } },
    { userId: 's', role: 'ADMIN' },
  ],
])('an exchange of %s is kept with who asked and in which role', async (_who, caller, kept) => {
  const { ask, sandbox } = await setup(() => [], 'report', caller);
  await ask('GET', '/x');
  expect(sandbox.traffic.list().map((exchange) => exchange.caller)).toEqual([kept]);
});

test('an exchange is kept with how long it took, which is less than its client waited', async () => {
  const { ask, sandbox } = await setup(() => [], 'report');
  const since = performance.now();
  await ask('GET', '/x');
  const waited = performance.now() - since;
  const [exchange] = sandbox.traffic.list();
  expect(exchange?.durationMs).toBeGreaterThanOrEqual(0);
  expect(exchange?.durationMs).toBeLessThanOrEqual(waited);
});

test('findings are seen in the header, in the traffic and in the log', async () => {
  const { ask, logged, sandbox } = await setup(() => [ofRequest, ofResponse], 'report');
  const answer = await ask('GET', '/x');
  expect(answer).toMatchObject({ status: 200, json: { good: true } });
  expect(violations(answer)).toMatchObject([
    { location: ['request', 'query', 'page'], severity: 'Error', code: 'planted' },
    { location: ['response', 'body', 'email'], severity: 'Error', code: 'planted' },
  ]);
  expect(sandbox.traffic.list()).toMatchObject([{ findings: [ofRequest, ofResponse] }]);
  expect(logged).toMatchObject([{ id: 'the-id', findings: [ofRequest, ofResponse] }]);
});

test('in enforce a wrong answer becomes a 500 that says all that was wrong', async () => {
  const found = [ofResponse, ofRequest, finding(['response', 'headers'])];
  const { ask, sandbox } = await setup(() => found, 'enforce');
  const answer = await ask('GET', '/x');
  const planted = 'A planted fault, "ü" 日本 and all';
  expect(answer).toMatchObject({
    status: 500,
    json: {
      detail:
        'The answer was withheld, for it breaks the contract. ' +
        `response.body.email: ${planted}; response.headers: ${planted}`,
    },
  });
  expect(answer.headers).toMatchObject(everywhere);
  expect(violations(answer)).toHaveLength(3);
  expect(sandbox.traffic.list()).toMatchObject([{ response: { status: 500 } }]);
});

test.each([
  ['a wrong request', ofRequest],
  ['a sign of drift', finding(['response', 'body'], 'information')],
])('in enforce the answer to %s goes out all the same', async (_what, found) => {
  const { ask } = await setup(() => [found], 'enforce');
  const answer = await ask('GET', '/x');
  expect(answer).toMatchObject({ status: 200, json: { good: true } });
  expect(violations(answer)).toHaveLength(1);
});

test('a HEAD is judged and kept as what goes out: without a body', async () => {
  const { ask, sandbox } = await setup(
    (_request, { body }) => (body === undefined ? [] : [finding(['response', 'body'])]),
    'enforce',
  );
  const answer = await ask('HEAD', '/x');
  expect(answer).toMatchObject({ status: 200, text: '' });
  expect(answer.headers['content-length']).toBe(String('{"good":true}'.length));
  expect(violations(answer)).toBeUndefined();
  expect(sandbox.traffic.list()).toMatchObject([{ response: { status: 200, body: null } }]);
});

test('the judge learns whether a body that nobody read is there', async () => {
  const seen: string[] = [];
  const { ask } = await setup(({ body }) => {
    seen.push(body.kind);
    return [];
  }, 'report');
  await ask('GET', '/x');
  await ask('POST', '/x', { json: {} });
  await ask('POST', '/x', { body: '{}', headers: { 'transfer-encoding': 'chunked' } });
  expect(seen).toEqual(['none', 'unreadable', 'unreadable']);
});

test.each(['report', 'enforce', 'off'])('%s is a mode', (mode) => {
  expect(isValidationMode(mode)).toBe(true);
  expect(isValidationMode(`${mode} `)).toBe(false);
});
