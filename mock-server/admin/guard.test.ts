// Who may use the testers' API: on a loopback address, beyond it, and from which web pages.
import { describe, expect, test } from '@jest/globals';
import { running, textOf, type Running } from '../running.suite.ts';
import { readEvents } from './event-reader.suite.ts';
import { adminRoutes, sandboxRoutes } from './routes.ts';

const local = running({ validation: 'off' });
const open = running({ validation: 'off', host: '0.0.0.0', corsOrigins: { kind: 'any' } });

const docs = [
  '',
  '/',
  '/docs',
  '/docs/',
  '/docs/start.js',
  '/docs/swagger-ui.css',
  '/docs/testers/',
  '/docs/testers/start.js',
  '/openapi.json',
  '/admin.openapi.json',
  '/admin.openapi.yaml',
  '/openapi.yaml',
  '/nothing',
  '/docs/../traffic',
];
const streams = sandboxRoutes
  .filter((route) => 'stream' in route)
  .map(({ path }) => `/sandboxes/default${path}`);
const all = [
  ...adminRoutes.map(({ method, path }) => [method.toUpperCase(), path] as const),
  ...sandboxRoutes.flatMap(({ method, path, alsoForDefault }) =>
    [`/sandboxes/default${path}`, ...(alsoForDefault === true ? [path] : [])].map(
      (at) => [method.toUpperCase(), at] as const,
    ),
  ),
  ...docs.map((path) => ['GET', path] as const),
  ['PUT', '/anything'] as const,
];
const guarded = all.filter(([, path]) => !path.startsWith('/health/'));

const status = async (
  to: Running,
  method: string,
  path: string,
  headers: Record<string, string> = {},
): Promise<number> => {
  if (!streams.includes(path)) return (await to.ask(method, `/_mock${path}`, { headers })).status;
  const { response, close } = await readEvents(`${to.server.url}/_mock${path}`, headers);
  close();
  return response.statusCode ?? 0;
};

test('the streams are among what is guarded', () => {
  expect(streams).toContain('/sandboxes/default/traffic/stream');
});

describe('on a loopback address', () => {
  test.each(guarded)('%s %s answers to loopback names alone', async (method, path) => {
    expect(await status(local, method, path)).not.toBe(403);
    for (const host of ['localhost:4010', '[::1]', 'app.localhost']) {
      expect(await status(local, method, path, { host })).not.toBe(403);
    }
    for (const host of ['evil.example', 'localhost.evil.example:4010', '192.168.0.1']) {
      expect(await status(local, method, path, { host })).toBe(403);
    }
  });

  test.each(guarded)('%s %s answers to no page of a foreign site', async (method, path) => {
    for (const origin of ['http://evil.example', 'null', 'http://localhost.evil.example']) {
      expect(await status(local, method, path, { origin })).toBe(403);
    }
    const image = { 'sec-fetch-site': 'cross-site', 'sec-fetch-mode': 'no-cors' };
    expect(await status(local, method, path, image)).toBe(403);
  });

  test('a refusal says why, as a problem document', async () => {
    const { headers, json } = await local.ask('GET', '/_mock/traffic', {
      headers: { host: 'evil.example' },
    });
    expect(headers['content-type']).toBe('application/problem+json');
    expect(textOf(json, 'detail')).toContain('"evil.example"');
  });

  test('a link that somebody follows shows its page', async () => {
    const link = { 'sec-fetch-site': 'cross-site', 'sec-fetch-mode': 'navigate' };
    expect(await status(local, 'GET', '/docs/', link)).toBe(200);
  });

  test('the own pages may do everything', async () => {
    const { host } = new URL(local.server.url);
    for (const origin of [`http://${host}`, `https://${host}`]) {
      expect(await status(local, 'GET', '/traffic', { origin })).toBe(200);
      expect(await status(local, 'DELETE', '/traffic', { origin })).toBe(204);
    }
  });

  test('a front end of this machine gets tokens and their key, and nothing else', async () => {
    const origin = 'http://localhost:5173';
    const tokens = await local.ask('POST', '/_mock/tokens', {
      json: { email: local.server.credentials.inviteeEmail },
      headers: { origin },
    });
    expect(tokens.status).toBe(201);
    expect(tokens.headers['access-control-allow-origin']).toBe(origin);
    expect(await status(local, 'GET', '/jwks.json', { origin })).toBe(200);
    const ofSandbox = await local.ask('POST', '/_mock/sandboxes/default/tokens', {
      json: { email: local.server.credentials.inviteeEmail },
      headers: { origin },
    });
    expect(ofSandbox.status).toBe(201);
    for (const path of [
      '/traffic',
      '/docs/start.js',
      '/openapi.json',
      '/tokens/',
      '/sandboxes/default',
      '/sandboxes/tokens',
      '/sandboxes/default/messages',
    ]) {
      expect(await status(local, 'GET', path, { origin })).toBe(403);
    }
    expect(await status(local, 'DELETE', '/traffic', { origin })).toBe(403);
  });

  test('needs no token', () => {
    expect(local.server.adminToken).toBeNull();
  });
});

describe('beyond the loopback address', () => {
  const bearer = (): string => `Bearer ${open.server.adminToken ?? ''}`;
  const basic = (pair: string): string => `Basic ${Buffer.from(pair).toString('base64')}`;

  test('a token is made, another one for each server', () => {
    expect(open.server.adminToken).toMatch(/^[0-9a-f]{32}$/);
  });

  test.each(guarded)('%s %s is 401 without it', async (method, path) => {
    const wrong = [
      {},
      { authorization: 'Bearer wrong' },
      { authorization: basic('admin:wrong') },
      { authorization: 'Bearer' },
      { authorization: basic('') },
    ];
    for (const headers of wrong) {
      const answer = await open.ask(method, `/_mock${path}`, { headers });
      expect(answer.status).toBe(401);
      expect(answer.headers['www-authenticate']).toBe('Basic realm="mock", Bearer realm="mock"');
    }
    expect(await status(open, method, path, { authorization: bearer() })).not.toBe(401);
  });

  test('it may be the password of a browser, whatever the user name', async () => {
    const token = open.server.adminToken ?? '';
    for (const pair of [`admin:${token}`, `:${token}`, `Ännchen:${token}`]) {
      expect(await status(open, 'GET', '/traffic', { authorization: basic(pair) })).toBe(200);
    }
    for (const pair of [token.slice(1), `${token}:`, `admin:${token} `]) {
      expect(await status(open, 'GET', '/traffic', { authorization: basic(pair) })).toBe(401);
    }
  });

  test('a foreign page is refused even with it, for a browser remembers passwords', async () => {
    const headers = { origin: 'http://evil.example', authorization: bearer() };
    expect(await status(open, 'GET', '/traffic', headers)).toBe(403);
    expect(await status(open, 'DELETE', '/traffic', headers)).toBe(403);
  });

  test('a page of an allowed origin needs it for tokens too', async () => {
    const asked = {
      json: { email: open.server.credentials.inviteeEmail },
      headers: { origin: 'http://app.example' },
    };
    expect((await open.ask('POST', '/_mock/tokens', asked)).status).toBe(401);
    expect((await open.ask('POST', '/_mock/tokens', { ...asked, as: bearer() })).status).toBe(201);
  });

  test('the keys of two servers differ, though their seed is the same', () => {
    const { apiKeys } = local.server.credentials;
    expect(open.server.credentials.apiKeys.OWNER).not.toBe(apiKeys.OWNER);
  });
});

test('health answers to everybody', async () => {
  for (const to of [local, open]) {
    for (const path of ['/health/live', '/health/ready']) {
      expect(await status(to, 'GET', path)).toBe(200);
      expect(
        await status(to, 'GET', path, { host: 'probe.example', origin: 'http://evil.example' }),
      ).toBe(200);
    }
  }
});

test('a form of a foreign page is refused, also where no Origin tells of it; a link is not', async () => {
  const headers = { 'sec-fetch-site': 'cross-site', 'sec-fetch-mode': 'navigate' };
  const form = await local.ask('POST', '/_mock/reset', { headers });
  expect(form.status).toBe(403);
  const link = await local.ask('GET', '/_mock/docs/', { headers });
  expect(link.status).toBe(200);
});

test('answers with credentials are kept by nobody', async () => {
  for (const path of ['/sandboxes', '/sandboxes/default', '/docs/start.js', '/nothing']) {
    const { headers } = await local.ask('GET', `/_mock${path}`);
    expect(headers['cache-control']).toBe('no-store');
  }
});
