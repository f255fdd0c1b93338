// The file of --write-env: who can read it, and what is left where it cannot be written.
import {
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from '@jest/globals';
import { writeSecretly } from './secret-file.ts';

let folder = '';

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'secret-'));
});

afterEach(() => {
  rmSync(folder, { recursive: true });
});

test('is whole, alone, and for its owner only, whatever was there before', () => {
  const file = join(folder, 'mock.env');
  writeFileSync(file, 'A=1', { mode: 0o644 });
  writeSecretly(file, 'B=2');
  expect(readFileSync(file, 'utf8')).toBe('B=2');
  expect(statSync(file).mode & 0o777).toBe(0o600);
  expect(readdirSync(folder)).toEqual(['mock.env']);
});

test('takes the place of a link, and leaves alone where that leads', () => {
  const file = join(folder, 'mock.env');
  writeFileSync(join(folder, 'other'), 'of somebody else');
  symlinkSync('other', file);
  writeSecretly(file, 'B=2');
  expect(readFileSync(join(folder, 'other'), 'utf8')).toBe('of somebody else');
});

test('leaves nothing behind where a folder has its name', () => {
  mkdirSync(join(folder, 'taken'));
  expect(() => {
    writeSecretly(join(folder, 'taken'), 'B=2');
  }).toThrow(/EISDIR|EEXIST|ENOTEMPTY|EPERM/);
  expect(readdirSync(folder)).toEqual(['taken']);
});

test('says that a device takes nothing, and leaves it what it is', () => {
  expect(() => {
    writeSecretly('/dev/full', 'B=2');
  }).toThrow('ENOSPC');
  expect(statSync('/dev/full').isCharacterDevice()).toBe(true);
});
