// What no request object can be made of, and who never ends: raw sockets against a server with small limits.
import type { Server } from 'node:http';
import { connect, type Socket } from 'node:net';
import express from 'express';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { createHttpServer } from './http-server.ts';

const app = express().use((request, response) => {
  request.on('end', () => response.json({ query: request.url }));
  request.on('error', () => undefined);
  request.resume();
});
const server: Server = createHttpServer(app, {
  headerBytes: 2_048,
  headersTimeoutMs: 200,
  requestTimeoutMs: 400,
});

const open = (to: Server, half = false): Socket => {
  const address = to.address();
  const port = typeof address === 'object' && address !== null ? address.port : 0;
  return connect({ port, host: '127.0.0.1', allowHalfOpen: half });
};

/** All that comes back until the server closes its side. */
const exchange = (...sent: readonly (string | Buffer)[]): Promise<string> =>
  new Promise((resolve, reject) => {
    const socket = open(server);
    let received = '';
    socket.on('data', (chunk) => (received += String(chunk)));
    socket.on('error', reject);
    socket.on('close', () => {
      resolve(received);
    });
    for (const bytes of sent) socket.write(bytes);
  });

const listening = (one: Server): Promise<void> =>
  new Promise((resolve) => one.listen(0, '127.0.0.1', resolve));

beforeAll(() => listening(server));

afterAll(() => {
  server.closeAllConnections();
  server.close();
});

const bodyOf = (answer: string): unknown =>
  JSON.parse(answer.slice(answer.indexOf('\r\n\r\n') + 4));

const last = 'Host: x\r\nConnection: close\r\n\r\n';

test('requests and responses are what Express makes of them', async () => {
  const answer = await exchange(`GET /x?y=1 HTTP/1.1\r\n${last}`);
  expect(answer).toMatch(/^HTTP\/1.1 200 OK\r\n/);
  expect(bodyOf(answer)).toEqual({ query: '/x?y=1' });
});

describe('is answered in JSON', () => {
  test.each([
    ['garbage', 'garbage\r\n\r\n'],
    ['bytes', Buffer.from([0x16, 0x03, 0x01, 0x00, 0xff, 0x0a, 0x0d])],
    ['an odd method', `FETCH / HTTP/1.1\r\n${last}`],
    ['an odd version', `GET / HTTP/9.9\r\n${last}`],
    ['a path beyond ASCII', `GET /\u00e9 HTTP/1.1\r\n${last}`],
    ['a header without a colon', `GET / HTTP/1.1\r\nnonsense\r\n${last}`],
    ['a length that is none', `POST / HTTP/1.1\r\nContent-Length: x\r\n${last}`],
    ['two lengths', `POST / HTTP/1.1\r\nContent-Length: 1\r\nContent-Length: 2\r\n${last}`],
    [
      'a length and chunks',
      `POST / HTTP/1.1\r\nContent-Length: 1\r\nTransfer-Encoding: chunked\r\n${last}`,
    ],
    [
      'a chunk of no size',
      `POST / HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n`,
    ],
  ])('with 400: %s', async (_what, bytes) => {
    const answer = await exchange(bytes);
    expect(answer).toMatch(/^HTTP\/1.1 400 Bad Request\r\nConnection: close\r\n/);
    expect(bodyOf(answer)).toEqual({ detail: expect.stringMatching(/^This is not HTTP.*\.$/) });
  });

  test('with 431: headers that are too large', async () => {
    const answer = await exchange(`GET / HTTP/1.1\r\nX: ${'a'.repeat(3_000)}\r\n${last}`);
    expect(answer).toMatch(/^HTTP\/1.1 431 Request Header Fields Too Large\r\n/);
    expect(bodyOf(answer)).toHaveProperty('detail');
  });

  test('with 408: headers, or a body, that do not arrive in time', async () => {
    const answers = await Promise.all([
      exchange('GET / HTTP/1.1\r\nHost: x\r\n'),
      exchange('POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 10\r\n\r\nabc'),
    ]);
    for (const answer of answers) {
      expect(answer).toMatch(/^HTTP\/1.1 408 Request Timeout\r\n/);
      expect(bodyOf(answer)).toHaveProperty('detail');
    }
  });
});

test('whoever hangs up in the middle leaves the server well', async () => {
  for (const bytes of [
    'GET / HT',
    'POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 9\r\n\r\nabc',
    'x\r\n\r\n',
  ]) {
    const socket = open(server);
    await new Promise<void>((resolve) =>
      socket.write(bytes, () => {
        resolve();
      }),
    );
    socket.resetAndDestroy();
  }
  expect(await exchange(`GET / HTTP/1.1\r\n${last}`)).toMatch(/^HTTP\/1.1 200/);
});

test('a client that never closes its side does not hold up the end of the server', async () => {
  const own = createHttpServer(app, {
    headerBytes: 2_048,
    headersTimeoutMs: 200,
    requestTimeoutMs: 400,
  });
  await listening(own);
  const socket = open(own, true);
  socket.on('error', () => undefined);
  const answered = new Promise<void>((resolve) =>
    socket.once('data', () => {
      resolve();
    }),
  );
  socket.write('garbage\r\n\r\n');
  await answered;
  await new Promise<void>((resolve) =>
    own.close(() => {
      resolve();
    }),
  );
  expect(own.listening).toBe(false);
  socket.destroy();
});
