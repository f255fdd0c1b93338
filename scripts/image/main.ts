// npm run image: the container image as an OCI archive, made without a container engine; for a folder only its files, which is
// what the Dockerfile takes.
import { execFileSync } from 'node:child_process';
import { statSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { CannotRun } from '../../settings/cannot-run.ts';
import { readLine } from '../../settings/command-line.ts';
import { versionOf, writeArchive } from './archive.ts';
import { writeTree } from './tree.ts';

const root = fileURLToPath(new URL('../..', import.meta.url));

const git = (...args: readonly string[]): string | null => {
  try {
    return execFileSync('git', args, { cwd: root, encoding: 'utf8', stdio: 'pipe' }).trim();
  } catch {
    return null;
  }
};

const megabytes = (path: string): string => {
  const [size = ''] = execFileSync('du', ['-sm', path], { encoding: 'utf8' }).split('\t');
  return `${size} MB`;
};

const archive = join(root, 'reports/invitations-mock.oci.tar');

const makeArchive = (): void => {
  const tree = join(root, 'reports/image');
  writeTree(tree, root);
  const commit = git('log', '-1', '--format=%ct %H')?.split(' ') ?? [];
  const [time = '0', revision = 'unknown'] = commit;
  const facts = { version: versionOf(root), madeAt: Number(time) * 1_000, revision };
  const digest = writeArchive(archive, tree, facts);
  console.log(`${archive}: ${Math.round(statSync(archive).size / 1e6)} MB, ${digest}`);
  console.log(
    `unpacked in ${tree}: ${megabytes(tree)}, of which Node ${megabytes(join(tree, 'usr'))}, the product ${megabytes(join(tree, 'app'))}`,
  );
};

try {
  const line = readLine(
    process.argv.slice(2),
    {},
    {
      ...{ program: 'npm run image --', version: versionOf(root), settings: [] },
      operand: { name: '[folder]', help: 'takes the files alone, and no archive is made' },
      about: 'Makes the container image as an OCI archive, without a container engine.',
      notes: `The archive is ${archive}.`,
    },
  );
  if (line.kind === 'text') console.log(line.text);
  else if (process.platform !== 'linux')
    throw new CannotRun('An image holds the Node that makes it: run this on Linux.');
  else {
    const [folder] = line.operands;
    if (folder === undefined) makeArchive();
    else writeTree(resolve(folder), root);
  }
} catch (error) {
  if (!(error instanceof CannotRun)) throw error;
  console.error(error.message);
  process.exitCode = 2;
}
