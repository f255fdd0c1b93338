// Licences of packages that are made up here, and of one that we do bundle.
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, expect, test } from '@jest/globals';
import { toLicenses } from './third-party-licenses.ts';

const root = fileURLToPath(new URL('..', import.meta.url));
const scratch = mkdtempSync(join(tmpdir(), 'invitations-mock-licenses-'));

afterAll(() => {
  rmSync(scratch, { recursive: true });
});

/** The path of a file of it, as a bundler would name it. */
const aPackage = (name: string, files: Readonly<Record<string, string>>): string => {
  const folder = join(scratch, 'node_modules', name);
  mkdirSync(folder, { recursive: true });
  writeFileSync(
    join(folder, 'package.json'),
    JSON.stringify({ name, version: '1.2.3', license: 'MIT' }),
  );
  for (const [file, text] of Object.entries(files)) writeFileSync(join(folder, file), text);
  return relative(root, join(folder, 'lib/index.js'));
};

test('each package is named once, with its licence and its notice', () => {
  const path = aPackage('@made-up/one', { LICENSE: 'Do as you like.', NOTICE: 'By nobody.' });
  const text = toLicenses([path, path, 'spec/prism.ts']);
  expect(
    text.match(/@made-up\/one 1\.2\.3 \(MIT\)\n\nDo as you like\.\n\nBy nobody\.\n/g),
  ).toHaveLength(1);
});

test('a package without a licence text fails the build', () => {
  expect(() => toLicenses([aPackage('made-up-two', { 'README.md': 'MIT' })])).toThrow(
    'node_modules/made-up-two has no licence text',
  );
});

test('a package under MIT that names its holder elsewhere gets the text with the holder', () => {
  expect(toLicenses(['node_modules/fnv-plus/index.js'])).toMatch(
    /Copyright \(c\) Travis Webb\n\nPermission is hereby granted[^]*THE SOFTWARE IS PROVIDED "AS IS"/,
  );
});
