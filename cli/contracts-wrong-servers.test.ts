// The command against throwaway servers that are wrong in a coarse way: it ends, in bounded time, with the right exit code
// and a sentence that helps.
import http from 'node:http';
import https from 'node:https';
import type { AddressInfo } from 'node:net';
import { afterAll, describe, expect, test } from '@jest/globals';
import { serverIdentity } from '../contracts/gateway/certificates.suite.ts';
import { contractsMain } from './contracts.ts';
import { inProcess } from './in-process.suite.ts';
import { launchCommand, program } from './launch.suite.ts';

type Handler = (request: http.IncomingMessage, response: http.ServerResponse) => void;

const open: http.Server[] = [];

afterAll(() => {
  for (const server of open) {
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

const serve = (handler: Handler): Promise<string> =>
  listen(
    http.createServer((request, response) => {
      request.resume();
      handler(request, response);
    }),
    'http',
  );

const reply = (response: http.ServerResponse, status: number, value: unknown): void => {
  response.writeHead(status, { 'content-type': 'application/json', allow: 'GET, POST' });
  response.end(JSON.stringify(value));
};

const credentials = { CONTRACT_AUTH_OWNER: 'Api-Key of-the-owner' };

type Ended = { readonly code: number; readonly output: string; readonly lastLine: string };

const command = inProcess(contractsMain, 'invitations-mock contracts');

const run = async (
  args: readonly string[],
  env: Readonly<Record<string, string>> = credentials,
): Promise<Ended> => {
  const { code, out, err } = await command(args, env);
  return { code, output: out + err, lastLine: out.trimEnd().split('\n').at(-1) ?? '' };
};

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
  test.concurrent('the target closes every connection', async () => {
    const target = await serve((request) => request.socket.destroy());
    const { code, output } = await run([target]);
    expect(output).toMatch(
      /^invitations-mock contracts: The target cannot be reached: [^\n]*socket hang up[^\n]*$/,
    );
    expect(code).toBe(2);
  });

  test.concurrent('the target sends a page to everybody', async () => {
    const page = '<!doctype html><title>Welcome</title>';
    const { code, output } = await run([
      await serve((_request, response) => {
        response.writeHead(200, { 'content-type': 'text/html' }).end(page);
      }),
    ]);
    expect(output).toMatch(
      /^invitations-mock contracts: There is no Invitations API at the target: [^\n]*text\/html[^\n]*$/,
    );
    expect(output).toContain('<title>Welcome</title>');
    expect(code).toBe(2);
  });

  test.concurrent('the certificate of the target is not trusted', async () => {
    const target = await listen(https.createServer(serverIdentity), 'https');
    const { code, output } = await run([target]);
    expect(output).toMatch(
      /^invitations-mock contracts: The target cannot be reached: [^\n]*signed by nobody whom this machine trusts[^\n]*$/,
    );
    expect(output).toContain('--ca FILE');
    expect(code).toBe(2);
  });

  test.concurrent('the credentials expire in the middle of the run', async () => {
    let asked = 0;
    const target = await serve((_request, response) => {
      asked += 1;
      if (asked <= 2) reply(response, 200, emptyPage);
      else reply(response, 401, { detail: 'expired' });
    });
    const { code, output } = await run([target, '--only', 'list.answer']);
    expect(output).toMatch(
      /^invitations-mock contracts: CONTRACT_AUTH_OWNER[^\n]* expired[^\n]* in the middle of the run\./m,
    );
    expect(output).not.toContain('of-the-owner');
    expect(code).toBe(2);
  });

  test.concurrent('nothing listens at the target', async () => {
    const { code, output } = await run(['http://127.0.0.1:9']);
    expect(output).toMatch(
      /^invitations-mock contracts: The target cannot be reached: .*127\.0\.0\.1:9.*CONTRACT_TARGET\.$/s,
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
    expect(output).toMatch(/^invitations-mock contracts: None of the credentials works: [^\n]*$/);
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
  test.concurrent('500 to everything: it seems to be out of order', async () => {
    const target = await serve((_request, response) => {
      response.writeHead(500, { 'content-type': 'text/html' }).end('<h1>Server Error</h1>');
    });
    const { code, output } = await run([target, '--only', 'list.answer']);
    expect(output).toContain('Warning: The target seems to be out of order');
    expect(output).toContain('invitations_list answers 500');
    expect(code).toBe(1);
  });

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
});

test.concurrent('creates that hang while reads are answered cost a few deadlines, not one for each check', async () => {
  let unanswered = 0;
  const target = await serve((request, response) => {
    if (request.method === 'GET') reply(response, 200, emptyPage);
    else unanswered += 1;
  });
  const { code, output } = await run([target, '--only', 'create', '--timeout', '2000']);
  expect(output).toContain('was not answered within 2000 ms (CONTRACT_TIMEOUT)');
  expect(output).toContain('create.answer: invitations_create failed');
  expect(unanswered).toBeGreaterThan(0);
  // Four are under way at a time.
  expect(unanswered).toBeLessThan(4 * 5);
  expect(code).toBe(1);
});

test.concurrent('what a create made and did not tell the id of is removed all the same', async () => {
  const kept = new Set<string>();
  const target = await serve((request, response) => {
    const email = new URL(request.url ?? '', 'http://a').searchParams.get('email');
    if (request.method === 'DELETE') {
      kept.clear();
      response.writeHead(204).end();
    } else if (request.method !== 'POST') {
      const results = email !== null && kept.has(email) ? [{ ...invitation, email }] : [];
      reply(response, 200, { ...emptyPage, count: results.length, results });
    } else {
      request.setEncoding('utf8').once('data', (body: string) => {
        const made = /contract-[^"]+/.exec(body)?.[0] ?? '';
        kept.add(made);
        reply(response, 201, { ...invitation, email: made, id: undefined });
      });
    }
  });
  const { output } = await run([target, '--only', 'create.no-membership']);
  expect(output).toContain('invitations_create 201: "id" is missing');
  expect([...kept]).toEqual([]);
});

test.concurrent('interrupted, a run removes what it has made and exits with 130', async () => {
  const removed: (string | undefined)[] = [];
  let interrupt: () => void = () => undefined;
  const target = await serve((request, response) => {
    if (request.method === 'POST') reply(response, 201, invitation);
    else if (request.method === 'DELETE') {
      removed.push(request.url);
      response.writeHead(204, { allow: 'GET' }).end();
    } else if (request.url?.includes(id) === true) interrupt();
    else reply(response, 200, emptyPage);
  });
  // This check reads what it has created: it never gets the answer, and cannot tidy up after itself.
  const args = ['contracts', target, '--only', 'create.no-membership'];
  const { child, ended } = launchCommand(process.execPath, [...program(), ...args], {
    env: credentials,
  });
  interrupt = () => child.kill('SIGINT');
  expect((await ended).code).toBe(130);
  expect(removed).toEqual([`/api/v1/invitations/${id}/`]);
});

test.concurrent('interrupted while the target throttles it, a run ends at once with 130', async () => {
  let [asked, interrupt] = [0, (): void => undefined];
  const target = await serve((_request, response) => {
    asked += 1;
    if (asked <= 2) reply(response, 200, emptyPage);
    else {
      response.writeHead(429, { 'content-type': 'application/json', 'retry-after': '300' });
      response.end('{"detail":"Slowly."}', interrupt);
    }
  });
  const args = ['contracts', target, '--timeout', '10m', '--only', 'list.answer'];
  const { child, ended } = launchCommand(process.execPath, [...program(), ...args], {
    env: credentials,
  });
  interrupt = () => void child.kill('SIGINT');
  expect((await ended).code).toBe(130);
});

test.concurrent('a run that has exercised less than --require asks for, ends with 2', async () => {
  const target = await serve((_request, response) => {
    reply(response, 200, emptyPage);
  });
  const args = [target, '--read-only', '--only', 'list.answer,create', '--require', '90'];
  const { code, output } = await run(args);
  expect(output).toMatch(/\d+ of \d+ checks were exercised, less than 90 % \(--require\)/);
  expect(code).toBe(2);
});
