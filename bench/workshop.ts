// Where the bench keeps what only it needs: compiled baselines and the files that they read.
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  realpathSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';

const root = fileURLToPath(new URL('..', import.meta.url));

const productFile = 'dist/cli/main.js';
export const contractFile = join(root, 'spec/openapi.yaml');

export type Workshop = {
  /** What `npm start` gives to node: its flags, the product's file, and the command. */
  readonly productArgs: readonly string[];
  readonly bareFile: string;
  readonly nodeFile: string;
  readonly ceilingFile: string;
  readonly probeFile: string;
  readonly prismFile: string;
  /** The name of a file that holds this text, or will hold what somebody else writes. */
  readonly file: (name: string, text?: string) => string;
  readonly remove: () => void;
};

/** Compiled, as the product is: a loader for TypeScript would count as start-up time and memory of the baseline. */
const compile = async (name: string): Promise<string> => {
  const folder = join(root, 'node_modules/.cache/invitations-mock-bench');
  mkdirSync(folder, { recursive: true });
  const outfile = join(folder, `${name}.mjs`);
  const entryPoints = [join(root, 'bench', `${name}.ts`)];
  await build({
    entryPoints,
    outfile,
    bundle: true,
    format: 'esm',
    platform: 'node',
    packages: 'external',
  });
  return outfile;
};

const readProductArgs = (): readonly string[] => {
  const [, start] =
    /"start": *"([^"]*)"/.exec(readFileSync(join(root, 'package.json'), 'utf8')) ?? [];
  const args = /\bnode (.*)$/.exec(start ?? '')?.[1]?.split(' ') ?? [];
  if (args.includes(productFile))
    return args.map((arg) => (arg === productFile ? join(root, productFile) : arg));
  throw new Error(`The start script is "${start ?? ''}", which does not start ${productFile}.`);
};

export const openWorkshop = async (): Promise<Workshop> => {
  const productArgs = readProductArgs();
  if (!existsSync(join(root, productFile)))
    throw new Error(`There is no ${productFile} to measure; run "npm run build" first.`);
  const [bareFile, nodeFile, ceilingFile, probeFile] = await Promise.all([
    compile('bare-express'),
    compile('bare-node'),
    compile('ceiling'),
    compile('heap-probe'),
  ]);
  const folder = mkdtempSync(join(tmpdir(), 'invitations-mock-bench-'));
  return {
    productArgs,
    bareFile,
    nodeFile,
    ceilingFile,
    probeFile,
    prismFile: realpathSync(join(root, 'node_modules/.bin/prism')),
    file: (name, text) => {
      const path = join(folder, name);
      if (text !== undefined) writeFileSync(path, text);
      return path;
    },
    remove: () => {
      rmSync(folder, { recursive: true, force: true });
    },
  };
};
