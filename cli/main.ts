#!/usr/bin/env -S node --max-semi-space-size=8 --single-threaded-gc --
// The program: finds the sub-command and hands the rest of the line to it. Each is loaded only when it is asked for, so
// that the fake starts without what the suites need. A young heap of a few megabytes is swept by one thread in less time than
// several take to agree on it. Why `--`: docs/decisions/008-node-and-two-dashes.md.
import { Command, CommanderError } from 'commander';
import { version } from '../mock-server/version.ts';
import { toSentence } from '../settings/command-line.ts';
import { commands } from './commands.ts';

const name = 'invitations-mock';

const program = new Command(name)
  .description(
    'A stateful fake of the Invitations API, and suites that judge fake and deployment alike.',
  )
  .usage('COMMAND …')
  .helpOption('-h, --help', "this text; after a command, that command's flags and exit codes")
  .version(version(), '-v, --version', 'the version')
  .helpCommand(false)
  .configureHelp({ subcommandTerm: (command) => `${command.name()} ${command.usage()}`.trimEnd() })
  .configureOutput({ writeErr: () => undefined })
  .enablePositionalOptions()
  .exitOverride();

for (const [command, { takes, does, load }] of commands) {
  program
    .command(command)
    .description(does)
    .usage(takes)
    .argument('[line...]')
    .helpOption(false)
    .allowUnknownOption()
    .passThroughOptions()
    .action(async (line: readonly string[]) => {
      const main = await load();
      process.exitCode = await main(line, process.env, `${name} ${command}`);
    });
}

// Whoever reads may stop reading: `invitations-mock --help | head -3`. What cannot be written otherwise, on a full disk, say,
// nobody would read. The log has a stream of its own, whose errors come as uncaught ones.
const giveUp = (error: NodeJS.ErrnoException): void => {
  if (error.code === 'EPIPE') return;
  const isOfOutput = error.syscall === 'write' || error.code === 'ENOSPC';
  const reason = isOfOutput ? `the output cannot be written: ${error.message}.` : error.stack;
  process.stderr.write(`${name}: ${reason ?? error.message}\n`);
  process.exit(2);
};
for (const stream of [process.stdout, process.stderr]) stream.on('error', giveUp);
process.on('uncaughtException', giveUp);

/** Flags without a command are those of start. */
const toLine = ([first = '', ...rest]: readonly string[]): readonly string[] => {
  const isOwn = ['-h', '--help', '-v', '--version'].includes(first);
  return isOwn || (first !== '' && !first.startsWith('-'))
    ? [first, ...rest]
    : ['start', ...process.argv.slice(2)];
};

try {
  await program.parseAsync([...toLine(process.argv.slice(2))], { from: 'user' });
} catch (error) {
  if (error instanceof CommanderError && error.exitCode === 0) process.exitCode = 0;
  else {
    const reason =
      error instanceof CommanderError
        ? `${toSentence(error.message)}; --help lists the commands.`
        : error instanceof Error
          ? (error.stack ?? error.message)
          : String(error);
    process.stderr.write(`${name}: ${reason}\n`);
    process.exitCode = 2;
  }
}
