// The line of a command: its flags, what else it takes, and its help, by way of Commander.
import { Command, CommanderError, Option } from 'commander';
import { CannotRun } from './cannot-run.ts';
import { createRead, type Environment, type Read } from './read.ts';
import type { Setting } from './setting.ts';

export type CommandLine = {
  /** What the command is called in its help. */
  readonly program: string;
  readonly version: string;
  /** One or more sentences: what it does. */
  readonly about: string;
  /** What it takes besides flags, as Commander has it: `[url]`, `<file>`, `[command...]`. */
  readonly operand?: { readonly name: string; readonly help: string };
  readonly settings: readonly Setting<unknown>[];
  /** Switches that have no variable, because they make sense for one call alone. */
  readonly questions?: Readonly<Record<string, string>>;
  /** What follows the first operand is another command's. */
  readonly passesRest?: boolean;
  /** Below the flags: credentials, exit codes. */
  readonly notes: string;
};

export type Line =
  /** Of `--help` and `--version`: to be shown. */
  | { readonly kind: 'text'; readonly text: string }
  | {
      readonly kind: 'run';
      readonly read: Read;
      readonly operands: readonly string[];
      readonly asks: (question: string) => boolean;
      /** What the flags say, by the variables that they stand for. */
      readonly variables: Environment;
    };

const describe = ({ help, otherwise, variable, placeholder }: Setting<unknown>): string =>
  `${help} (${placeholder === undefined ? '' : `default: ${otherwise}; `}${variable})`;

const termOf = ({ short, placeholder }: Setting<unknown>, flag: string): string =>
  `${short === undefined ? '' : `-${short}, `}--${flag}${placeholder === undefined ? '' : ` <${placeholder}>`}`;

/** Commander hears of each flag as it comes; what is hidden is understood all the same. */
const addFlags = (command: Command, settings: readonly Setting<unknown>[]) => {
  const flags = new Map<string, string>();
  const add = (option: Option, take: (given: string | null) => void): void => {
    command.addOption(option);
    command.on(`option:${option.name()}`, take);
  };
  for (const setting of settings) {
    const { flag, former, isMany, placeholder } = setting;
    const take = (given: string | null): void => {
      if (given?.startsWith('--') === true || given === '')
        throw new CannotRun(`--${flag} needs a value: --${flag} ${placeholder ?? ''}.`);
      const before = isMany === true ? flags.get(flag) : undefined;
      flags.set(flag, `${before === undefined ? '' : `${before},`}${given ?? 'true'}`);
    };
    add(new Option(termOf(setting, flag), describe(setting)), take);
    if (placeholder === undefined)
      add(new Option(`--no-${flag}`).hideHelp(), () => flags.set(flag, 'false'));
    if (former !== undefined) add(new Option(termOf(setting, former.flag)).hideHelp(), take);
  }
  return flags;
};

const toCommand = ({
  program,
  about,
  operand,
  passesRest,
  notes,
  version,
}: CommandLine): Command => {
  const command = new Command(program)
    .description(about)
    .helpOption('-h, --help', 'this text')
    .version(version, '-v, --version', 'the version')
    .addHelpText('after', `\n${notes}`)
    .allowExcessArguments(false)
    .enablePositionalOptions()
    .passThroughOptions(passesRest === true)
    // Placeholders as README.md writes them.
    .configureHelp({ optionTerm: ({ flags }) => flags.replace(/<(.*)>/, '$1') })
    .exitOverride();
  return operand === undefined ? command : command.argument(operand.name, operand.help);
};

/** What Commander says, in one line: `error: unknown option '--prot'\n(Did you mean --port?)`. */
export const toSentence = (message: string): string =>
  message.replace(/^error: /, '').replaceAll('\n', ' ');

/** Throws a CannotRun where a flag is not known, or its value is not what it has to be. */
export const readLine = (
  args: readonly string[],
  environment: Environment,
  commandLine: CommandLine,
): Line => {
  const command = toCommand(commandLine);
  let text = '';
  command.configureOutput({ writeOut: (part) => (text += part), writeErr: () => undefined });
  const flags = addFlags(command, commandLine.settings);
  const asked = new Set<string>();
  for (const [name, help] of Object.entries(commandLine.questions ?? {})) {
    command.option(`--${name}`, help);
    command.on(`option:${name}`, () => asked.add(name));
  }
  try {
    command.parse([...args], { from: 'user' });
  } catch (error) {
    if (!(error instanceof CommanderError)) throw error;
    if (error.exitCode === 0) return { kind: 'text', text };
    throw new CannotRun(`${toSentence(error.message)}; --help lists the flags.`);
  }
  const read = createRead(flags, environment);
  const given = commandLine.settings.filter(({ flag }) => flags.has(flag));
  given.forEach(read);
  return {
    kind: 'run',
    read,
    operands: command.args,
    asks: (question) => asked.has(question),
    variables: Object.fromEntries(given.map(({ flag, variable }) => [variable, flags.get(flag)])),
  };
};
