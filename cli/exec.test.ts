// The command `exec`: what the other command finds, and how both end.
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, jest, test } from '@jest/globals';
import { execMain } from './exec.ts';
import { inProcess } from './in-process.suite.ts';
import { launch } from './launch.suite.ts';

jest.setTimeout(60_000);

const folder = mkdtempSync(join(tmpdir(), 'invitations-mock-exec-'));

afterAll(() => {
  rmSync(folder, { recursive: true });
});

const flags = ['--validation', 'off'];
const node = (script: string): readonly string[] => ['--', process.execPath, '-e', script];

const run = (
  args: readonly string[],
  env: Readonly<Record<string, string>> = {},
): Promise<number> => execMain(args, { PATH: process.env['PATH'], ...env }, 'exec');

test('the command finds the fake by its variables, and with its credentials', async () => {
  const file = join(folder, 'found.json');
  const script = `
    const { INVITATIONS_MOCK_URL: url, CONTRACT_TARGET: target } = process.env;
    const headers = { authorization: process.env.CONTRACT_AUTH_VIEWER };
    const { status } = await fetch(url + '/api/v1/invitations/', { headers });
    const others = process.env.CONTRACT_AUTH_VIEWER_API_KEY ?? null;
    fs.writeFileSync(${JSON.stringify(file)}, JSON.stringify({ url, target, status, others }));`;
  const of = { CONTRACT_TARGET: 'http://other', CONTRACT_AUTH_VIEWER_API_KEY: 'Api-Key of-other' };
  const code = await run(
    [
      ...flags,
      '--',
      process.execPath,
      '--input-type=module',
      '-e',
      `import fs from 'fs';${script}`,
    ],
    of,
  );
  const found: unknown = JSON.parse(readFileSync(file, 'utf8'));
  expect(code).toBe(0);
  expect(found).toEqual({
    url: expect.stringMatching(/^http:\/\/127\.0\.0\.1:\d+$/),
    target: expect.stringMatching(/^http:\/\/127\.0\.0\.1:\d+$/),
    status: 200,
    others: null,
  });
});

test('what start does with its flags is done here too', async () => {
  const file = join(folder, 'variables.env');
  const { code, out } = await launch(
    ...['exec', ...flags, '--banner', '--write-env', file],
    ...node(`fs.accessSync(${JSON.stringify(file)})`),
  ).ended;
  expect(code).toBe(0);
  expect(out).toContain('Authorization values by role');
});

describe('the exit code is', () => {
  test('that of the command', async () => {
    expect(await run([...flags, ...node('process.exit(7)')])).toBe(7);
  });

  test('128 and the number of the signal that ended it', async () => {
    expect(await run([...flags, ...node("process.kill(process.pid, 'SIGKILL')")])).toBe(137);
  });

  test('that of the command where no flag and no dashes come before it', async () => {
    const [, ...command] = node('process.exit(3)');
    expect(await run(command, { INVITATIONS_MOCK_VALIDATION: 'off' })).toBe(3);
  });
});

describe('says what is wrong and ends with', () => {
  test.each([
    { what: '2 without a command', args: [], code: 2, said: 'which command?' },
    { what: '2 without a command after the dashes', args: ['--'], code: 2, said: 'which command?' },
    { what: '2 for a wrong flag', args: ['--port', 'x', '--', 'true'], code: 2, said: '"x"' },
    {
      what: '127 for a command that there is not',
      args: [...flags, '--', 'no-such-command'],
      code: 127,
      said: 'no command "no-such-command"',
    },
  ])('$what', async ({ args, code, said }) => {
    const ended = await inProcess(execMain, 'invitations-mock exec')(args);
    expect(ended.code).toBe(code);
    expect(ended.err).toMatch(/^invitations-mock exec: /);
    expect(ended.err).toContain(said);
  });
});

test('a signal goes to the command, whose answer to it is the exit code', async () => {
  const script = `
    process.on('SIGTERM', () => process.exit(5));
    setInterval(() => undefined, 1000);
    console.log('I run');`;
  const { child, ended, said } = launch('exec', ...flags, ...node(script));
  await said('I run');
  child.kill('SIGTERM');
  expect(await ended).toEqual({ code: 5, out: 'I run\n', err: '' });
});
