// npm run image: the container image as an OCI archive, made without a container engine. With --tree FOLDER only its files,
// which is what the Dockerfile takes.
import { execFileSync } from 'node:child_process';
import { statSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
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

const { values } = parseArgs({
  options: {
    tree: { type: 'string' },
    out: { type: 'string', default: join(root, 'reports/invitations-mock.oci.tar') },
  },
});

if (process.platform !== 'linux') {
  console.error('An image holds the Node that makes it: run this on Linux.');
  process.exitCode = 2;
} else if (values.tree !== undefined) {
  writeTree(resolve(values.tree), root);
} else {
  const tree = join(root, 'reports/image');
  writeTree(tree, root);
  const commit = git('log', '-1', '--format=%ct %H')?.split(' ') ?? [];
  const [time = '0', revision = 'unknown'] = commit;
  const facts = { version: versionOf(root), madeAt: Number(time) * 1_000, revision };
  const digest = writeArchive(values.out, tree, facts);
  console.log(`${values.out}: ${Math.round(statSync(values.out).size / 1e6)} MB, ${digest}`);
  console.log(
    `unpacked in ${tree}: ${megabytes(tree)}, of which Node ${megabytes(join(tree, 'usr'))}, the product ${megabytes(join(tree, 'app'))}`,
  );
}
