// The program: which command it takes a line for, and what it says when there is none.
import { readFileSync, readdirSync } from 'node:fs';
import { describe, expect, jest, test } from '@jest/globals';
import { commands } from './commands.ts';
import { inProcess } from './in-process.suite.ts';
import { launch, launchCommand, program, root, type Launched } from './launch.suite.ts';

jest.setTimeout(60_000);

const names = [...commands.keys()];

test('--help names every command, and --version the version', async () => {
  const [help, version] = await Promise.all([launch('--help').ended, launch('--version').ended]);
  expect(help).toMatchObject({ code: 0, err: '' });
  for (const name of names) expect(help.out).toContain(`\n  ${name} `);
  expect(version).toMatchObject({ code: 0, err: '' });
  expect(version.out).toMatch(/^\d+\.\d+\.\d+\n$/);
});

test('each command has a help of its own, which says what its exit codes mean', async () => {
  for (const [name, { load }] of commands) {
    const { code, err, out } = await inProcess(
      await load(),
      `invitations-mock ${name}`,
    )(['--help']);
    expect({ code, err }).toEqual({ code: 0, err: '' });
    expect(out).toContain(`invitations-mock ${name}`);
    expect(out).toMatch(/exit codes?:/i);
  }
  expect((await launch('drift', '--help').ended).out).toContain('invitations-mock drift');
});

test('flags without a command are those of start', async () => {
  const { child, ended, said } = launch('--port', '0', '--validation', 'off');
  await said('Try:');
  child.kill('SIGTERM');
  expect(await ended).toMatchObject({ code: 0, err: '' });
});

test('a reader that stops reading is no mistake', async () => {
  const { child, ended } = launch('--help');
  child.stdout?.destroy();
  expect(await ended).toMatchObject({ code: 0, err: '' });
});

describe('an unknown command is answered in one line, with 2', () => {
  test.each([
    ['contract', ' (Did you mean contracts?)'],
    ['health-check', ' (Did you mean healthcheck?)'],
    ['strat', ' (Did you mean start?)'],
    ['publish-release', ''],
  ])('%s', async (typed, meant) => {
    const { code, out, err } = await launch(typed, '--only', 'create').ended;
    expect({ code, out }).toEqual({ code: 2, out: '' });
    expect(err).toBe(
      `invitations-mock: unknown command '${typed}'${meant}; --help lists the commands.\n`,
    );
  });
});

test('an output that takes nothing any more is one line and 2', async () => {
  const intoFull = (line: string): Launched =>
    launchCommand('sh', ['-c', `node ${program().join(' ')} ${line} > /dev/full`]);
  const [full, help] = await Promise.all([
    intoFull('start --port 0 --validation off').ended,
    intoFull('--help').ended,
  ]);
  for (const { code, err } of [full, help]) {
    expect(err).toMatch(/^invitations-mock: the output cannot be written: ENOSPC[^\n]*\n$/);
    expect(code).toBe(2);
  }
});

test('README.md has a row for each command, and for no other', () => {
  const readme = readFileSync(`${root}/README.md`, 'utf8');
  const section = readme.slice(readme.indexOf('## Use without a checkout'));
  const [, table = ''] = /((?:\|.*\n)+)/.exec(section) ?? [];
  const rows = [...table.matchAll(/^\| `([a-z]+)/gm)].map(([, name]) => name);
  expect(rows.sort()).toEqual([...names].sort());
});

test('the commands are loaded when they are asked for, and not before', () => {
  const eager = ['main.ts', 'commands.ts'].flatMap((file) => [
    ...readFileSync(`${root}/cli/${file}`, 'utf8').matchAll(/^import (?!type).* from '(.*)';$/gm),
  ]);
  expect(eager.map(([, from]) => from).sort()).toEqual(
    [
      '../mock-server/version.ts',
      '../settings/command-line.ts',
      './commands.ts',
      'commander',
    ].sort(),
  );
  expect(readdirSync(`${root}/cli`)).toContain('main.ts');
});
