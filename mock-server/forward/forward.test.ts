// A deployment behind the server instead of the fake: passed on byte for byte, judged, and shown in the traffic.
import http, { type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import { buffer } from 'node:stream/consumers';
import { gunzipSync, gzipSync } from 'node:zlib';
import { afterEach, expect, test } from '@jest/globals';
import { decoderOf } from '../../spec/content-encoding.ts';
import { invitation } from '../../spec/sample-invitation.suite.ts';
import { startMockServer } from '../server.ts';

const closing: (() => Promise<unknown>)[] = [];
afterEach(async () => {
  for (const close of closing.splice(0).reverse()) await close();
});

const listen = async (listener: http.RequestListener): Promise<string> => {
  const server = http.createServer(listener);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  closing.push(() => {
    server.closeAllConnections();
    return new Promise((resolve) => server.close(resolve));
  });
  const bound: AddressInfo | string | null = server.address();
  return `http://127.0.0.1:${typeof bound === 'object' ? (bound?.port ?? 0) : 0}`;
};

const watch = async (target: string, headers: Readonly<Record<string, string>> = {}) => {
  const agent = new http.Agent({ keepAlive: true });
  const deployment = { url: new URL(target), agent, headers, explain: () => 'the line is dead' };
  const server = await startMockServer({ port: 0, logLevel: 'silent' }, deployment);
  closing.push(() => server.close());
  closing.push(() => {
    agent.destroy();
    return Promise.resolve();
  });
  const traffic = async (): Promise<unknown> => {
    const response = await fetch(`${server.url}/_mock/sandboxes/default/traffic`);
    return response.json();
  };
  return { url: server.url, traffic };
};

type Sent = {
  readonly method?: string;
  readonly headers?: http.OutgoingHttpHeaders;
  readonly body?: string;
};

const ask = (url: string, { method = 'GET', headers = {}, body = '' }: Sent = {}) =>
  new Promise<{ readonly answer: IncomingMessage; readonly bytes: Buffer }>((resolve, reject) => {
    const asked = http.request(url, { method, headers, agent: false }, (answer) => {
      buffer(answer).then((bytes) => {
        resolve({ answer, bytes });
      }, reject);
    });
    asked.on('error', reject);
    asked.end(body);
  });

const list = '/api/v1/invitations/';
const page = JSON.stringify({ count: 1, next: null, previous: null, results: [invitation] });

test('an answer comes as the deployment gave it: order, letters and repeated headers, and its bytes', async () => {
  const bytes = gzipSync(page);
  const target = await listen((_request, response) => {
    response.sendDate = false;
    response.writeHead(200, 'Fine', [
      ...['X-Late', '1', 'Set-Cookie', 'a=1', 'Content-Type', 'application/json'],
      ...['Set-Cookie', 'b=2', 'ALLOW', 'GET, POST', 'Content-Encoding', 'gzip'],
    ]);
    response.end(bytes);
  });
  const { url, traffic } = await watch(target);
  const headers = { Authorization: 'Api-Key sesame' };
  const came = await ask(`${url}${list}`, { headers });
  expect(came.answer).toMatchObject({ statusCode: 200, statusMessage: 'Fine' });
  expect(came.answer.rawHeaders.slice(0, 12)).toEqual([
    ...['X-Late', '1', 'Set-Cookie', 'a=1', 'Content-Type', 'application/json'],
    ...['Set-Cookie', 'b=2', 'ALLOW', 'GET, POST', 'Content-Encoding', 'gzip'],
  ]);
  expect(came.answer.headers['sl-violations']).toBeUndefined();
  expect(gunzipSync(came.bytes).toString()).toBe(page);
  const shown = JSON.stringify(await traffic());
  expect(shown).toContain('"invitations_list"');
  expect(shown).toContain(invitation.email);
  expect(shown).not.toContain('a=1');
});

test('a request arrives as the client made it, below the path of the deployment, with the headers of the way', async () => {
  const seen: { readonly line: string; readonly raw: readonly string[]; readonly body: string }[] =
    [];
  const target = await listen((request, response) => {
    void buffer(request).then((body) => {
      const line = `${request.method ?? ''} ${request.url ?? ''}`;
      seen.push({ line, raw: request.rawHeaders, body: body.toString() });
      response.writeHead(204).end();
    });
  });
  const { url, traffic } = await watch(`${target}/below/`, { 'x-team': 'sesame' });
  const body = '{"email":"ada@example.com", "role":"ADMIN"}';
  const headers = {
    Authorization: 'Api-Key sesame',
    'X-Odd': ['1', '2'],
    Connection: 'close, X-Hop',
    'X-Hop': '1',
    'Content-Type': 'application/json',
  };
  await ask(`${url}${list}?a=%20b`, { method: 'POST', headers, body });
  const [{ line, raw, body: arrived } = { line: '', raw: [], body: '' }] = seen;
  expect(line).toBe('POST /below/api/v1/invitations/?a=%20b');
  expect(arrived).toBe(body);
  expect(raw.join(' ')).toMatch(
    /Authorization Api-Key sesame X-Odd 1 X-Odd 2 Content-Type application\/json/,
  );
  expect(raw).toContain('x-team');
  expect(raw).not.toContain('X-Hop');
  expect(raw.join(' ')).toContain(`host ${target.replace('http://', '')}`);
  expect(JSON.stringify(await traffic())).not.toContain('sesame');
});

test('a body that is compressed many times over is passed on, and not blown up', async () => {
  const bomb = gzipSync(Buffer.alloc(65 * 1_024 * 1_024), { level: 1 });
  const target = await listen((_request, response) => {
    response.writeHead(200, { 'Content-Encoding': 'gzip' }).end(bomb);
  });
  const { url } = await watch(target);
  const { bytes } = await ask(`${url}${list}`);
  expect(bytes.equals(bomb)).toBe(true);
  expect(() => decoderOf('gzip')?.(bomb)).toThrow();
});

test('what is wrong is in the header and in the traffic, with the rule', async () => {
  const { role: _role, ...lacking } = invitation;
  const target = await listen((_request, response) => {
    response.writeHead(200, { 'Content-Type': 'application/json', Allow: 'GET' });
    response.end(JSON.stringify(lacking));
  });
  const { url, traffic } = await watch(target);
  const { answer } = await ask(`${url}${list}${invitation.id}/`);
  expect(answer.headers['sl-violations']).toContain('role');
  const shown = JSON.stringify(await traffic());
  expect(shown).toContain('schema.every-field');
  expect(shown).toContain('curl');
});

test.each([
  ['gives no answer', ''],
  [
    'begins to speak another protocol',
    'HTTP/1.1 101 x\r\nConnection: upgrade\r\nUpgrade: x\r\n\r\n',
  ],
])('a deployment that %s is a 502 that says why', async (_what, said) => {
  const target = await listen((request) => {
    request.socket.end(said);
  });
  const { url } = await watch(target);
  const { answer, bytes } = await ask(`${url}${list}`);
  expect(answer.statusCode).toBe(502);
  expect(bytes.toString()).toContain('the line is dead');
});

test('the traffic of a deployment is saved as HAR, and judged from there', async () => {
  const target = await listen((_request, response) => {
    response.writeHead(200, { 'Content-Type': 'application/json', Allow: 'GET' });
    response.end(page);
  });
  const { url } = await watch(target);
  await ask(`${url}${list}?role=OWNER`, { headers: { Authorization: 'Api-Key sesame' } });
  const saved = await fetch(`${url}/_mock/sandboxes/default/traffic.har`);
  const text = await saved.text();
  expect(JSON.parse(text)).toMatchObject({
    log: {
      entries: [
        {
          request: { method: 'GET', url: expect.stringContaining(`${list}?role=OWNER`) },
          response: { status: 200, content: { text: page } },
        },
      ],
    },
  });
  expect(text).not.toContain('sesame');
});
