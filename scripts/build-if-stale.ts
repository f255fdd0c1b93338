// Is what is compiled of the sources' state? For tests of the package as others get it, which compile it where it is not.
import { spawnSync } from 'node:child_process';
import { readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

export const root = fileURLToPath(new URL('..', import.meta.url));

const folders = [
  'cli',
  'contracts',
  'domain',
  'fixtures',
  'mock-server',
  'scripts',
  'settings',
  'spec',
];
const sources = [...folders, 'package.json'];

const newestIn = (paths: readonly string[]): number => {
  const files = paths.flatMap((path) =>
    statSync(join(root, path)).isDirectory()
      ? readdirSync(join(root, path), { recursive: true, encoding: 'utf8' })
          .map((name) => join(root, path, name))
          .filter((file) => !/\.(test|suite)\.ts$/.test(file))
      : [join(root, path)],
  );
  return Math.max(...files.map((file) => statSync(file).mtimeMs));
};

export const isBuilt = (): boolean => {
  const built = statSync(join(root, 'dist/package.json'), { throwIfNoEntry: false });
  return built !== undefined && built.mtimeMs >= newestIn(sources);
};

/**
 * Node's arguments for the program, in the project's folder: as it is compiled, which starts in half the time, or from its
 * sources, where they are newer. Node of version 20 takes an --env-file for its own unless two dashes come before.
 */
export const program = (): readonly string[] =>
  isBuilt() ? ['--', 'dist/cli/main.js'] : ['--import', 'tsx', '--', 'cli/main.ts'];

export const buildIfStale = (): void => {
  if (isBuilt()) return;
  const args = ['run', '--silent', 'build'];
  const { status, stdout, stderr, error } = spawnSync('npm', args, { cwd: root, encoding: 'utf8' });
  if (status === 0) return;
  throw new Error(`npm ${args.join(' ')}: ${error?.message ?? `${stdout}\n${stderr}`}`);
};
