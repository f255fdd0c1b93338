// How every command begins and ends: its line is read; what could not run as asked is one line and 2.
import { version } from '../mock-server/version.ts';
import { CannotRun } from '../settings/cannot-run.ts';
import { readLine, type CommandLine, type Line } from '../settings/command-line.ts';
import type { Environment } from '../settings/read.ts';

export type Output = {
  readonly out: (text: string) => void;
  readonly err: (text: string) => void;
};

/** Arguments, environment, and what the command calls itself in its help; gives the exit code. */
export type Main = (
  args: readonly string[],
  env: Environment,
  program: string,
  output?: Output,
) => Promise<number>;

export type Run = (
  line: Extract<Line, { kind: 'run' }>,
  env: Environment,
  output: Output,
  program: string,
) => number | Promise<number>;

const withEnd = (text: string): string => (text.endsWith('\n') ? text : `${text}\n`);

const terminal: Output = {
  out: (text) => process.stdout.write(withEnd(text)),
  err: (text) => process.stderr.write(withEnd(text)),
};

export const toMain =
  (commandLine: Omit<CommandLine, 'program' | 'version'>, run: Run): Main =>
  async (args, env, program, output = terminal) => {
    try {
      const line = readLine(args, env, { ...commandLine, program, version: version() });
      if (line.kind === 'run') return await run(line, env, output, program);
      output.out(line.text);
      return 0;
    } catch (error) {
      if (!(error instanceof CannotRun)) throw error;
      output.err(`${program}: ${error.message}`);
      return 2;
    }
  };
