// Which version of the package this is.
import { readFileSync } from 'node:fs';

export const version = (): string => {
  const text = readFileSync(new URL('../package.json', import.meta.url), 'utf8');
  const [, found = 'unknown'] = /"version"\s*:\s*"([^"]+)"/.exec(text) ?? [];
  return found;
};
