// The contract as others use it who generate code from it.
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, expect, test } from '@jest/globals';
import { loadEdition } from './editions.ts';
import { isJsonObject, specLocation } from './openapi-document.ts';

const scratch = mkdtempSync(join(tmpdir(), 'invitations-mock-types-'));
const root = fileURLToPath(new URL('..', import.meta.url));

afterAll(() => {
  rmSync(scratch, { recursive: true });
});

/** What it says; nothing where all is well. */
const run = (program: string, ...args: readonly string[]): string => {
  const line = [join(root, 'node_modules', program), ...args];
  const { stdout, status } = spawnSync(process.execPath, line, { cwd: scratch, encoding: 'utf8' });
  return status === 0 ? '' : stdout;
};

const client = `
import type { components, operations } from './types.ts';
type Answers = operations['invitations_create']['responses'];
type Refusal = Answers[400]['content']['application/json'];
export const sentences = (refusal: Refusal): readonly string[] => {
  const { detail, non_field_errors: whole = [], email = [] } = refusal;
  return [...(detail === undefined ? [] : [detail]), ...whole, ...email];
};
export const toError = ({ detail }: components['schemas']['ErrorDetail']): Error => new Error(detail);
export const roleOf = (made: Answers[201]['content']['application/json']): 'OWNER' | string => made.role;
`;

test('types that are generated from it compile with "strict", and read every refusal', () => {
  run(
    'openapi-typescript/bin/cli.js',
    fileURLToPath(specLocation),
    '-o',
    join(scratch, 'types.ts'),
  );
  writeFileSync(join(scratch, 'client.ts'), client);
  const strict = ['--strict', '--noUncheckedIndexedAccess', '--exactOptionalPropertyTypes'];
  const modern = ['--noEmit', '--target', 'es2022', '--module', 'nodenext'];
  const flags = [...strict, ...modern, '--allowImportingTsExtensions'];
  expect(run('typescript-native/bin/tsc', ...flags, 'client.ts')).toBe('');
});

/** What Java, TypeScript, C#, Kotlin, Swift, Python or Go have under these names in every file. */
const taken = ['Array', 'Date', 'Error', 'Exception', 'File', 'Map', 'Object', 'Record', 'String'];

test('no schema has a name that languages use themselves, and none is a choice between shapes', async () => {
  const { components } = await loadEdition();
  const schemas = isJsonObject(components) ? components['schemas'] : undefined;
  const named = Object.entries(isJsonObject(schemas) ? schemas : {});
  expect(named.map(([name]) => name)).toContain('Invitation');
  expect(named.filter(([name]) => taken.includes(name))).toEqual([]);
  const choices = named.filter(([, schema]) => isJsonObject(schema) && 'oneOf' in schema);
  expect(choices).toEqual([]);
});
