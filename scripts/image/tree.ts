// The files of the image: Node, the libraries that it is linked with, the packed product with what it depends on. No shell
// and no package manager.
import { execFileSync } from 'node:child_process';
import {
  chmodSync,
  copyFileSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { isJsonObject } from '../../spec/openapi-document.ts';

export const user = 65_532;

const node = '/usr/local/bin/node';
export const program = '/app/node_modules/invitations-mock/dist/cli/main.js';
export const entrypoint = [node, program] as const;

const place = (tree: string, from: string, to: string): void => {
  const target = join(tree, to);
  mkdirSync(dirname(target), { recursive: true });
  copyFileSync(from, target);
};

/** Absolute paths of the shared libraries of a program, the loader included. */
const librariesOf = (path: string): readonly string[] => {
  const lines = execFileSync('ldd', [path], { encoding: 'utf8' }).split('\n');
  return lines.flatMap((line) => /(?:=> )?(\/\S+) \(0x/.exec(line)?.[1] ?? []);
};

const addNode = (tree: string): void => {
  place(tree, process.execPath, node);
  chmodSync(join(tree, node), 0o755);
  for (const library of librariesOf(process.execPath)) place(tree, library, library);
};

const npm = (args: readonly string[], cwd: string): string =>
  execFileSync('npm', args, { cwd, encoding: 'utf8', stdio: ['ignore', 'pipe', 'inherit'] });

/** What a server is asked for by a setting, and an image cannot get afterwards: traces, tools for assistants. */
const peersOf = (root: string): readonly string[] => {
  const text = readFileSync(join(root, 'package.json'), 'utf8');
  const manifest: unknown = JSON.parse(text);
  const peers = isJsonObject(manifest) ? manifest['peerDependencies'] : undefined;
  return Object.entries(isJsonObject(peers) ? peers : {})
    .filter(([name]) => /^@(?:opentelemetry|modelcontextprotocol)\//.test(name))
    .map(([name, version]) => `${name}@${String(version)}`);
};

/** As whoever installs the package gets it, with what its settings can ask for. */
const addProduct = (tree: string, root: string): void => {
  const scratch = mkdtempSync(join(tmpdir(), 'invitations-mock-image-'));
  try {
    npm(['pack', '--silent', '--ignore-scripts', '--pack-destination', scratch], root);
    const [file = ''] = readdirSync(scratch);
    writeFileSync(join(scratch, 'package.json'), '{ "private": true }\n');
    const quiet = ['--no-audit', '--no-fund', '--ignore-scripts', '--omit=dev', '--omit=peer'];
    npm(['install', ...quiet, `./${file}`, ...peersOf(root)], scratch);
    mkdirSync(join(tree, 'app'), { recursive: true });
    execFileSync('cp', ['-R', join(scratch, 'node_modules'), join(tree, 'app')]);
  } finally {
    rmSync(scratch, { recursive: true, force: true });
  }
};

const accounts: Readonly<Record<string, string>> = {
  'etc/passwd': `root:x:0:0::/:/none\nmock:x:${user}:${user}::/data:/none\n`,
  'etc/group': `root:x:0:\nmock:x:${user}:\n`,
  'etc/nsswitch.conf': 'hosts: files dns\n',
};

/** Places that whoever runs the image mounts something at. */
const mountPoints = ['dev', 'proc', 'sys', 'tmp'];

/** Writes the tree into `tree`, which it replaces; `root` is the checkout, with `dist` built. */
export const writeTree = (tree: string, root: string): void => {
  const fresh = `${tree}.new`;
  rmSync(fresh, { recursive: true, force: true });
  for (const folder of [...mountPoints, 'data', 'etc']) {
    mkdirSync(join(fresh, folder), { recursive: true });
  }
  chmodSync(join(fresh, 'tmp'), 0o1777);
  for (const [file, text] of Object.entries(accounts)) writeFileSync(join(fresh, file), text);
  addNode(fresh);
  addProduct(fresh, root);
  rmSync(tree, { recursive: true, force: true });
  renameSync(fresh, tree);
};
