// The command `judge FILE.har`: what recorded traffic shows to be wrong, by rule, and an exit code.
import { parseArgs } from 'node:util';
import { CannotRun } from '../../cannot-run.ts';
import type { Target } from '../../target.ts';
import { orExplain, terminal, type Output } from '../output.ts';
import { judgeFile } from '../../recorded/judge-file.ts';

const toHelp = (program: string): string => `${program} FILE.har [--strict]

Judges traffic that a browser or a proxy has recorded (HAR 1.2): the answers of the Invitations API in
it by the spec, and by the rules that one exchange alone can show to be broken.

  --host HOST     only what was asked of this server; may be given several times
  --strict        what breaks an assumption fails too, not only what violates
                  the contract                                               CONTRACT_STRICT=1
  --help

Exit code: 0 nothing, or only broken assumptions; 1 violations; 2 could not run as asked, nothing in
the file is about the API, say.`;

const options = {
  help: { type: 'boolean' },
  strict: { type: 'boolean' },
  host: { type: 'string', multiple: true },
} as const;

const readFlags = (args: readonly string[]) => {
  try {
    const { values, positionals } = parseArgs({ args: [...args], options, allowPositionals: true });
    if (positionals.length > 1) throw new Error(`More than one file: ${positionals.join(', ')}`);
    return { ...values, file: positionals[0] };
  } catch (error) {
    throw new CannotRun(`${error instanceof Error ? error.message : String(error)} See --help.`);
  }
};

const run = async (
  args: readonly string[],
  env: Target['env'],
  program: string,
  output: Output,
): Promise<number> => {
  const flags = readFlags(args);
  if (flags.help === true) {
    output.out(toHelp(program));
    return 0;
  }
  const { file } = flags;
  if (file === undefined) throw new CannotRun('Which traffic? Give a HAR file. See --help.');
  const isStrict = flags.strict === true || env['CONTRACT_STRICT'] === '1';
  const { text, isWrong } = await judgeFile({ file, isStrict, hosts: flags.host ?? [] });
  output.out(text);
  return isWrong ? 1 : 0;
};

export const judgeMain = (
  args: readonly string[],
  env: Target['env'],
  program: string,
  output: Output = terminal,
): Promise<number> => orExplain(() => run(args, env, program, output), output);
