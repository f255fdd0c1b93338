// The file of `--read-env`: what is understood, and what is refused by name.
import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import { readEnv } from './read-env.ts';

describe('readEnv', () => {
  const inFile = (text: string): Readonly<Record<string, string | undefined>> => {
    const file = join(mkdtempSync(join(tmpdir(), 'env-file-')), 'mock.env');
    writeFileSync(file, text);
    return readEnv(file);
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
    expect(() => readEnv('/nowhere/mock.env')).toThrow(
      /--read-env cannot be read: .*\/nowhere\/mock\.env/,
    );
  });
});
