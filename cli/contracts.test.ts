// The command against the fake with a fault in front of it: what a violation, a divergence, and each of the flags come to.
import { mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from '@jest/globals';
import { onReply, together } from '../proof/fault.ts';
import type { Reply, StartFault } from '../proof/mutant.ts';
import { setUp, type Env } from '../proof/deployment.ts';
import type { Target } from '../contracts/target.ts';
import { contractsMain } from './contracts.ts';
import { inProcess } from './in-process.suite.ts';

const open: Target[] = [];

afterAll(async () => {
  for (const target of open.splice(0)) await target.close();
});

const deploy = async (start?: StartFault): Promise<Env> => {
  const { target } = await setUp(start === undefined ? {} : { start });
  open.push(target);
  return target.env;
};

const command = inProcess(contractsMain, 'invitations-mock contracts');

type Ended = { readonly code: number; readonly out: string; readonly lastLine: string };

const run = async (env: Env, ...args: readonly string[]): Promise<Ended> => {
  const { code, out, err } = await command(args, { CONTRACT_RUNS: '3', ...env });
  return { code, out: out + err, lastLine: out.trimEnd().split('\n').at(-1) ?? '' };
};

const newFolder = (): string => mkdtempSync(join(tmpdir(), 'invitations-command-'));

const json = (path: string): unknown => JSON.parse(readFileSync(path, 'utf8'));

const conflict = onReply({ on: 'invitations_create', status: 404 }, (reply) => ({
  ...reply,
  status: 409,
}));

/** All that is only assumed of a refusal's body and of headers is otherwise here. */
const ownWords = onReply({}, ({ status, headers, body }: Reply): Reply => {
  const { allow, 'www-authenticate': challenge, ...others } = headers;
  const isRight = allow === undefined && challenge === undefined && status < 400;
  if (isRight) return { status, headers, body };
  return { status, headers: others, body: status < 400 ? body : '{"error":{"code":"refused"}}' };
});

const duplicates = ['--only', 'create.duplicate-address', '--verbose'] as const;
const details = ['--only', 'errors.forbidden-detail', '--verbose'] as const;

describe('a documented rule is broken', () => {
  test('which is a violation: exit 1', async () => {
    const report = join(newFolder(), 'made', 'result.json');
    const ended = await run(await deploy(conflict), ...duplicates, '--report', report);
    expect(ended.out).toMatch(
      /^Violations:\n {2}create\.duplicate-address: the target violates the contract \(published\)$/m,
    );
    expect(ended.out).toMatch(/expected 404, but got 409 .*\n\n +curl -i -X POST '/);
    expect(ended.out).not.toContain('Divergences');
    expect(ended.code).toBe(1);
    expect(json(report)).toMatchObject({
      ...{ exitCode: 1, divergences: [], counts: { divergences: 0 } },
      violations: expect.arrayContaining(['[create.duplicate-address] the same once more']),
    });
  });
});

describe('only what is assumed is otherwise', () => {
  test('which is a divergence, listed apart: exit 0', async () => {
    const ended = await run(await deploy(ownWords), ...details);
    expect(ended.out).toMatch(
      /^Divergences \(.*\n {2}errors\.forbidden-detail: the target diverges from what we assume \(family\)$/m,
    );
    expect(ended.out).toMatch(
      /expected 403 with {"detail": "…"}, but got 403 {"error":.*\n\n +curl/,
    );
    expect(ended.out).toContain('"Authorization: $CONTRACT_AUTH_');
    expect(ended.out).not.toContain('Violations');
    expect(ended.lastLine).toMatch(/^0 passed, 0 failed, 0 skipped$/);
    expect(ended.code).toBe(0);
  });

  test('which fails a strict run: exit 1', async () => {
    const ended = await run(await deploy(ownWords), ...details, '--strict');
    expect(ended.out).toMatch(/^Divergences:$/m);
    expect(ended.lastLine).toMatch(/^0 passed, [1-9]\d* failed, 0 skipped$/);
    expect(ended.code).toBe(1);
  });

  test('which makes no check of a documented rule fail', async () => {
    const topics = ['accept', 'resend', 'roles.who-invites', 'scope.required-elsewhere'];
    const only = topics.flatMap((topic) => ['--only', topic]);
    const ended = await run(await deploy(ownWords), ...only);
    expect(ended.out).toContain('Divergences');
    expect(ended.out).not.toContain('Violations');
    expect(ended.code).toBe(0);
  });

  test('beside a violation: both are told, exit 1', async () => {
    const both = together(conflict, ownWords);
    const ended = await run(await deploy(both), ...duplicates, ...details);
    expect(ended.out).toMatch(/^Divergences.*^Violations/ms);
    expect(ended.code).toBe(1);
  });
});

test('--read-only writes nothing, and names what it leaves out', async () => {
  const methods = new Set<string>();
  const watch: StartFault = () => (ask, next) => {
    methods.add(ask.method);
    return next(ask);
  };
  const ended = await run(
    await deploy(watch),
    '--read-only',
    '--only',
    'list',
    '--only',
    'errors.no-body',
  );
  expect([...methods].filter((method) => !['GET', 'HEAD', 'OPTIONS'].includes(method))).toEqual([]);
  expect(ended.out).toContain('not exercised (it changes something, and the run only reads):');
  expect(ended.lastLine).toMatch(/^[1-9]\d* passed, 0 failed, [1-9]\d* skipped$/);
  expect(ended.code).toBe(0);
});

test('--read-env gives target and credentials; the ledger and the folder of reports hold no secret', async () => {
  const env = await deploy();
  const folder = newFolder();
  const [file, ledger] = [join(folder, 'mock.env'), join(folder, 'ledger.json')];
  const lines = Object.entries(env).map(([name, value = '']) => `${name}='${value}'`);
  writeFileSync(file, `${lines.join('\n')}\nexport ${Object.keys(env).join(' ')}\n`);
  const reports = join(folder, 'reports');
  const places = ['--ledger', ledger, '--report-dir', reports];
  const ended = await run({}, '--read-env', file, '--only', 'list.answer', ...places);
  expect(ended.out).toContain(`against ${env['CONTRACT_TARGET'] ?? 'nothing'}`);
  expect(ended.out).toMatch(new RegExp(`^Reports: ${reports}/`, 'm'));
  expect(ended.code).toBe(0);
  const text = readFileSync(ledger, 'utf8');
  expect(JSON.parse(text)).toMatchObject({
    rules: { 'list.answer': { deployment: { confirmed: { notExercised: 0 } } } },
  });
  for (const value of Object.values(env)) expect(text).not.toContain(value);
});

test('--list sends nothing, and needs no target', async () => {
  const ended = await run({ CONTRACT_TARGET: 'http://127.0.0.1:9' }, '--list', ...duplicates);
  expect(ended.out).toMatch(/^create\.duplicate-address \(published\): A create for an address/m);
  expect(ended.out).toMatch(/^ {2}by ADMIN \(invitations_create, writes, as OWNER, ADMIN\)$/m);
  expect(ended.code).toBe(0);
});

describe('could not run as asked: exit 2 and one line', () => {
  const withoutTarget = (): string => {
    const file = join(newFolder(), 'some.env');
    writeFileSync(file, 'CONTRACT_AUTH_OWNER=Api-Key of-the-owner\n');
    return file;
  };
  const cases: readonly (readonly [string, Env, readonly string[], RegExp])[] = [
    [
      'another machine',
      {},
      ['https://staging.example.com'],
      /not on this machine.*--yes.*--read-only/,
    ],
    [
      'an unknown flag',
      {},
      ['--dry-run'],
      /^invitations-mock contracts: unknown option '--dry-run'; --help lists /,
    ],
    ['a value that is none', {}, ['--rate', 'fast'], /: --rate is "fast".* above 0/],
    [
      'a switch of many',
      { CONTRACT_STRICT: 'very' },
      [],
      /: CONTRACT_STRICT .*"very".* true or false/,
    ],
    ['reports in a file', {}, ['--report-dir', '/dev/null/a'], /: --report-dir leads to a folder/],
    ['a ledger that is none', {}, ['--ledger', 'package.json'], /: package\.json is no ledger/],
    [
      'a ledger of some checks of a rule',
      {},
      ['--ledger', 'a.json', '--only', 'invitations_list'],
      /: --ledger does not go with --only invitations_list: /,
    ],
    [
      'an env file without target',
      { CONTRACT_READ_ENV: withoutTarget() },
      [],
      /add CONTRACT_TARGET=URL/,
    ],
    ['--json of a run', {}, ['--json'], /: --json goes with --list/],
  ];
  test.each(cases)('%s', async (_title, env, args, expected) => {
    const { out, code } = await run(env, ...args);
    expect(out.trimEnd()).toMatch(expected);
    expect(out.trimEnd()).not.toContain('\n');
    expect(code).toBe(2);
  });
});
