// The package as somebody gets it who has no checkout: packed, and installed in an empty folder.
import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { buildIfStale } from '../scripts/build-if-stale.ts';
import { root } from './launch.suite.ts';

export type Packed =
  | { readonly scratch: string; readonly home: string }
  /** Why there is nothing to test. */
  | { readonly scratch: string; readonly missing: string };

const run = (command: string, args: readonly string[], cwd: string): string => {
  const { status, stdout, stderr, error } = spawnSync(command, args, { cwd, encoding: 'utf8' });
  if (status === 0) return stdout;
  throw new Error(`${[command, ...args].join(' ')}: ${error?.message ?? `${stdout}\n${stderr}`}`);
};

/** What npm says when there is no way to the registry, or none to a package that it does not have at hand. */
const unreachable = /\b(ENOTFOUND|EAI_AGAIN|ECONNREFUSED|ECONNRESET|ETIMEDOUT|ENOTCACHED)\b/;

/** Throws where packing fails, or installing for another reason than a missing network. */
export const packAndInstall = (): Packed => {
  const scratch = mkdtempSync(join(tmpdir(), 'invitations-mock-packed-'));
  buildIfStale();
  run('npm', ['pack', '--ignore-scripts', '--pack-destination', scratch], root);
  const [tarball = ''] = readdirSync(scratch);
  const home = join(scratch, 'empty');
  mkdirSync(home);
  // npm looks for a project in the folders above; the prefix says that it is here.
  const flags = ['--prefix', home, '--prefer-offline', '--no-audit', '--no-fund'];
  const patience = ['--fetch-retries', '1', '--fetch-retry-mintimeout', '1000'];
  try {
    // Many a project has this Ajv, by way of ESLint; Prism needs another version, and must not meet this one.
    run('npm', ['install', ...flags, ...patience, 'ajv@6', join(scratch, tarball)], home);
  } catch (error) {
    const [, code] = unreachable.exec(String(error)) ?? [];
    if (code === undefined) throw error;
    // Jest runs no afterAll where it skips every test.
    rmSync(scratch, { recursive: true });
    return { scratch, missing: `the registry of packages cannot be reached (${code})` };
  }
  return { scratch, home };
};
