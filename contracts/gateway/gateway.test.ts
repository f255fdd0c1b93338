// The gateway that tests of the suites stand behind: what goes through it unchanged, and what its habits do.
import http from 'node:http';
import https from 'node:https';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import { gunzipSync } from 'node:zlib';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { authority, clientIdentity, serverIdentity } from './certificates.suite.ts';
import { startGateway, type GatewayOptions } from './gateway.suite.ts';
import {
  answers,
  compresses,
  everyNthOf,
  html,
  isMethod,
  lags,
  loses,
  only,
  redirects,
  shiftsClock,
  strips,
  throttles,
  wants,
} from './habits.suite.ts';

const target = http.createServer((request, response) => {
  response.setHeader('Set-Cookie', ['a=1', 'b=2']);
  response.setHeader('Allow', 'GET');
  response.statusCode = request.method === 'POST' ? 201 : 200;
  response.end(`{"id":"seven","host":"${request.headers.host ?? ''}"}`);
});
let address = '';
beforeAll(async () => {
  await new Promise<void>((resolve) => target.listen(0, '127.0.0.1', resolve));
  const bound: AddressInfo | string | null = target.address();
  address = `http://127.0.0.1:${typeof bound === 'object' ? (bound?.port ?? 0) : 0}`;
});
afterAll(() => {
  target.closeAllConnections();
  target.close();
});

const through = async <T>(
  options: GatewayOptions,
  use: (url: string) => Promise<T>,
): Promise<T> => {
  const gateway = await startGateway(address, options);
  try {
    return await use(gateway.url);
  } finally {
    await gateway.close();
  }
};

test('without habits everything goes through, and several values of a header stay several', () =>
  through({}, async (url) => {
    const response = await fetch(url);
    expect(response.headers.getSetCookie()).toEqual(['a=1', 'b=2']);
    expect(await response.text()).toContain(url.replace('http://', ''));
  }));

test('habits work together, the first one outermost', () =>
  through(
    { habits: [strips('allow'), shiftsClock(3_600_000), wants('X-Team', 'qa'), throttles('7')] },
    async (url) => {
      expect(await fetch(url)).toMatchObject({ status: 403 });
      const response = await fetch(url, { headers: { 'x-team': 'qa' } });
      expect(response.status).toBe(429);
      expect(response.headers.get('retry-after')).toBe('7');
      expect(response.headers.get('allow')).toBeNull();
      const aheadMs = Date.parse(response.headers.get('date') ?? '') - Date.now();
      expect(Math.round(aheadMs / 60_000)).toBe(60);
    },
  ));

test('a habit for some requests leaves the others alone', () =>
  through(
    {
      habits: [
        only(isMethod('DELETE'), answers(html(500, 'Oops'))),
        everyNthOf(2, isMethod('PUT'), loses),
        only(isMethod('PATCH'), redirects('https://elsewhere.example')),
      ],
    },
    async (url) => {
      const statusOf = async (method: string): Promise<number> =>
        (await fetch(url, { method, redirect: 'manual' })).status;
      expect(await statusOf('DELETE')).toBe(500);
      expect(await statusOf('PATCH')).toBe(307);
      expect(await statusOf('GET')).toBe(200);
      expect(await statusOf('PUT')).toBe(200);
      await expect(statusOf('PUT')).rejects.toThrow('fetch failed');
    },
  ));

test('an answer is compressed as its header says', () =>
  through({ habits: [compresses('gzip')] }, async (url) => {
    const bytes = await new Promise<string>((resolve, reject) => {
      http.get(url, (response) => {
        expect(response.headers['content-encoding']).toBe('gzip');
        const chunks: Uint8Array[] = [];
        response.on('data', (chunk: Uint8Array) => chunks.push(chunk));
        response.on('end', () => {
          resolve(gunzipSync(Buffer.concat(chunks)).toString());
        });
        response.on('error', reject);
      });
    });
    expect(bytes).toContain('seven');
  }));

test('what was made is not there for readers at first', () =>
  through({ habits: [lags(60_000)] }, async (url) => {
    expect((await fetch(url, { method: 'POST' })).status).toBe(201);
    expect((await fetch(`${url}/seven/`)).status).toBe(404);
    expect((await fetch(`${url}/eight/`)).status).toBe(200);
  }));

test('it speaks TLS, and asks for the certificate of a client', () =>
  through({ tls: { ...serverIdentity, requestCert: true, ca: authority } }, async (url) => {
    const ask = (identity: object): Promise<string> =>
      new Promise((resolve, reject) => {
        https
          .get(url, { ca: authority, agent: false, ...identity }, (response) => {
            text(response).then(resolve, reject);
          })
          .on('error', reject);
      });
    await expect(ask({})).rejects.toThrow();
    expect(await ask(clientIdentity)).toContain('seven');
  }));
