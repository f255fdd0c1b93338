// Which contract, and which suites: what a confirmation is worth depends on both.
import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';

const read = (path: string): string => readFileSync(new URL(path, import.meta.url), 'utf8');

export type Version = {
  /** Of openapi.yaml and rules.yaml. */
  readonly spec: string;
  readonly suite: string;
};

export const readVersion = (): Version => {
  const hash = createHash('sha256');
  for (const file of ['openapi.yaml', 'rules.yaml']) hash.update(read(`../../spec/${file}`));
  const [, suite = 'unknown'] = /"version"\s*:\s*"([^"]+)"/.exec(read('../../package.json')) ?? [];
  return { spec: hash.digest('hex').slice(0, 16), suite };
};
