// What clients get when something goes wrong on purpose, and what traffic tells of it.
import { Agent } from 'node:http';
import { connect } from 'node:net';
import { beforeEach, describe, expect, test } from '@jest/globals';
import {
  anAddress,
  askAt,
  invitations,
  listOf,
  memberOf,
  noSuchId,
  running,
  textOf,
  type HttpAnswer,
} from '../running.suite.ts';
import { startMockServer } from '../server.ts';

const fake = running();
const world = '/_mock/sandboxes/qa';

let owner = '';
let nobody = '';

beforeEach(async () => {
  const { json } = await fake.ask('PUT', world, { json: { scenario: 'empty' } });
  const credentials = memberOf(json, 'credentials');
  owner = textOf(memberOf(credentials, 'OWNER'), 'api_key');
  nobody = textOf(memberOf(credentials, 'INVITEE'), 'jwt');
});

const put = async (...faults: readonly object[]): Promise<void> => {
  const { status } = await fake.ask('PUT', `${world}/faults`, { json: { faults } });
  expect(status).toBe(200);
};

const counts = async (): Promise<readonly unknown[]> =>
  listOf((await fake.ask('GET', `${world}/faults`)).json, 'faults');

const create = (email = anAddress(), as = owner): Promise<HttpAnswer> =>
  fake.ask('POST', invitations, { as, json: { email, role: 'VIEWER' } });

const list = (as = owner, method = 'GET'): Promise<HttpAnswer> =>
  fake.ask(method, invitations, { as });

const countInvitations = async (): Promise<unknown> =>
  memberOf((await fake.ask('GET', `${world}/invitations`)).json, 'count');

const newest = async (): Promise<unknown> =>
  listOf((await fake.ask('GET', `${world}/traffic?limit=1`)).json, 'exchanges')[0];

/** What comes back on a socket of its own, and how it ended: `end`, or the code of the error. */
const raw = (
  method: string,
  body = '',
): Promise<{ readonly received: string; readonly ended: string }> => {
  const head = `${method} ${invitations} HTTP/1.1\r\nHost: x\r\nAuthorization: ${owner}\r\n`;
  const sized = `Content-Type: application/json\r\nContent-Length: ${Buffer.byteLength(body)}\r\n\r\n`;
  return new Promise((resolve) => {
    const socket = connect(Number(new URL(fake.server.url).port), '127.0.0.1');
    let received = '';
    let ended = 'end';
    socket.on('data', (chunk) => (received += chunk.toString()));
    socket.on('error', (error) => {
      ended = String(memberOf(error, 'code'));
    });
    socket.on('close', () => {
      resolve({ received, ended });
    });
    socket.write(`${head}${sized}${body}`);
  });
};

test('a request with X-No-Faults meets none, and uses none up', async () => {
  await put({ first: 1, status: 503 });
  const spared = await fake.ask('GET', invitations, { as: owner, headers: { 'x-no-faults': '1' } });
  expect(spared.status).toBe(200);
  expect(await counts()).toEqual([expect.objectContaining({ seen: 0, hit: 0 })]);
  expect((await list()).status).toBe(503);
});

describe('a status', () => {
  test.each([500, 502, 503, 504])(
    '%s stands in for the operation, which is not carried out',
    async (status) => {
      await put({ operations: ['invitations_create'], first: 1, status });
      const email = anAddress();
      const answer = await create(email);
      expect(answer).toMatchObject({ status, json: { detail: expect.any(String) } });
      expect(answer.headers['content-type']).toBe('application/json');
      expect(answer.headers['retry-after']).toBeUndefined();
      expect(await countInvitations()).toBe(0);
      expect(await newest()).toMatchObject({
        fault: '1',
        fault_effect: `status ${status}`,
        operation: 'invitations_create',
        request: { body: JSON.stringify({ email, role: 'VIEWER' }) },
        response: { status, body: answer.text },
      });
      expect((await create(email)).status).toBe(201);
      expect(await newest()).toMatchObject({ fault: null, fault_effect: null });
    },
  );

  test('429 says when to come back, as the contract wants it', async () => {
    await put({ status: 429, retry_after: 30 });
    const answer = await list();
    expect(answer.status).toBe(429);
    expect(answer.headers).toMatchObject({
      'retry-after': '30',
      allow: expect.stringContaining('GET'),
    });
    expect(answer.json).toEqual({
      detail: 'Request was throttled. Expected available in 30 seconds.',
    });
    expect(await newest()).toMatchObject({ rule: { id: 'errors.throttled' }, findings: [] });
  });

  test('429 comes behind what is checked before the rate, and before the method', async () => {
    await put({ status: 429 });
    const accept = `${invitations}${noSuchId}/accept/`;
    const asked = [
      (await list('')).status,
      (await list(nobody)).status,
      (await list(owner, 'PUT')).status,
      (await fake.ask('POST', accept, { as: nobody })).status,
    ];
    expect(asked).toEqual([401, 403, 429, 429]);
    expect(await counts()).toMatchObject([{ seen: 2, hit: 2 }]);
  });

  test('503 may say when to come back, and meets everybody', async () => {
    await put({ status: 503, retry_after: 0, roles: ['none'] });
    const sandboxOf = { as: nobody };
    expect((await fake.ask('GET', invitations, sandboxOf)).status).toBe(503);
    expect((await list()).status).toBe(200);
  });

  test('reaches web pages, which may read when to come back', async () => {
    await put({ status: 429 });
    const { headers } = await fake.ask('GET', invitations, {
      as: owner,
      headers: { origin: 'http://localhost:5173' },
    });
    expect(headers['access-control-allow-origin']).toBe('http://localhost:5173');
    expect(headers['access-control-expose-headers']).toContain('Retry-After');
  });
});

describe('a connection', () => {
  const body = (): string => JSON.stringify({ email: anAddress(), role: 'VIEWER' });

  test('is reset before the answer, but the operation was carried out', async () => {
    await put({ first: 1, connection: 'reset-before' });
    expect(await raw('POST', body())).toEqual({ received: '', ended: 'ECONNRESET' });
    expect(await countInvitations()).toBe(1);
    expect(await newest()).toMatchObject({
      fault: '1',
      fault_effect: 'connection reset before the answer',
      response: { status: 0, headers: {}, body: null },
      findings: [],
    });
    expect((await list()).status).toBe(200);
  });

  test.each([
    ['', {}, /^connection reset in the middle of the body$/],
    [
      ', in pieces',
      { drip: { bytes: 50, every_ms: 1 } },
      /^sent in \d+ pieces, connection reset in the middle of the body$/,
    ],
  ])('is reset in the middle of the body%s', async (_how, more, effect) => {
    await put({ connection: 'reset-during', ...more });
    const { received, ended } = await raw('POST', body());
    const [head = '', part = ''] = received.split('\r\n\r\n');
    const length = Number(/content-length: (\d+)/.exec(head)?.[1]);
    expect(head).toMatch(/^HTTP\/1\.1 201 /);
    expect(part.length).toBe(Math.ceil(length / 2));
    expect(ended).toMatch(/^(?:ECONNRESET|end)$/);
    expect(await countInvitations()).toBe(1);
    const exchange = await newest();
    expect(exchange).toMatchObject({ response: { status: 201, body: part }, findings: [] });
    expect(textOf(exchange, 'fault_effect')).toMatch(effect);
    await expect(create()).rejects.toMatchObject({ code: 'ECONNRESET' });
  });

  test('is reset before an answer that has no middle', async () => {
    await put({ connection: 'reset-during' });
    expect(await raw('HEAD')).toEqual({ received: '', ended: 'ECONNRESET' });
    expect(await newest()).toMatchObject({ fault_effect: 'connection reset before the answer' });
  });

  test('hangs until the faults are cleared', async () => {
    await put({ connection: 'hang', operations: ['invitations_create'] });
    const hanging = raw('POST', body());
    while ((await countInvitations()) !== 1) await new Promise(setImmediate);
    expect(await newest()).toMatchObject({
      fault_effect: 'no answer, the connection hangs',
      response: { status: 0 },
    });
    expect((await list()).status).toBe(200);
    await fake.ask('DELETE', `${world}/faults`);
    expect(await hanging).toEqual({ received: '', ended: 'ECONNRESET' });
  });
});

describe('a body', () => {
  test.each(['truncated', 'malformed'])(
    'is %s: no JSON, in an answer that is whole',
    async (kind) => {
      await put({ body: kind, operations: ['invitations_create'] });
      const answer = await create();
      expect(answer.status).toBe(201);
      expect(answer.json).toBeUndefined();
      expect(answer.text.length).toBe(Number(answer.headers['content-length']));
      expect(await countInvitations()).toBe(1);
      expect(await newest()).toMatchObject({
        fault_effect: expect.stringContaining(`body ${kind}`),
        response: { status: 201, body: answer.text },
        findings: [{ location: ['response', 'body'] }],
      });
      expect(answer.headers['sl-violations']).toContain('invalid-json');
    },
  );

  test('that is not there cannot be spoilt, which is counted', async () => {
    const id = textOf((await create()).json, 'id');
    await put({ body: 'truncated', drip: { bytes: 1, every_ms: 1 } });
    expect((await list(owner, 'HEAD')).status).toBe(200);
    expect((await fake.ask('DELETE', `${invitations}${id}/`, { as: owner })).status).toBe(204);
    expect(await newest()).toMatchObject({ fault: null, response: { status: 204 } });
    expect(await counts()).toMatchObject([{ seen: 2, hit: 0, skipped: 2 }]);
  });
});

const tenMinutes = { latency: { kind: 'fixed', ms: 600_000 } } as const;

test('latency holds back an answer, not the operation and not the server', async () => {
  await put({ operations: ['invitations_create'], ...tenMinutes });
  const late = create();
  while ((await countInvitations()) !== 1) await new Promise(setImmediate);
  expect((await list()).status).toBe(200);
  await put();
  expect((await late).status).toBe(201);
  expect(await newest()).toMatchObject({
    fault_effect: expect.stringMatching(/^held back \d+ ms$/),
    response: { status: 201 },
  });
});

test('an answer without a body comes late without one', async () => {
  const id = textOf((await create()).json, 'id');
  await put({ latency: { kind: 'fixed', ms: 1 } });
  expect(await fake.ask('DELETE', `${invitations}${id}/`, { as: owner })).toMatchObject({
    status: 204,
    text: '',
  });
  expect(await newest()).toMatchObject({ fault: '1', response: { status: 204, body: null } });
});

test.each([
  ['removed', 'DELETE', ''],
  ['reset', 'POST', '/reset'],
])('what hangs ends when its sandbox is %s', async (_what, method, path) => {
  await put({ connection: 'hang' });
  const hanging = raw('POST');
  while ((await counts()).some((fault) => memberOf(fault, 'hit') !== 1)) {
    await new Promise(setImmediate);
  }
  await fake.ask(method, `${world}${path}`);
  expect(await hanging).toEqual({ received: '', ended: 'ECONNRESET' });
});

test('a server that closes waits neither for what hangs nor for what is late', async () => {
  const server = await startMockServer({ port: 0, logLevel: 'silent', banner: false });
  const agent = new Agent();
  const ask = askAt(server.url, agent);
  const faults = '/_mock/sandboxes/default/faults';
  const as = server.credentials.apiKeys.OWNER;
  const hang = { operations: ['invitations_list'], connection: 'hang' };
  await ask('PUT', faults, { json: { faults: [hang, tenMinutes] } });
  const hanging = ask('GET', invitations, { as });
  const late = ask('GET', `${invitations}${noSuchId}/`, { as });
  const ended = Promise.allSettled([hanging, late]);
  const met = async (): Promise<readonly unknown[]> =>
    listOf((await ask('GET', faults)).json, 'faults').map((fault) => memberOf(fault, 'hit'));
  while ((await met()).includes(0)) await new Promise(setImmediate);
  await server.close();
  expect(await ended).toMatchObject([
    { status: 'rejected', reason: { code: 'ECONNRESET' } },
    { status: 'fulfilled', value: { status: 404 } },
  ]);
  agent.destroy();
});
