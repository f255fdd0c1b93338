// Flags and the file of `--env-file`: what is understood, and what is refused by name.
import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import { describeFlags, flags, readEnvFile, readFlags } from './flags.ts';

describe('readFlags', () => {
  test('a flag stands for its variable, a switch for 1', () => {
    const { url, variables } = readFlags(['--rate', '5', 'http://a', '--strict', '--seed=7']);
    expect(url).toBe('http://a');
    expect(variables).toEqual({ CONTRACT_RATE: '5', CONTRACT_STRICT: '1', CONTRACT_SEED: '7' });
  });

  test('--only may be given several times; of all others the last one counts', () => {
    const { variables } = readFlags(['--only', 'a', '--runs', '1', '--only', 'b', '--runs', '2']);
    expect(variables).toEqual({ CONTRACT_ONLY: 'a,b', CONTRACT_RUNS: '2' });
  });

  test.each([
    [['--reprot', 'x'], /^There is no flag "--reprot"\. There are .*--report, .*--help\.$/],
    [['-x'], /^There is no flag "-x"\./],
    [['--rate'], /^--rate needs a value: --rate N\.$/],
    [['--only', '--strict'], /^--only needs a value: --only WORD\.$/],
    [['--strict=yes'], /^--strict takes no value, but got "yes"\.$/],
    [['http://a', 'http://b'], /^More than one target: http:\/\/a, http:\/\/b\./],
  ])('%j is refused in one line', (args, message) => {
    expect(() => readFlags(args)).toThrow(message);
  });

  test('the help has every flag with its variable', () => {
    const lines = describeFlags();
    for (const { name, variable = '' } of flags) {
      expect(lines).toContain(`--${name}`);
      expect(lines).toContain(variable);
    }
  });
});

describe('readEnvFile', () => {
  const inFile = (text: string): Readonly<Record<string, string | undefined>> => {
    const file = join(mkdtempSync(join(tmpdir(), 'env-file-')), 'mock.env');
    writeFileSync(file, text);
    return readEnvFile({ CONTRACT_ENV_FILE: file });
  };

  test('reads what the server writes, whose last line is for shells', () => {
    const written = `CONTRACT_TARGET='http://127.0.0.1:4010'\nCONTRACT_AUTH_OWNER='Api-Key owner-1'\nexport CONTRACT_TARGET CONTRACT_AUTH_OWNER\n`;
    expect(inFile(written)).toEqual({
      CONTRACT_TARGET: 'http://127.0.0.1:4010',
      CONTRACT_AUTH_OWNER: 'Api-Key owner-1',
    });
  });

  test('takes no other variable into the run', () => {
    expect(inFile('NODE_OPTIONS=--inspect\nexport CONTRACT_RATE="5" # a second\n')).toEqual({
      CONTRACT_RATE: '5',
    });
  });

  test('a file without any is refused by name', () => {
    expect(() => inFile('PORT=1\n')).toThrow(/^There is no CONTRACT_\* variable in .*mock\.env\./);
  });

  test('a file that is not there is refused by name', () => {
    expect(() => readEnvFile({ CONTRACT_ENV_FILE: '/nowhere/mock.env' })).toThrow(
      /--env-file cannot be read: .*\/nowhere\/mock\.env/,
    );
  });

  test('no file is no variable', () => {
    expect(readEnvFile({})).toEqual({});
  });
});
