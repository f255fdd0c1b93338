// The way to deployments: headers, authorities, certificates of clients, proxies, and the words for what goes wrong there.
import { once } from 'node:events';
import { mkdtempSync, writeFileSync } from 'node:fs';
import http from 'node:http';
import https from 'node:https';
import { connect, type AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { afterEach, describe, expect, test } from '@jest/globals';
import { authority, clientIdentity, serverIdentity } from '../gateway/certificates.suite.ts';
import { startGateway, type GatewayOptions } from '../gateway/gateway.suite.ts';
import { answers, json } from '../gateway/habits.suite.ts';
import { createAgents } from './agents.ts';
import { explainConnection } from './connection-error.ts';
import { readWay, splitHeaders, type GivenWay, type Way } from './way.ts';

const closing: (() => Promise<void>)[] = [];
const variables = [
  'HTTP_PROXY',
  'HTTPS_PROXY',
  'NO_PROXY',
  'http_proxy',
  'https_proxy',
  'no_proxy',
];
afterEach(async () => {
  for (const name of variables) Reflect.deleteProperty(process.env, name);
  for (const close of closing.splice(0)) await close();
});

const start = async (options: GatewayOptions = {}) => {
  const habits = [answers(json(200, { here: true }))];
  const gateway = await startGateway('http://127.0.0.1:9', { habits, ...options });
  closing.push(gateway.close);
  return gateway;
};

const ask = async (url: string, way: Omit<Way, 'headers'> = {}): Promise<string> => {
  const agent = await createAgents(way)(new URL(url));
  const client = url.startsWith('https:') ? https : http;
  closing.push(() => {
    agent.destroy();
    return Promise.resolve();
  });
  return new Promise((resolve, reject) => {
    client
      .get(url, { agent }, (response) => {
        text(response).then(resolve, reject);
      })
      .on('error', reject);
  });
};

const reasonOf = async (url: string, way: Omit<Way, 'headers'> = {}): Promise<string> => {
  try {
    return await ask(url, way);
  } catch (error) {
    return explainConnection(error, way.cert !== undefined);
  }
};

describe('certificates', () => {
  test("a server's that nobody here trusts is told apart, and --ca helps", async () => {
    const { url } = await start({ tls: serverIdentity });
    expect(await reasonOf(url)).toMatch(
      /^the server's certificate is signed by nobody.*--ca FILE$/,
    );
    expect(await reasonOf(url, { ca: authority })).toBe('{"here":true}');
  });

  test('of a server with another name', async () => {
    const { url } = await start({ host: '127.0.0.2', tls: serverIdentity });
    expect(await reasonOf(url, { ca: authority })).toMatch(/is for other names/);
  });

  test.each(['TLSv1.2', 'TLSv1.3'] as const)(
    'a demand for the one of the client is told apart, and --cert and --key help (%s)',
    async (maxVersion) => {
      const { url } = await start({
        tls: { ...serverIdentity, ca: authority, requestCert: true, maxVersion },
      });
      const way = { ca: authority };
      expect(await reasonOf(url, way)).toMatch(/^the server demands a certificate of the client/);
      expect(await reasonOf(url, { ...way, ...clientIdentity })).toBe('{"here":true}');
    },
  );

  test('a server that speaks no TLS', async () => {
    const { url } = await start();
    expect(await reasonOf(url.replace('http:', 'https:'))).toMatch(/speaks no TLS/);
  });
});

/** A name that the proxy alone knows. */
const known = (url: string): string => url.replace('127.0.0.1', 'api.example.test');
const onThisMachine = (url: string): string => url.replace('api.example.test', '127.0.0.1');

const listen = async (
  server: http.Server,
  beforeClosed = (): void => undefined,
): Promise<string> => {
  await once(server.listen(0, '127.0.0.1'), 'listening');
  closing.push(async () => {
    server.close();
    server.closeAllConnections();
    beforeClosed();
    await once(server, 'close');
  });
  const bound: AddressInfo | string | null = server.address();
  return `http://127.0.0.1:${typeof bound === 'object' ? (bound?.port ?? 0) : 0}`;
};

const startProxy = async () => {
  const seen: string[] = [];
  const tunnels: { readonly destroy: () => unknown }[] = [];
  const proxy = http.createServer((request, response) => {
    seen.push(`${request.method ?? ''} ${request.url ?? ''}`);
    http.get(onThisMachine(request.url ?? ''), (answer) => answer.pipe(response));
  });
  proxy.on('connect', (request, socket) => {
    seen.push(`CONNECT ${request.url ?? ''}`);
    const [host = '', port] = onThisMachine(request.url ?? '').split(':');
    const tunnel = connect(Number(port), host, () => {
      socket.write('HTTP/1.1 200 Connection established\r\n\r\n');
      socket.pipe(tunnel).pipe(socket);
    });
    tunnels.push(socket, tunnel);
    tunnel.on('error', () => socket.destroy());
    socket.on('error', () => tunnel.destroy());
  });
  const url = await listen(proxy, () => {
    for (const tunnel of tunnels) tunnel.destroy();
  });
  return { url, seen };
};

describe('proxies', () => {
  test('HTTP_PROXY gets whole addresses', async () => {
    const [{ url }, proxy] = [await start(), await startProxy()];
    process.env['HTTP_PROXY'] = proxy.url;
    expect(await ask(`${known(url)}/a`)).toBe('{"here":true}');
    expect(proxy.seen).toEqual([`GET ${known(url)}/a`]);
  });

  test('HTTPS_PROXY tunnels, and the certificates are those of the target', async () => {
    const tls = { ...serverIdentity, ca: authority, requestCert: true };
    const [{ url }, proxy] = [await start({ tls }), await startProxy()];
    process.env['HTTPS_PROXY'] = proxy.url;
    const named = known(url);
    expect(await reasonOf(named, { ca: authority, ...clientIdentity })).toBe('{"here":true}');
    expect(await reasonOf(named)).toMatch(/--ca FILE$/);
    expect(proxy.seen[0]).toBe(`CONNECT ${named.replace('https://', '')}`);
  });

  test('NO_PROXY leaves a server out, and what is on this machine needs none', async () => {
    const [{ url }, proxy] = [await start(), await startProxy()];
    process.env['HTTP_PROXY'] = proxy.url;
    expect(await ask(url)).toBe('{"here":true}');
    process.env['NO_PROXY'] = '.example.test';
    await expect(ask(known(url))).rejects.toThrow();
    expect(proxy.seen).toEqual([]);
  });
});

describe('what is given', () => {
  const folder = mkdtempSync(join(tmpdir(), 'way-'));
  const file = (name: string, content: string): string => {
    writeFileSync(join(folder, name), content);
    return join(folder, name);
  };

  test('headers, an authority, a certificate and its key', () => {
    const given = {
      headers: ['X-Team: qa', 'x-token:  a:b '],
      ca: file('ca.pem', authority),
      cert: file('cert.pem', clientIdentity.cert),
      key: file('key.pem', clientIdentity.key),
    };
    expect(readWay(given)).toEqual({
      headers: { 'x-team': 'qa', 'x-token': 'a:b' },
      ca: authority,
      ...clientIdentity,
    });
    expect(readWay({})).toEqual({ headers: {} });
  });

  test('several headers in one variable', () => {
    expect(splitHeaders('X-Team: qa, night,X-Token: a\nX-B: c')).toEqual([
      'X-Team: qa, night',
      'X-Token: a',
      'X-B: c',
    ]);
    expect(splitHeaders('')).toEqual([]);
  });

  test.each<[GivenWay, RegExp]>([
    [{ headers: ['secretvalue'] }, /'X-Team: qa'/],
    [{ headers: ['X-Team:'] }, /begins with "X-Team"/],
    [{ headers: ['a b: secretvalue'] }, /'X-Team: qa'/],
    [{ headers: ['X-A: secretvalue\r\nX-B: c'] }, /begins with "X-A"/],
    [{ headers: ['Authorization: Bearer secretvalue'] }, /CONTRACT_AUTH_OWNER/],
    [{ headers: ['Content-Length: 7'] }, /set it themselves/],
    [{ ca: '/nowhere.pem' }, /--ca cannot be read/],
    [{ ca: file('no.pem', 'no') }, /--ca .*PEM/],
    [{ cert: file('c.pem', clientIdentity.cert) }, /--cert is of no use without --key/],
    [{ key: file('k.pem', clientIdentity.key) }, /--key is of no use without --cert/],
    [
      { cert: file('d.pem', clientIdentity.cert), key: file('l.pem', serverIdentity.key) },
      /--cert and --key cannot be used/,
    ],
  ])('%j is refused in a sentence', (given, message) => {
    expect(() => readWay(given)).toThrow(message);
    expect(() => readWay(given)).not.toThrow(/secretvalue/);
  });
});

test('a connection that is ended after each answer, unannounced, costs one request and not every second', async () => {
  const answered = new WeakSet<object>();
  const server = http.createServer((request, response) => {
    if (answered.has(request.socket)) request.socket.destroy();
    else response.end('here');
    answered.add(request.socket);
  });
  const url = await listen(server);
  const agent = await createAgents({})(new URL(url));
  const get = (): Promise<string> =>
    new Promise((resolve, reject) => {
      const request = http.get(url, { agent }, (response) => {
        text(response).then(resolve, reject);
      });
      request.on('error', () => {
        resolve('lost');
      });
    });
  const answers: string[] = [];
  for (let index = 0; index < 6; index += 1) answers.push(await get());
  expect(answers).toEqual(['here', 'lost', 'here', 'here', 'here', 'here']);
});
