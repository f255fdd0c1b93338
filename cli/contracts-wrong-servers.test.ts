// The command against throwaway servers that are wrong in a coarse way: it ends, in bounded time, with the right exit code
// and a sentence that helps.
import { spawn } from 'node:child_process';
import http from 'node:http';
import type { AddressInfo } from 'node:net';
import { fileURLToPath } from 'node:url';
import { afterAll, describe, expect, jest, test } from '@jest/globals';

type Handler = (request: http.IncomingMessage, response: http.ServerResponse) => void;

const root = fileURLToPath(new URL('..', import.meta.url));
const open: http.Server[] = [];

jest.setTimeout(120_000);

afterAll(() => {
  for (const server of open) {
    server.closeAllConnections();
    server.close();
  }
});

const serve = async (handler: Handler): Promise<string> => {
  const server = http.createServer((request, response) => {
    request.resume();
    handler(request, response);
  });
  open.push(server);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address: AddressInfo | string | null = server.address();
  if (address === null || typeof address === 'string') throw new Error('no port');
  return `http://127.0.0.1:${address.port}`;
};

const reply = (response: http.ServerResponse, status: number, value: unknown): void => {
  response.writeHead(status, { 'content-type': 'application/json', allow: 'GET, POST' });
  response.end(JSON.stringify(value));
};

const credentials = { CONTRACT_AUTH_OWNER: 'Api-Key of-the-owner' };

type Ended = { readonly code: number | null; readonly output: string; readonly lastLine: string };

const run = (
  args: readonly string[],
  env: Readonly<Record<string, string>> = credentials,
  signal?: Promise<NodeJS.Signals>,
): Promise<Ended> =>
  new Promise((resolve, reject) => {
    const child = spawn(
      process.execPath,
      ['--import', 'tsx', '--', 'cli/main.ts', 'contracts', ...args],
      {
        cwd: root,
        env: { PATH: process.env['PATH'], ...env },
      },
    );
    let output = '';
    child.stdout.on('data', (chunk: Buffer) => (output += chunk.toString()));
    child.stderr.on('data', (chunk: Buffer) => (output += chunk.toString()));
    child.once('error', reject);
    child.once('close', (code) => {
      resolve({ code, output, lastLine: output.trimEnd().split('\n').at(-1) ?? '' });
    });
    void signal?.then((name) => child.kill(name));
  });

const emptyPage = { count: 0, next: null, previous: null, results: [] };
const id = '0d9c3b7e-61f4-4e2a-b5d8-7a1f2c4e6908';
const invitation = {
  url: `http://127.0.0.1/api/v1/invitations/${id}/`,
  id,
  email: 'a@example.com',
  role: 'OWNER',
  inviter: `http://127.0.0.1/api/v1/users/${id}/`,
  inviter_name: 'Ada',
  state: 'pending',
  state_detail: '',
  membership: null,
  organization: `http://127.0.0.1/api/v1/organizations/${id}/`,
};

describe('could not run as asked: exit 2 and one line', () => {
  test.concurrent('nothing listens at the target', async () => {
    const { code, output } = await run(['http://127.0.0.1:9']);
    expect(output).toMatch(
      /^invitations-mock contracts: The target cannot be reached: .*127\.0\.0\.1:9.*CONTRACT_TARGET\.\n$/s,
    );
    expect(code).toBe(2);
  });

  test.concurrent('there are no credentials', async () => {
    const { code, output } = await run(['http://127.0.0.1:9'], {});
    expect(output).toContain('CONTRACT_AUTH_OWNER');
    expect(code).toBe(2);
  });

  test.concurrent('none of the credentials works', async () => {
    const target = await serve((_request, response) => {
      reply(response, 401, { detail: 'no' });
    });
    const { code, output } = await run([target]);
    expect(output).toMatch(/^invitations-mock contracts: None of the credentials works: [^\n]*\n$/);
    expect(output).not.toContain('of-the-owner');
    expect(code).toBe(2);
  });

  test.concurrent('the target does not answer', async () => {
    const target = await serve(() => undefined);
    const { code, output } = await run([target, '--timeout', '300']);
    expect(output).toContain('was not answered within 300 ms (CONTRACT_TIMEOUT)');
    expect(code).toBe(2);
  });

  test.concurrent('the target redirects', async () => {
    const target = await serve((_request, response) => {
      response.writeHead(302, { location: 'https://elsewhere.example.com/' }).end();
    });
    const { code, output } = await run([target]);
    expect(output).toContain('https://elsewhere.example.com/');
    expect(code).toBe(2);
  });

  test.concurrent('a word of --only is unknown', async () => {
    const { code, output } = await run(['http://127.0.0.1:9', '--only', 'create.nonsense']);
    expect(output).toContain('"create.nonsense"');
    expect(code).toBe(2);
  });

  test.concurrent('no check could be exercised', async () => {
    const target = await serve((_request, response) => {
      reply(response, 200, emptyPage);
    });
    const { code, output, lastLine } = await run([target, '--only', 'authentication.expired-jwt']);
    expect(output).toContain('needs CONTRACT_AUTH_EXPIRED');
    expect(lastLine).toMatch(/^0 passed, 0 failed, [1-9][0-9]* skipped$/);
    expect(code).toBe(2);
  });
});

describe('a check failed: exit 1', () => {
  test.concurrent('200 and {} to everything is found out, and no secret is shown', async () => {
    const target = await serve((_request, response) => {
      reply(response, 200, {});
    });
    const { code, output, lastLine } = await run([target, '--only', 'list.answer']);
    expect(output).toContain('invitations_list 200: "count" is missing');
    expect(output).toContain('"Authorization: $CONTRACT_AUTH_OWNER"');
    expect(output).not.toContain('of-the-owner');
    expect(lastLine).toMatch(/^0 passed, [1-9][0-9]* failed, [1-9][0-9]* skipped$/);
    expect(code).toBe(1);
  });

  test.concurrent(
    'a target that falls silent costs a few deadlines, not one for each check',
    async () => {
      let unanswered = 0;
      const target = await serve((request, response) => {
        if (request.method === 'GET') reply(response, 200, emptyPage);
        else unanswered += 1;
      });
      const { code, output } = await run([target, '--only', 'create', '--timeout', '2000']);
      expect(output).toContain('was not answered within 2000 ms (CONTRACT_TIMEOUT)');
      expect(output).toContain('the target stopped answering');
      expect(unanswered).toBeGreaterThan(0);
      expect(unanswered).toBeLessThan(10);
      expect(code).toBe(2);
    },
  );
});

test.concurrent('interrupted, a run removes what it has made and exits with 130', async () => {
  const removed: (string | undefined)[] = [];
  let interrupt: (name: NodeJS.Signals) => void = () => undefined;
  const signal = new Promise<NodeJS.Signals>((resolve) => (interrupt = resolve));
  const target = await serve((request, response) => {
    if (request.method === 'POST') reply(response, 201, invitation);
    else if (request.method === 'DELETE') {
      removed.push(request.url);
      response.writeHead(204, { allow: 'GET' }).end();
    } else if (request.url?.includes(id) === true) interrupt('SIGINT');
    else reply(response, 200, emptyPage);
  });
  // This check reads what it has created: it never gets the answer, and cannot tidy up after itself.
  const { code } = await run([target, '--only', 'create.no-membership'], credentials, signal);
  expect(removed).toEqual([`/api/v1/invitations/${id}/`]);
  expect(code).toBe(130);
});
