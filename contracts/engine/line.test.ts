// Requests on their way to servers of a few lines: what is asked once more, what is waited for, and where it ends.
import http from 'node:http';
import { afterAll, describe, expect, test } from '@jest/globals';
import { CouldNotRun, NoAnswer, OutOfOrder } from './could-not-run.ts';
import { createLine } from './line.ts';
import { lostSince, preflight } from './preflight.ts';
import type { Reply } from './reply.ts';
import { retryAfterMs } from './reply.ts';
import { readSettings } from '../settings.ts';

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
const post = { ...get, method: 'POST' };
const to = (target: string, timeoutMs = 2_000) => createLine({ target, timeoutMs, rate: Infinity });

type Counted = { readonly target: string; readonly asked: () => number };

/** Answers so many requests like this, and the rest with 200. */
const answering = async (times: number, handler: http.RequestListener): Promise<Counted> => {
  let asked = 0;
  const target = await serve((request, response) => {
    asked += 1;
    if (asked > times) response.writeHead(200).end('at last');
    else handler(request, response);
  });
  return { target, asked: () => asked };
};

const throttling = (times: number, headers: http.OutgoingHttpHeaders): Promise<Counted> =>
  answering(times, (_request, response) => response.writeHead(429, headers).end());

const failing =
  (status: number): http.RequestListener =>
  (_request, response) =>
    response.writeHead(status, { 'content-type': 'text/html' }).end('<h1>Bad gateway</h1>');

describe('an answer 429', () => {
  test.concurrent('is waited after when it says how long, whatever the method', async () => {
    const { target } = await throttling(2, { 'retry-after': '0' });
    expect(await to(target)(post)).toMatchObject({ status: 200, text: 'at last' });
  });

  test.concurrent('that says nothing is waited after too', async () => {
    const { target } = await throttling(1, {});
    expect((await to(target)(get)).status).toBe(200);
  });

  test.concurrent('that asks for more than the deadline is no answer, and blames nobody', async () => {
    const { target } = await throttling(1, { 'retry-after': '60' });
    await expect(to(target)(get)).rejects.toBeInstanceOf(CouldNotRun);
  });

  test.concurrent('with a date that is past ends within the deadline, after a few requests', async () => {
    const past = new Date(Date.now() - 3_600_000).toUTCString();
    const { target, asked } = await throttling(Infinity, { 'retry-after': past });
    await expect(to(target, 1_000)(get)).rejects.toThrow('was answered with 429 for 1000 ms');
    expect(asked()).toBeLessThan(10);
  });
});

const reply = (headers: Readonly<Record<string, string>>) => ({
  ...{ status: 429, text: '', ms: 1, headers },
});

describe('retryAfterMs', () => {
  const ahead = 'Sat, 03 Jan 2026 12:00:02 GMT';
  test.each([
    ['whole seconds', { 'retry-after': '3' }, 3_000],
    [
      'a date, by the clock of the answer',
      { 'retry-after': ahead, date: 'Sat, 03 Jan 2026 12:00:00 GMT' },
      2_000,
    ],
    [
      'a date that is past',
      { 'retry-after': ahead, date: 'Sat, 03 Jan 2026 13:00:00 GMT' },
      undefined,
    ],
    ['a number below 0', { 'retry-after': '-5' }, undefined],
    ['nothing', {}, undefined],
  ])('%s', (_title, headers, expected) => {
    expect(retryAfterMs(reply(headers))).toBe(expected);
  });
});

describe('an answer of what stands before the API', () => {
  test.concurrent.each([408, 502, 530])(
    '%i is asked for once more where that is safe',
    async (status) => {
      const { target } = await answering(2, failing(status));
      expect((await to(target)(get)).text).toBe('at last');
    },
  );

  test.concurrent('a page of any status is asked for once more, and is the answer where it stays', async () => {
    const page: http.RequestListener = (_request, response) => {
      response.writeHead(403, { 'content-type': 'text/html' }).end('<html>Attention</html>');
    };
    expect((await to((await answering(2, page)).target)(get)).text).toBe('at last');
    const { target, asked } = await answering(Infinity, page);
    expect((await to(target)(get)).status).toBe(403);
    expect(asked()).toBe(5);
    // The API has not seen what is refused so.
    expect((await to(target)(post)).status).toBe(403);
    expect(asked()).toBe(10);
  });

  test.concurrent('that stays says so', async () => {
    const { target } = await answering(Infinity, failing(503));
    await expect(to(target)(get)).rejects.toThrow(/answered with 503 .*Bad gateway/);
  });

  test.concurrent('is not asked for once more where something may have been made', async () => {
    const { target, asked } = await answering(Infinity, failing(504));
    await expect(to(target)(post)).rejects.toBeInstanceOf(OutOfOrder);
    expect(asked()).toBe(1);
  });

  test.concurrent('is none when it is a 500: that is the API itself', async () => {
    const { target } = await answering(1, failing(500));
    expect((await to(target)(get)).status).toBe(500);
  });
});

describe('a request', () => {
  test.concurrent('follows no redirect', async () => {
    const { target } = await answering(1, (_request, response) => {
      response.writeHead(301, { location: '/elsewhere' }).end();
    });
    expect((await to(target)(get)).status).toBe(301);
  });

  test.concurrent('sends the body as it stands, and no type that was not asked for', async () => {
    const target = await serve((request, response) => {
      const chunks: Buffer[] = [];
      request.on('data', (chunk: Buffer) => chunks.push(chunk));
      request.on('end', () => {
        const type = request.headers['content-type'] ?? 'no type';
        response.end(`${type}: ${Buffer.concat(chunks).toString()}`);
      });
    });
    const message = { ...post, body: { text: '{"a": é' } };
    expect((await to(target)(message)).text).toBe('no type: {"a": é');
  });

  test.concurrent('says within which time no answer came', async () => {
    const wait = to(await serve(() => undefined), 100)(post);
    await expect(wait).rejects.toThrow('was not answered within 100 ms (CONTRACT_TIMEOUT)');
    await expect(wait).rejects.toBeInstanceOf(NoAnswer);
  });

  test.concurrent('that is cut off is made once more where that is safe, and else says so', async () => {
    const cut = await answering(1, (request) => request.socket.destroy());
    expect((await to(cut.target)(get)).text).toBe('at last');
    const again = await answering(1, (request) => request.socket.destroy());
    await expect(to(again.target)(post)).rejects.toThrow(/got no answer/);
  });

  test.concurrent('that changes something is not sent again, though the connection was a kept one', async () => {
    let asked = 0;
    const target = await serve((request, response) => {
      asked += 1;
      if (asked === 1) response.end('{}');
      else request.socket.resetAndDestroy();
    });
    const line = to(target);
    await line(post);
    await expect(line(post)).rejects.toThrow(/got no answer/);
    expect(asked).toBe(2);
  });

  test.concurrent('is answered with the body, too, that an answer without one has', async () => {
    const target = await serve(({ socket }) => {
      socket.write('HTTP/1.1 204 No Content\r\nAllow: GET\r\nContent-Length: 2\r\n\r\n{}');
    });
    expect(await to(target)(post)).toMatchObject({ status: 204, text: '{}' });
  });

  test.concurrent('is answered with that body also where a packet ends before the empty line', async () => {
    const later = (turns: number, write: () => void): void => {
      if (turns === 0) write();
      else setImmediate(later, turns - 1, write);
    };
    const target = await serve(({ socket }) => {
      socket.write('HTTP/1.1 204 No Content\r\nContent-Length: 7\r\n');
      later(5, () => socket.write('\r\n{"a":1}'));
    });
    expect(await to(target)(post)).toMatchObject({ status: 204, text: '{"a":1}' });
  });

  test.concurrent('is not made any more when a few in a row were not answered', async () => {
    const line = to(await serve(() => undefined), 50);
    for (let time = 0; time < 3; time += 1) await line(post).catch(() => undefined);
    await expect(line(post)).rejects.toThrow('the target stopped answering');
  });
});

test('what fails alone, while something else is answered, is asked for on', async () => {
  const target = await serve((request, response) => {
    response.writeHead(request.method === 'GET' ? 200 : 503).end('{}');
  });
  const line = to(target);
  for (let time = 0; time < 30; time += 1) {
    await expect(line(post)).rejects.toBeInstanceOf(OutOfOrder);
  }
});

test('a target that was silent and answers again is looked for anew when something fails', async () => {
  let isBack = false;
  let answerSlow: (reply: Reply) => void = () => undefined;
  const fine = { status: 200, headers: {}, text: '{}', ms: 1 };
  const line = createLine(
    { target: 'http://fake.test', timeoutMs: 1_000, rate: Infinity },
    {
      transport: ({ method, path }) => {
        if (path === '/slow') return new Promise((resolve) => (answerSlow = resolve));
        return Promise.resolve(isBack && method === 'GET' ? fine : { ...fine, status: 503 });
      },
    },
  );
  const slow = line({ ...get, path: '/slow' });
  for (let time = 0; time < 12; time += 1) await line(post).catch(() => undefined);
  await expect(line(post)).rejects.toThrow('the target stopped answering');
  isBack = true;
  answerSlow(fine);
  await slow;
  for (let time = 0; time < 30; time += 1) {
    await expect(line(post)).rejects.toBeInstanceOf(OutOfOrder);
  }
});

test('who is known where it accepts alone has lost nothing at the end', async () => {
  const target = await serve(({ headers, method }, response) => {
    const isInvitee = headers.authorization === 'Bearer invitee';
    response.writeHead(isInvitee ? (method === 'POST' ? 404 : 401) : 200).end('{}');
  });
  const settings = readSettings({
    CONTRACT_TARGET: target,
    CONTRACT_AUTH_OWNER: 'Api-Key good',
    CONTRACT_AUTH_INVITEE: 'Bearer invitee',
    CONTRACT_INVITEE_EMAIL: 'invitee@example.com',
  });
  const line = createLine(settings);
  const admitted = await preflight(settings, line);
  await expect(lostSince(settings, line, admitted)).resolves.toBeUndefined();
});

test('a credential that is given and refused ends it all by name, each once', async () => {
  const target = await serve((request, response) => {
    response.writeHead(request.headers.authorization === 'Api-Key old' ? 401 : 200).end('{}');
  });
  const settings = readSettings({
    CONTRACT_TARGET: target,
    CONTRACT_AUTH_OWNER: 'Api-Key good',
    CONTRACT_AUTH_VIEWER: 'Api-Key old',
    CONTRACT_AUTH_EXPIRED: 'Bearer x',
  });
  const asked = preflight(settings, createLine(settings));
  await expect(asked).rejects.toThrow(/^The target refuses CONTRACT_AUTH_VIEWER: /);
});

test.each([
  ['https://api.example.com/v2/api/v1/invitations/', 'Give https://api.example.com/v2 in'],
  ['/api/v1/invitations/', 'may want a cookie'],
  ['https://login.example.com/?next=/', 'may want a cookie'],
])('a redirect of everything to %s ends it with what to do', async (location, advice) => {
  const target = await serve((_request, response) => response.writeHead(302, { location }).end());
  const settings = readSettings({ CONTRACT_TARGET: target, CONTRACT_AUTH_OWNER: 'Api-Key good' });
  await expect(preflight(settings, createLine(settings))).rejects.toThrow(advice);
});
