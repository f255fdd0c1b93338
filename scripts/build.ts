// Compiles the product to dist/ and puts beside it what it reads at run time. dist/ is replaced at once, and only by a build
// that went well: nobody who starts the program meanwhile finds half of it.
import { execFileSync } from 'node:child_process';
import { chmodSync, copyFileSync, mkdirSync, renameSync, rmSync } from 'node:fs';
import { dirname } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('..', import.meta.url));
const compiler = fileURLToPath(import.meta.resolve('typescript/bin/tsc'));
const dist = `${root}/dist`;
const fresh = `${root}/node_modules/.cache/invitations-mock/dist-${process.pid}`;
const stale = `${fresh}.old`;

const isMissing = (error: unknown): boolean =>
  error instanceof Error && 'code' in error && error.code === 'ENOENT';

const moveAway = (from: string, to: string): void => {
  try {
    renameSync(from, to);
  } catch (error) {
    if (!isMissing(error)) throw error;
  }
};

try {
  execFileSync(
    process.execPath,
    [compiler, '-p', 'tsconfig.build.json', '--outDir', fresh, '--noEmitOnError'],
    { cwd: root, stdio: 'inherit' },
  );
  mkdirSync(`${fresh}/spec`, { recursive: true });
  for (const file of [
    'spec/openapi.yaml',
    'spec/admin.openapi.yaml',
    'spec/rules.yaml',
    'package.json',
  ]) {
    copyFileSync(`${root}/${file}`, `${fresh}/${file}`);
  }
  const vite = `${dirname(fileURLToPath(import.meta.resolve('vite/package.json')))}/bin/vite.js`;
  const page = ['build', 'mock-server/console', '--outDir', `${fresh}/console`];
  execFileSync(process.execPath, [vite, ...page], { cwd: root, stdio: 'inherit' });
  // For whoever starts it by its path; npm does the same where it installs.
  chmodSync(`${fresh}/cli/main.js`, 0o755);
  moveAway(dist, stale);
  renameSync(fresh, dist);
} finally {
  rmSync(fresh, { recursive: true, force: true });
  rmSync(stale, { recursive: true, force: true });
}
