// The console's page for the tests that look at it.
import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, readdirSync, renameSync, rmSync, statSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const here = dirname(fileURLToPath(import.meta.url));
const root = join(here, '../..');
const built = join(root, 'dist/console');

const changedAt = (path: string): number => (existsSync(path) ? statSync(path).mtimeMs : 0);

/** Tests change with every edit and are no part of the page. */
const newestSource = (): number => {
  const files = readdirSync(here, { recursive: true, encoding: 'utf8' });
  const sources = files.filter(
    (file) => /\.\w+$/.test(file) && !/\.(?:test|suite)\.ts$/.test(file),
  );
  return Math.max(...sources.map((file) => changedAt(join(here, file))));
};

const isFresh = (): boolean => changedAt(join(built, 'index.html')) > newestSource();

/** Another test file may be doing the same: one of the two has its way. */
const move = (from: string, to: string): void => {
  try {
    renameSync(from, to);
  } catch (error) {
    if (!isFresh() && existsSync(built)) throw error;
  }
};

/** Builds it where the server looks for it, unless what is there is newer than its sources. */
export const buildConsole = (): void => {
  if (isFresh()) return;
  const fresh = join(root, `node_modules/.cache/invitations-mock/console-${process.pid}`);
  const vite = join(root, 'node_modules/vite/bin/vite.js');
  execFileSync(process.execPath, [vite, 'build', here, '--outDir', fresh], { stdio: 'inherit' });
  mkdirSync(dirname(built), { recursive: true });
  if (!isFresh()) {
    move(built, `${fresh}.old`);
    move(fresh, built);
  }
  for (const left of [fresh, `${fresh}.old`]) rmSync(left, { recursive: true, force: true });
};
