// Errors that nobody foresaw, at every moment of a request: none without its line, no client without an end.
import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { connect } from 'node:net';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { readBody } from './body.ts';
import { answerFailure } from './failure.ts';
import { toWire } from './node-port.ts';

type Serve = (request: IncomingMessage, response: ServerResponse) => Promise<void>;

const limits = { bytes: 1_024, depth: 4 } as const;
const broken = new Error('Out of order.');
const faults: string[] = [];
const answers = new Map<string, Serve>([
  ['/before', () => Promise.reject(broken)],
  [
    '/after-the-body',
    async (request) => {
      await readBody(request, limits);
      throw broken;
    },
  ],
  [
    '/within-the-answer',
    async (request, response) => {
      await readBody(request, limits);
      response.writeHead(200).write('half of ');
      throw broken;
    },
  ],
  [
    '/after-the-answer',
    async (request, response) => {
      await readBody(request, limits);
      response.end('whole');
      throw broken;
    },
  ],
]);
const server = createServer((request, response) => {
  const path = (request.url ?? '').replace(/\?.*/, '');
  answers
    .get(path)?.(request, response)
    .catch((error: unknown) => {
      const { method = '', url: target = '' } = request;
      answerFailure({ method, target }, toWire(response), error, (message, cause) =>
        faults.push(`${message}: ${String(cause)}`),
      );
    });
});

beforeAll(() => once(server.listen(0, '127.0.0.1'), 'listening'));

afterAll(() => {
  server.closeAllConnections();
  server.close();
});

const port = (): number => {
  const address = server.address();
  return typeof address === 'object' && address !== null ? address.port : 0;
};

const post = (path: string): Promise<Response> =>
  fetch(`http://127.0.0.1:${port()}${path}?secret=1`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: '{}',
  });

test.each(['/before', '/after-the-body'])('%s: a line and a 500', async (path) => {
  const response = await post(path);
  expect(response.status).toBe(500);
  expect(await response.json()).toEqual({ detail: expect.stringContaining('log says why') });
  expect(faults.splice(0)).toEqual([`POST ${path} failed: Error: Out of order.`]);
});

test('within the answer: a line and a closed connection', async () => {
  const answer = post('/within-the-answer').then((response) => response.text());
  await expect(answer).rejects.toThrow();
  expect(faults.splice(0)).toEqual(['POST /within-the-answer failed: Error: Out of order.']);
});

test('after the answer: a line, and the answer is whole', async () => {
  const response = await post('/after-the-answer');
  expect(await response.text()).toBe('whole');
  expect(faults.splice(0)).toEqual(['POST /after-the-answer failed: Error: Out of order.']);
});

test('a client that hangs up in its body is no failure', async () => {
  const socket = connect(port(), '127.0.0.1');
  const arrived = new Promise<IncomingMessage>((resolve) => server.once('request', resolve));
  socket.write('POST /after-the-body HTTP/1.1\r\nHost: x\r\nContent-Length: 9\r\n\r\nabc');
  const request = await arrived;
  const gone = new Promise((resolve) => request.on('close', resolve));
  socket.destroy();
  await gone;
  expect((await post('/after-the-body')).status).toBe(500);
  expect(faults.splice(0)).toHaveLength(1);
});
