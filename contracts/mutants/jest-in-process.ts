// The check files under Jest in this process: no start of a process, no loading of Prism for each of hundreds of runs.
import { runCLI } from 'jest';
import { fileURLToPath } from 'node:url';
import type { RunFiles } from '../jest-process.ts';

const root = fileURLToPath(new URL('../..', import.meta.url));

const takeOver = (env: Parameters<RunFiles>[0]): void => {
  for (const name of Object.keys(process.env)) {
    if (name.startsWith('CONTRACT_')) Reflect.deleteProperty(process.env, name);
  }
  for (const [name, value] of Object.entries(env)) {
    if (value !== undefined) process.env[name] = value;
  }
};

export type Extent = {
  /** Empty: all of them. */
  readonly files: readonly string[];
  /** No further than to the first check that fails. */
  readonly hasty: boolean;
};

/** One run after the other: what a run is told stands in the environment of the process. */
export const createRunFiles =
  ({ files, hasty }: Extent): RunFiles =>
  async (env) => {
    takeOver(env);
    await runCLI(
      {
        _: [],
        $0: '',
        selectProjects: ['contracts'],
        ci: true,
        silent: true,
        useStderr: true,
        passWithNoTests: true,
        runInBand: true,
        watchman: false,
        testSequencer: './contracts/sequencer.ts',
        testEnvironment: `./contracts/${hasty ? 'mutants/hasty-environment' : 'environment'}.ts`,
        reporters: ['./contracts/reporter.ts'],
        ...(files.length === 0 ? {} : { runTestsByPath: true, testPathPatterns: [...files] }),
      },
      [root],
    );
    return '';
  };
