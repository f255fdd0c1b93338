// The lines of --env-file: for a shell, and for Node.
import { execFileSync } from 'node:child_process';
import { parseEnv } from 'node:util';
import { expect, test } from '@jest/globals';
import { toEnvFile } from './credentials.ts';

const values = {
  PLAIN: 'http://127.0.0.1:4010',
  SPACED: 'Api-Key owner-123',
  ODD: `it's $HOME and \`id\` "quoted" \\ # no comment; exit 1`,
};

const sourced = (file: string): unknown => {
  const script = `${file}\n"$NODE" -p 'JSON.stringify([process.env.PLAIN, process.env.SPACED, process.env.ODD])'`;
  const env = { NODE: process.execPath };
  return JSON.parse(execFileSync('/bin/sh', ['-eu', '-c', script], { env, encoding: 'utf8' }));
};

test('a shell that sources them has every value as it is, and exports it', () => {
  expect(sourced(toEnvFile(values))).toEqual(Object.values(values));
});

test('Node understands those that the server writes', () => {
  const { PLAIN, SPACED } = values;
  expect(parseEnv(toEnvFile({ PLAIN, SPACED }))).toMatchObject({ PLAIN, SPACED });
});
