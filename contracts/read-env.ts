// The file of `--read-env`: what `start --write-env` has written, or a person.
import { readFileSync } from 'node:fs';
import { parseEnv } from 'node:util';
import { CannotRun, orCannotRun } from '../settings/cannot-run.ts';
import type { Environment } from '../settings/read.ts';

/** Its CONTRACT_* variables: nothing else of it is let into a run. Throws a CannotRun. */
export const readEnv = (file: string): Environment => {
  const text = orCannotRun(
    () => readFileSync(file, 'utf8'),
    (reason) => `The file of --read-env cannot be read: ${reason}.`,
  );
  const variables = Object.entries(parseEnv(text)).filter(([name]) => name.startsWith('CONTRACT_'));
  if (variables.length > 0) return Object.fromEntries(variables);
  throw new CannotRun(
    `There is no CONTRACT_* variable in ${file}. Give it lines such as CONTRACT_TARGET=https://staging.example.com.`,
  );
};
