#!/usr/bin/env -S node --max-semi-space-size=8 --
// The program: finds the sub-command and hands the rest of the line to it. Each is loaded only when it is asked for, so
// that the fake starts without what the suites need. Why `--`: docs/decisions/008-node-and-two-dashes.md.
import { commands, unknownCommand, usage } from './commands.ts';
import { version } from '../mock-server/version.ts';

const program = 'invitations-mock';

const main = async ([first = '', ...rest]: readonly string[]): Promise<number> => {
  if (first === '--help' || first === '-h') {
    process.stdout.write(usage(program));
    return 0;
  }
  if (first === '--version' || first === '-v') {
    process.stdout.write(`${version()}\n`);
    return 0;
  }
  const isFlag = first === '' || first.startsWith('-');
  const [name, args] = isFlag ? ['start', process.argv.slice(2)] : [first, rest];
  const command = commands.get(name);
  if (command === undefined) {
    process.stderr.write(`${program}: ${unknownCommand(name)}\n`);
    return 2;
  }
  const run = await command.load();
  return run(args, process.env, `${program} ${name}`);
};

// Whoever reads may stop reading: `invitations-mock --help | head -3`.
for (const stream of [process.stdout, process.stderr]) {
  stream.on('error', (error: NodeJS.ErrnoException) => {
    if (error.code !== 'EPIPE') throw error;
  });
}

try {
  process.exitCode = await main(process.argv.slice(2));
} catch (error) {
  process.stderr.write(
    `${program}: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}\n`,
  );
  process.exitCode = 2;
}
