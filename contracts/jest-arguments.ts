// How Jest is told to run the check files: from the sources with the checkout's configuration, or compiled, wherever the
// package was installed, with one of its own that compiles nothing.
import { createRequire } from 'node:module';
import { extname } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('..', import.meta.url));
const extension = extname(import.meta.url);

const checkout = ['--selectProjects', 'contracts'] as const;

const installed = {
  rootDir: root,
  roots: ['<rootDir>/contracts'],
  testRegex: ['\\.contract\\.js$'],
  transform: {},
  // Jest leaves out what lies in node_modules, and an installed package does.
  testPathIgnorePatterns: [],
  haste: { retainAllFiles: true },
  watchman: false,
} as const;

/** Flags of Node, Jest, and flags of Jest. */
export const jestArguments = (): readonly string[] => [
  ...(extension === '.ts' ? ['--import', 'tsx'] : []),
  ...['--experimental-vm-modules', '--disable-warning=ExperimentalWarning'],
  createRequire(import.meta.url).resolve('jest/bin/jest'),
  ...(extension === '.ts' ? checkout : ['--config', JSON.stringify(installed)]),
  ...['--ci', '--silent', '--useStderr', '--passWithNoTests'],
  // One file at a time: a deployment is not hammered, and addresses that exist once are not contended for.
  '--runInBand',
  `--testSequencer=./contracts/sequencer${extension}`,
  `--testEnvironment=./contracts/environment${extension}`,
  `--reporters=./contracts/reporter${extension}`,
];
