// What no request object can be made of, and who never ends: raw sockets against a server with small limits.
import { get, type Server, type ServerResponse } from 'node:http';
import { connect, type Socket } from 'node:net';
import express from 'express';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { createHttpServer } from './http-server.ts';

const app = express().use((request, response) => {
  request.on('end', () => response.json({ query: request.url }));
  request.on('error', () => undefined);
  request.resume();
});
const limits = { headerBytes: 2_048, headersTimeoutMs: 200, requestTimeoutMs: 400 } as const;
const { server, close } = createHttpServer(app, limits);

const portOf = (of: Server): number => {
  const address = of.address();
  return typeof address === 'object' && address !== null ? address.port : 0;
};

const open = (to: Server, half = false): Socket => {
  const port = portOf(to);
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

afterAll(close);

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
    expect(answer).toMatch(/^HTTP\/1.1 400 Bad Request\r\n[^]*connection: close\r\n/i);
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
  const own = createHttpServer(app, limits);
  await listening(own.server);
  const socket = open(own.server, true);
  socket.on('error', () => undefined);
  const answered = new Promise((resolve) => socket.once('data', resolve));
  socket.write('garbage\r\n\r\n');
  await answered;
  await own.close();
  expect(own.server.listening).toBe(false);
  socket.destroy();
});

/** The status of each answer, in the order in which they came. */
const statuses = (received: string): readonly string[] =>
  [...received.matchAll(/HTTP\/1\.1 (\d+)/g)].map(([, status = '']) => status);

describe('answers keep their order', () => {
  const good = 'POST /x HTTP/1.1\r\nHost: x\r\nContent-Length: 2\r\n\r\n{}';

  test('where a request in the same packet cannot be read', async () => {
    for (const [bad, status] of [
      ['garbage\r\n\r\n', '400'],
      ['CONNECT a:1 HTTP/1.1\r\nHost: a:1\r\n\r\n', '405'],
      ['GET / HTTP/1.1\r\nHost: x\r\nExpect: banana\r\nConnection: close\r\n\r\n', '417'],
      [`GET / HTTP/1.1\r\nX: ${'a'.repeat(3_000)}\r\n${last}`, '431'],
    ] as const) {
      expect(statuses(await exchange(`${good}${good}${bad}`))).toEqual(['200', '200', status]);
    }
  });

  test('where what cannot be read is the body of a request', async () => {
    const chunked = 'POST / HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n';
    expect(statuses(await exchange(`${good}${chunked}`))).toEqual(['200', '400']);
  });

  test('where an answer is under way, which nothing is put into', async () => {
    const streams: ServerResponse[] = [];
    const own = createHttpServer((_request, response) => {
      streams.push(response.writeHead(200, { 'content-type': 'text/event-stream' }));
      response.write(': hello\n\n');
    }, limits);
    await listening(own.server);
    const socket = open(own.server);
    let received = '';
    const ended = new Promise((resolve) => socket.on('close', resolve));
    const greeted = new Promise((resolve) => socket.once('data', resolve));
    const read = new Promise((resolve) => own.server.once('clientError', resolve));
    socket.on('data', (chunk) => (received += String(chunk)));
    socket.write('GET / HTTP/1.1\r\nHost: x\r\n\r\n');
    await greeted;
    socket.write('garbage\r\n\r\n');
    await read;
    expect(statuses(received)).toEqual(['200']);
    streams[0]?.end();
    await ended;
    const [events = '', ...others] = received.split('HTTP/1.1 400');
    expect(events).toMatch(/\r\n0\r\n\r\n$/);
    expect(others).toHaveLength(1);
    await own.close();
  });
});

describe('a target or a host that is none is refused in JSON', () => {
  test.each([
    ['an address with a port that is none', 'GET http://a:999999/_mock/traffic', 'Host: x'],
    ['an address that is none', 'GET http://[::bad/api/v1/invitations/', 'Host: x'],
    ['an address without a host', 'GET http:///x', 'Host: x'],
    ['another scheme', 'GET ftp://x/', 'Host: x'],
    ['a star that is no OPTIONS', 'GET *', 'Host: x'],
    ['a host with a port that is none', 'GET /', 'Host: localhost:99999'],
    ['a host of dots', 'GET /', 'Host: ..'],
    ['a host of colons', 'GET /', 'Host: [:::::::::]'],
    ['an empty host', 'GET /', 'Host:'],
    ['no host', 'GET /', 'X: y'],
    ['two hosts', 'GET /', 'Host: x\r\nhost: y'],
    ['two credentials', 'GET /', 'Host: x\r\nAuthorization: a\r\nauthorization: b'],
    ['two media types', 'GET /', 'Host: x\r\nContent-Type: text/plain\r\nContent-Type: x/y'],
  ])('%s', async (_what, line, host) => {
    const answer = await exchange(`${line} HTTP/1.1\r\n${host}\r\nConnection: close\r\n\r\n`);
    expect(answer).toMatch(/^HTTP\/1.1 400 Bad Request\r\n/);
    expect(answer).toContain('content-type: application/json');
    expect(bodyOf(answer)).toEqual({ detail: expect.stringMatching(/\.$/) });
  });

  test('and what an address says counts more than the host', async () => {
    const answer = await exchange(`GET http://example.com:81/x?y=1 HTTP/1.1\r\n${last}`);
    expect(bodyOf(answer)).toEqual({ query: '/x?y=1' });
    const old = await exchange('GET /old HTTP/1.0\r\n\r\n');
    expect(bodyOf(old)).toEqual({ query: '/old' });
  });
});

describe('the end', () => {
  const get = 'GET /x HTTP/1.1\r\nHost: x\r\n\r\n';

  test('answers what was sent before it, on connections old and new, and says that each answer is the last', async () => {
    const own = createHttpServer(app, limits);
    await listening(own.server);
    const received = await Promise.all(
      ['idle', 'new'].map(async (kind) => {
        const socket = open(own.server);
        let text = '';
        socket.on('data', (chunk) => (text += String(chunk)));
        await new Promise((resolve) => socket.once('connect', resolve));
        if (kind === 'idle') {
          const answered = new Promise((resolve) => socket.once('data', resolve));
          socket.write(get);
          await answered;
          text = '';
        }
        const closed = new Promise((resolve) => socket.once('close', resolve));
        return { socket, closed, read: () => text };
      }),
    );
    for (const { socket } of received) socket.write(get);
    const ended = own.close();
    await Promise.all(received.map(({ closed }) => closed));
    await ended;
    for (const { read } of received)
      expect(read()).toMatch(/^HTTP\/1.1 200 OK\r\n[^]*connection: close\r\n/i);
  });

  test('an answer that is due when it comes says that it is the last', async () => {
    const due: ServerResponse[] = [];
    const own = createHttpServer((_request, response) => due.push(response), limits);
    await listening(own.server);
    const socket = open(own.server);
    let text = '';
    socket.on('data', (chunk) => (text += String(chunk)));
    const closed = new Promise((resolve) => socket.once('close', resolve));
    const asked = new Promise((resolve) => own.server.once('request', resolve));
    socket.write(get);
    await asked;
    const ended = own.close();
    due[0]?.end('late');
    await Promise.all([closed, ended]);
    expect(text).toMatch(/^HTTP\/1.1 200 OK\r\n[^]*connection: close\r\n[^]*late$/i);
  });

  test('an idle connection is kept for longer than a client pauses', async () => {
    const { headers } = await fetch(`http://127.0.0.1:${portOf(server)}/`);
    expect(headers.get('keep-alive')).toBe('timeout=75');
  });
});

/** Asks on a fresh connection each time, at once when it was answered, until that fails: with which code. */
const askOn = (port: number): Promise<string> =>
  new Promise((resolve) => {
    const ask = (): void => {
      get({ port, host: '127.0.0.1', agent: false }, (response) => {
        response.resume().once('close', ask);
      }).once('error', (error) => {
        resolve('code' in error ? String(error.code) : error.message);
      });
    };
    ask();
  });

test('clients that connect again and again are answered or refused at the end, never reset', async () => {
  for (let round = 0; round < 5; round += 1) {
    const own = createHttpServer(app, limits);
    await listening(own.server);
    const port = portOf(own.server);
    const ends = Array.from({ length: 5 }, () => askOn(port));
    await new Promise((resolve) => own.server.once('request', resolve));
    await own.close();
    expect(await Promise.all(ends)).toEqual(Array.from({ length: 5 }, () => 'ECONNREFUSED'));
  }
});
