// A command in this process, for tests: what it prints, and how it ends.
import type { Environment } from '../settings/read.ts';
import type { Main } from './run-command.ts';

export type Ended = { readonly code: number; readonly out: string; readonly err: string };

export const inProcess =
  (main: Main, program = 'it') =>
  async (args: readonly string[], env: Environment = {}): Promise<Ended> => {
    const lines: { out: string[]; err: string[] } = { out: [], err: [] };
    const code = await main(args, env, program, {
      out: (text) => lines.out.push(text),
      err: (text) => lines.err.push(text),
    });
    return { code, out: lines.out.join('\n'), err: lines.err.join('\n') };
  };
