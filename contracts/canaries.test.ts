// Targets that are wrong through and through, or no target at all: the command ends with the right exit code and a sentence
// that helps. Those that hang, redirect, refuse every credential or are not there: main.test.ts.
import { execFile, execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import http from 'node:http';
import https from 'node:https';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, describe, expect, jest, test } from '@jest/globals';

/** Each starts a process, which starts Jest; on a busy machine that takes its time. */
jest.setTimeout(120_000);

const root = fileURLToPath(new URL('..', import.meta.url));
const open: http.Server[] = [];

afterAll(() => {
  for (const server of open.splice(0)) {
    server.closeAllConnections();
    server.close();
  }
});

const listen = async (server: http.Server, scheme: string): Promise<string> => {
  open.push(server);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address: AddressInfo | string | null = server.address();
  if (address === null || typeof address === 'string') throw new Error('no port');
  return `${scheme}://127.0.0.1:${address.port}`;
};

type Handler = (request: http.IncomingMessage, response: http.ServerResponse) => void;

const serve = (handler: Handler): Promise<string> =>
  listen(
    http.createServer((request, response) => {
      request.resume();
      handler(request, response);
    }),
    'http',
  );

const replying =
  (status: number, type: string, body: string): Handler =>
  (_request, response) => {
    response.writeHead(status, { 'content-type': type, allow: 'GET, POST' }).end(body);
  };

const json = 'application/json';
const emptyPage = JSON.stringify({ count: 0, next: null, previous: null, results: [] });

type Ended = { readonly code: number; readonly output: string };

const run = (target: string, ...args: readonly string[]): Promise<Ended> =>
  new Promise((resolve) => {
    const child = execFile(
      process.execPath,
      ['--import', 'tsx', '--', 'cli/main.ts', 'contracts', target, '--timeout', '500', ...args],
      {
        cwd: root,
        env: { PATH: process.env['PATH'], CONTRACT_AUTH_OWNER: 'Api-Key of-the-owner' },
      },
      (_error, stdout, stderr) => {
        resolve({ code: child.exitCode ?? -1, output: stdout + stderr });
      },
    );
  });

/** Signed by nobody but itself, for a day. */
const selfSigned = (): { readonly key: string; readonly cert: string } => {
  const folder = mkdtempSync(join(tmpdir(), 'invitations-certificate-'));
  const [key, cert] = [join(folder, 'key.pem'), join(folder, 'cert.pem')];
  try {
    execFileSync(
      'openssl',
      [
        ...[
          'req',
          '-x509',
          '-newkey',
          'rsa:2048',
          '-nodes',
          '-days',
          '1',
          '-subj',
          '/CN=localhost',
        ],
        ...['-keyout', key, '-out', cert],
      ],
      { stdio: 'ignore' },
    );
    return { key: readFileSync(key, 'utf8'), cert: readFileSync(cert, 'utf8') };
  } finally {
    rmSync(folder, { recursive: true });
  }
};

describe('no target to run against: exit 2 and one line', () => {
  test.concurrent('it closes every connection', async () => {
    const target = await serve((request) => request.socket.destroy());
    const { code, output } = await run(target);
    expect(output).toMatch(
      /^invitations-mock contracts: The target cannot be reached: [^\n]*socket hang up[^\n]*\n$/,
    );
    expect(code).toBe(2);
  });

  test.concurrent('it sends a page to everybody', async () => {
    const page = '<!doctype html><title>Welcome</title>';
    const { code, output } = await run(await serve(replying(200, 'text/html', page)));
    expect(output).toMatch(
      /^invitations-mock contracts: There is no Invitations API at the target: [^\n]*text\/html[^\n]*\n$/,
    );
    expect(output).toContain('<title>Welcome</title>');
    expect(code).toBe(2);
  });

  test.concurrent('its certificate is not trusted', async () => {
    const target = await listen(https.createServer(selfSigned()), 'https');
    const { code, output } = await run(target);
    expect(output).toMatch(
      /^invitations-mock contracts: The target cannot be reached: [^\n]*signed by nobody whom this machine trusts[^\n]*\n$/,
    );
    expect(output).toContain('--ca FILE');
    expect(code).toBe(2);
  });

  test.concurrent('its credentials expire in the middle of the run', async () => {
    let asked = 0;
    const target = await serve((request, response) => {
      asked += 1;
      const handler =
        asked <= 2 ? replying(200, json, emptyPage) : replying(401, json, '{"detail":"expired"}');
      handler(request, response);
    });
    const { code, output } = await run(target, '--only', 'list.answer');
    expect(output).toMatch(
      /^invitations-mock contracts: CONTRACT_AUTH_OWNER[^\n]* expired[^\n]* in the middle of the run\./m,
    );
    expect(output).not.toContain('of-the-owner');
    expect(code).toBe(2);
  });
});

describe('a target that is wrong: exit 1', () => {
  test.concurrent('500 to everything: it seems to be out of order', async () => {
    const target = await serve(replying(500, 'text/html', '<h1>Server Error</h1>'));
    const { code, output } = await run(target, '--only', 'list.answer');
    expect(output).toContain('Warning: The target seems to be out of order');
    expect(output).toContain('invitations_list answers 500 where 200 is due');
    expect(code).toBe(1);
  });

  test.concurrent('200 and nothing to everything: not one check of the list passes', async () => {
    const target = await serve(replying(200, json, '{}'));
    const { code, output } = await run(target, '--only', 'list', '--only', 'retrieve');
    expect(output).toMatch(/^0 passed, [1-9]\d* failed/m);
    expect(code).toBe(1);
  });
});
