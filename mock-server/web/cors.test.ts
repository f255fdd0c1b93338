// Which web pages may read answers, and how preflights are told from other OPTIONS requests.
import { Agent, createServer, type Server } from 'node:http';
import express from 'express';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { askAt, type HttpAnswer } from '../running.suite.ts';
import { allowsOrigin, handleCors, type CorsOrigins } from './cors.ts';

const loopback: CorsOrigins = { kind: 'loopback' };
const any: CorsOrigins = { kind: 'any' };
const none: CorsOrigins = { kind: 'list', origins: [] };
const some: CorsOrigins = { kind: 'list', origins: ['https://app.example.com'] };

const app = express();
for (const [path, allowed] of Object.entries({ loopback, any, none, some })) {
  app.use(`/${path}`, handleCors(allowed));
}
app.use('/with-credentials', handleCors(loopback, true));
app.use('/any-with-credentials', handleCors(any, true));
app.use((_request, response) => {
  response.status(299).end('went on');
});
const server: Server = createServer(app);
const agent = new Agent();

beforeAll(() => new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve)));

afterAll(() => {
  agent.destroy();
  server.close();
});

const ask = (
  method: string,
  target: string,
  headers: Record<string, string>,
): Promise<HttpAnswer> => {
  const address = server.address();
  const port = typeof address === 'object' && address !== null ? address.port : 0;
  return askAt(`http://127.0.0.1:${port}`, agent)(method, target, { headers });
};

const page = 'http://localhost:5173';

test.each([
  [loopback, page, true],
  [loopback, 'https://127.0.0.1', true],
  [loopback, 'http://[::1]:3000', true],
  [loopback, 'http://app.localhost', true],
  [loopback, 'http://localhost.evil.example', false],
  [loopback, 'http://evil.example', false],
  [loopback, 'null', false],
  [loopback, 'file://', false],
  [loopback, 'chrome-extension://localhost', false],
  [any, 'http://evil.example', true],
  [none, page, false],
  [some, 'https://app.example.com', true],
  [some, 'https://app.example.com.evil.example', false],
  [some, 'http://app.example.com', false],
  [some, page, false],
])('%j and %s: %s', (allowed, origin, expected) => {
  expect(allowsOrigin(allowed, origin)).toBe(expected);
});

describe('an answer', () => {
  test('to an allowed page names its origin and what it may read', async () => {
    const { headers, status } = await ask('GET', '/loopback', { origin: page });
    expect(status).toBe(299);
    expect(headers['access-control-allow-origin']).toBe(page);
    const exposed = String(headers['access-control-expose-headers']).toLowerCase();
    for (const name of [
      'allow',
      'retry-after',
      'www-authenticate',
      'x-request-id',
      'sl-violations',
    ]) {
      expect(exposed).toContain(name);
    }
  });

  test.each([
    ['/none', page],
    ['/loopback', 'http://evil.example'],
    ['/some', page],
  ])('of %s to %s names no origin', async (target, origin) => {
    const { headers, status } = await ask('GET', target, { origin });
    expect(status).toBe(299);
    expect(headers['access-control-allow-origin']).toBeUndefined();
  });

  test('allows no credentials of the browser, not even where any page may read', async () => {
    const { headers } = await ask('GET', '/any', { origin: 'http://evil.example' });
    expect(headers['access-control-allow-origin']).toBe('http://evil.example');
    expect(headers['access-control-allow-credentials']).toBeUndefined();
  });

  test('to no page is not touched', async () => {
    const { headers } = await ask('GET', '/any', {});
    expect(headers['access-control-allow-origin']).toBeUndefined();
    expect(headers['access-control-expose-headers']).toBeUndefined();
  });
});

describe('a preflight', () => {
  const preflight = {
    'access-control-request-method': 'PATCH',
    'access-control-request-headers': 'authorization, content-type',
  };

  test('of an allowed page is answered at once', async () => {
    const { headers, status, text } = await ask('OPTIONS', '/loopback', {
      origin: page,
      ...preflight,
    });
    expect({ status, text }).toEqual({ status: 204, text: '' });
    expect(headers['access-control-allow-origin']).toBe(page);
    for (const method of ['GET', 'POST', 'PUT', 'PATCH', 'DELETE']) {
      expect(headers['access-control-allow-methods']).toContain(method);
    }
    expect(headers['access-control-allow-headers']).toBe('authorization, content-type');
  });

  test('of another page is allowed nothing', async () => {
    const { headers } = await ask('OPTIONS', '/none', { origin: page, ...preflight });
    expect(headers['access-control-allow-origin']).toBeUndefined();
    expect(headers['access-control-allow-methods']).toBeUndefined();
  });

  test('is no OPTIONS without the method that it is for', async () => {
    const { status } = await ask('OPTIONS', '/loopback', { origin: page });
    expect(status).toBe(299);
  });
});

test.each([
  ['/with-credentials', page, page, 'true'],
  ['/with-credentials', 'https://evil.example', undefined, undefined],
  ['/any-with-credentials', page, page, undefined],
  ['/loopback', page, page, undefined],
])('at %s a page of %s may read %s, with credentials: %s', async (path, origin, read, sent) => {
  for (const method of ['GET', 'OPTIONS']) {
    const asked = { origin, 'access-control-request-method': 'POST' };
    const { headers } = await ask(method, path, asked);
    expect(headers['access-control-allow-origin']).toBe(read);
    if (read !== undefined) expect(headers['access-control-allow-credentials']).toBe(sent);
  }
});
