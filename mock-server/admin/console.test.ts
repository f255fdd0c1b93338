// How the console is served; what it does is tested beside its sources.
import { once } from 'node:events';
import { createServer } from 'node:http';
import { gzipSync } from 'node:zlib';
import { beforeAll, describe, expect, test } from '@jest/globals';
import express from 'express';
import { buildConsole } from '../console/build.suite.ts';
import { running, textOf } from '../running.suite.ts';
import { serveConsole } from './console.ts';

beforeAll(buildConsole);

const fake = running();
const guarded = running({ host: '0.0.0.0', adminToken: 'open-sesame' });

describe('the console', () => {
  test('is at /_mock/, everything that it names is there, and it is small', async () => {
    const bare = await fake.ask('GET', '/_mock');
    expect(bare.status).toBe(301);
    expect(bare.headers.location).toBe('/_mock/');
    const page = await fake.ask('GET', '/_mock/');
    expect(page.status).toBe(200);
    expect(page.headers['content-type']).toMatch(/^text\/html/);
    const named = [...page.text.matchAll(/(?:src|href)="(\.\/[^"]+)"/g)].map(
      ([, name = '']) => name,
    );
    expect(named).toHaveLength(3);
    let bytes = gzipSync(page.text).length;
    for (const name of named) {
      const { pathname } = new URL(name, 'http://x/_mock/');
      const asset = await fake.ask('GET', pathname);
      expect(asset.status).toBe(200);
      expect(asset.headers['cache-control']).toBe('max-age=31536000, immutable');
      expect(asset.headers['x-content-type-options']).toBe('nosniff');
      bytes += gzipSync(asset.text).length;
    }
    expect(bytes).toBeLessThan(40_000);
  });

  test('is where a browser is led that opens the address of the server, and nobody else', async () => {
    const headers = { accept: 'text/html,application/xhtml+xml,*/*;q=0.8' };
    const led = await fake.ask('GET', '/', { headers });
    expect([led.status, led.headers.location]).toEqual([302, '/_mock/']);
    expect((await fake.ask('GET', '/')).status).toBe(404);
  });

  test('is asked for anew each time, with a policy that lets no script in but its own', async () => {
    const { headers, text } = await fake.ask('GET', '/_mock/');
    expect(headers['cache-control']).toBe('no-cache');
    expect(headers['referrer-policy']).toBe('no-referrer');
    const policy = String(headers['content-security-policy']).split('; ');
    expect(policy).toEqual(
      expect.arrayContaining([
        "default-src 'none'",
        "script-src 'self'",
        "style-src 'self'",
        "frame-ancestors 'none'",
        "trusted-types 'none'",
      ]),
    );
    expect(text).not.toMatch(/<script>|<style|\son[a-z]+=/);
  });

  test.each(['/_mock/assets/', '/_mock/assets/none.js', '/_mock/..%2fpackage.json'])(
    'has no file but its own: %s',
    async (path) => {
      expect((await fake.ask('GET', path)).status).toBe(404);
    },
  );

  test('says how to build it where it is missing', async () => {
    const app = express().use('/_mock', serveConsole(['/nowhere/']));
    const server = createServer(app).listen(0, '127.0.0.1');
    await once(server, 'listening');
    const address = server.address();
    const port = typeof address === 'object' && address !== null ? address.port : 0;
    const answer = await fetch(`http://127.0.0.1:${port}/_mock/`);
    const body: unknown = await answer.json();
    server.close();
    expect(answer.status).toBe(404);
    expect(textOf(body, 'detail')).toMatch(/npm run build.*\/_mock\/docs\/testers\//);
  });

  test('asks for the admin token where one is needed, in a way that browsers understand', async () => {
    const refused = await guarded.ask('GET', '/_mock/');
    expect(refused.status).toBe(401);
    expect(refused.headers['www-authenticate']).toMatch(/Basic realm/);
    const as = `Basic ${Buffer.from('anybody:open-sesame').toString('base64')}`;
    expect((await guarded.ask('GET', '/_mock/', { as })).status).toBe(200);
  });
});
