// The program: which command it takes a line for, and what it says when there is none.
import { readFileSync, readdirSync } from 'node:fs';
import { describe, expect, jest, test } from '@jest/globals';
import { commands, unknownCommand, usage } from './commands.ts';
import { launch, root } from './launch.suite.ts';

jest.setTimeout(60_000);

const names = [...commands.keys()];

test('--help names every command, and --version the version', async () => {
  const [help, version] = await Promise.all([launch('--help').ended, launch('--version').ended]);
  expect(help).toEqual({ code: 0, err: '', out: usage('invitations-mock') });
  for (const name of names) expect(help.out).toContain(`\n  ${name} `);
  expect(version).toMatchObject({ code: 0, err: '' });
  expect(version.out).toMatch(/^\d+\.\d+\.\d+\n$/);
});

test('each command has a help of its own, which says what its exit codes mean', async () => {
  const helps = await Promise.all(names.map((name) => launch(name, '--help').ended));
  for (const [index, { code, err, out }] of helps.entries()) {
    expect({ code, err }).toEqual({ code: 0, err: '' });
    expect(out).toContain(`invitations-mock ${names[index] ?? ''}`);
    expect(out).toMatch(/exit codes?:/i);
  }
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

test('an unknown command is answered in one line, with 2', async () => {
  const { code, out, err } = await launch('contract', '--only', 'create').ended;
  expect({ code, out }).toEqual({ code: 2, out: '' });
  expect(err).toBe(`invitations-mock: ${unknownCommand('contract')}\n`);
});

describe('what is said of an unknown command', () => {
  test.each([
    ['contract', 'contracts'],
    ['health-check', 'healthcheck'],
    ['strat', 'start'],
    ['run-contracts', 'contracts'],
  ])('%s is near to %s', (typed, meant) => {
    expect(unknownCommand(typed)).toContain(`did you mean ${meant}?`);
  });

  test('nothing is near to something else, but all are named', () => {
    const text = unknownCommand('publish-release');
    expect(text).not.toContain('did you mean');
    for (const name of names) expect(text).toContain(name);
  });
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
    ...readFileSync(`${root}/cli/${file}`, 'utf8').matchAll(/^import .* from '(.*)';$/gm),
  ]);
  expect(eager.map(([, from]) => from).sort()).toEqual(
    ['../mock-server/version.ts', './commands.ts', 'leven'].sort(),
  );
  expect(readdirSync(`${root}/cli`)).toContain('main.ts');
});
