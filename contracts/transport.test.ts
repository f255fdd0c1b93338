// One request and its answer, and what the credentials of a run are worth, against servers of a few lines.
import http from 'node:http';
import { afterAll, describe, expect, test } from '@jest/globals';
import { NotExercised } from './not-exercised.ts';
import { preflight } from './preflight.ts';
import { readSettings } from './settings.ts';
import { NoAnswer, transmit } from './transport.ts';

const open: http.Server[] = [];

afterAll(() => {
  for (const server of open) {
    server.closeAllConnections();
    server.close();
  }
});

const serve = async (handler: http.RequestListener): Promise<string> => {
  const server = http.createServer(handler);
  open.push(server);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('no port');
  return `http://127.0.0.1:${address.port}`;
};

const get = { method: 'GET', path: '/', headers: {} };
const line = (target: string, timeoutMs = 2_000) => ({ target, timeoutMs, rate: Infinity });

/** Throttles so many requests, then answers. */
const throttling = (times: number, retryAfter: string): Promise<string> => {
  let asked = 0;
  return serve((_request, response) => {
    asked += 1;
    if (asked > times) response.writeHead(200).end('at last');
    else response.writeHead(429, { 'retry-after': retryAfter }).end();
  });
};

describe('transmit', () => {
  test('asks again when a 429 says when', async () => {
    const reply = await transmit(line(await throttling(2, '0')), get);
    expect(reply).toMatchObject({ status: 200, text: 'at last' });
  });

  test('does not wait beyond the deadline, and blames nobody', async () => {
    const target = await throttling(1, '60');
    await expect(transmit(line(target), get)).rejects.toBeInstanceOf(NotExercised);
  });

  test('hands over a 429 that does not say when', async () => {
    expect((await transmit(line(await throttling(1, '')), get)).status).toBe(429);
  });

  test('follows no redirect', async () => {
    const target = await serve((_request, response) => {
      response.writeHead(301, { location: '/elsewhere' }).end();
    });
    expect((await transmit(line(target), get)).status).toBe(301);
  });

  test('sends the body as it stands, and no type that was not asked for', async () => {
    const target = await serve((request, response) => {
      const chunks: Buffer[] = [];
      request.on('data', (chunk: Buffer) => chunks.push(chunk));
      request.on('end', () => {
        const type = request.headers['content-type'] ?? 'no type';
        response.end(`${type}: ${Buffer.concat(chunks).toString()}`);
      });
    });
    const message = { method: 'POST', path: '/', headers: {}, body: { text: '{"a": é' } };
    expect((await transmit(line(target), message)).text).toBe('no type: {"a": é');
  });

  test('says within which time no answer came', async () => {
    const target = await serve(() => undefined);
    const wait = transmit(line(target, 100), get);
    await expect(wait).rejects.toThrow('was not answered within 100 ms (CONTRACT_TIMEOUT)');
    await expect(wait).rejects.toBeInstanceOf(NoAnswer);
  });

  test('says so when the connection is cut', async () => {
    const target = await serve((request) => request.socket.destroy());
    await expect(transmit(line(target), get)).rejects.toThrow(/got no answer/);
  });
});

describe('preflight', () => {
  test('names the credentials that are refused, each once, and goes on with the others', async () => {
    const target = await serve((request, response) => {
      response.writeHead(request.headers.authorization === 'Api-Key old' ? 401 : 200).end('{}');
    });
    const { refused, warnings } = await preflight(
      readSettings({
        CONTRACT_TARGET: target,
        CONTRACT_AUTH_OWNER: 'Api-Key good',
        CONTRACT_AUTH_VIEWER: 'Api-Key old',
        CONTRACT_AUTH_EXPIRED: 'Bearer x',
      }),
    );
    expect(refused).toEqual(['VIEWER', 'VIEWER_API_KEY']);
    expect(warnings).toEqual([expect.stringContaining('CONTRACT_AUTH_VIEWER')]);
  });
});
