// The command `start` as a process: what it prints, how it ends, and with which code.
import { mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, jest, test } from '@jest/globals';
import { inProcess } from './in-process.suite.ts';
import { launch, type Launched } from './launch.suite.ts';
import { startMain } from './start.ts';

// A process takes its second to start, and more of them where everything runs at once.
jest.setTimeout(30_000);

const folder = mkdtempSync(join(tmpdir(), 'invitations-mock-'));

afterAll(() => {
  rmSync(folder, { recursive: true });
});

const startHere = inProcess(startMain, 'invitations-mock start');
const start = (...flags: readonly string[]): Launched => launch('start', ...flags);

describe('prints and ends with 0:', () => {
  test('--help and --version', async () => {
    const [help, version] = await Promise.all([start('--help').ended, start('--version').ended]);
    expect(help).toMatchObject({ code: 0, err: '' });
    expect(help.out).toContain('--page-size NUMBER');
    expect(version.code).toBe(0);
    expect(version.out).toMatch(/^\d+\.\d+\.\d+\n$/);
  });
});

describe('says in one line what is wrong and ends with 2:', () => {
  test('a flag that is none, and a value that is none', async () => {
    const ended = [await startHere(['--prot', '1']), await startHere(['--port', '70000'])];
    for (const { code, err, out } of ended) {
      expect({ code, out }).toEqual({ code: 2, out: '' });
      expect(err).toMatch(/^invitations-mock start: .*--p[^\n]*$/);
    }
  });

  test('a port that is taken', async () => {
    const holder = createServer();
    await new Promise<void>((resolve) => holder.listen(0, '127.0.0.1', resolve));
    const address = holder.address();
    const port = typeof address === 'object' ? String(address?.port) : '';
    const { code, err, out } = await startHere(['--port', port, '--validation', 'off']);
    holder.close();
    expect({ code, out }).toEqual({ code: 2, out: '' });
    expect(err).toMatch(/^invitations-mock start: [^\n]*$/);
    expect(err).toContain(`Port ${port} of 127.0.0.1 is in use`);
  });

  test('a file for the variables that cannot be written', async () => {
    const file = join(folder, 'no', 'such', 'folder');
    const { code, err } = await start('--port', '0', '--validation', 'off', '--write-env', file)
      .ended;
    expect(code).toBe(2);
    expect(err).toMatch(/^invitations-mock start: --write-env is "[^\n]*\n$/);
  });
});

test('it shows where it is, writes the variables once it listens, and stops as asked', async () => {
  const file = join(folder, 'env');
  const { child, ended, said } = start('--port', '0', '--write-env', file, '--log-format', 'json');
  const banner = await said('Try:');
  const [, url = ''] = /Invitations API\s+(http:\S+?)\/api/.exec(banner) ?? [];
  const variables = readFileSync(file, 'utf8');
  expect(variables).toContain(`CONTRACT_TARGET='${url}'`);
  expect(statSync(file).mode & 0o077).toBe(0);
  const [, authorization = ''] = /CONTRACT_AUTH_OWNER='(.*)'/.exec(variables) ?? [];
  const response = await fetch(`${url}/api/v1/invitations/`, { headers: { authorization } });
  expect(response.status).toBe(200);
  await response.arrayBuffer();
  child.kill('SIGTERM');
  const { code, err, out } = await ended;
  expect({ code, err }).toEqual({ code: 0, err: '' });
  const lines = out.split('\n').filter((line) => line.startsWith('{'));
  expect(lines.map((line): unknown => JSON.parse(line))).toMatchObject([
    { operation: 'invitations_list', method: 'GET', status: 200 },
  ]);
});

test('it stops for an interrupt as well', async () => {
  const { child, ended, said } = start('--port', '0', '--validation', 'off');
  await said('Try:');
  child.kill('SIGINT');
  expect(await ended).toMatchObject({ code: 0, err: '' });
});
