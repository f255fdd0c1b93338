// Is what is compiled of the sources' state? For tests of the package as others get it, which compile it where it is not.
import { spawnSync } from 'node:child_process';
import { readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('..', import.meta.url));

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

export const buildIfStale = (): void => {
  if (isBuilt()) return;
  const args = ['run', '--silent', 'build'];
  const { status, stdout, stderr, error } = spawnSync('npm', args, { cwd: root, encoding: 'utf8' });
  if (status === 0) return;
  throw new Error(`npm ${args.join(' ')}: ${error?.message ?? `${stdout}\n${stderr}`}`);
};
