// The flags of the contract suites' command, each with its variable, and what is read from them and from the file of
// `--env-file`. What the values mean is the business of settings.ts.
import { readFileSync } from 'node:fs';
import { parseArgs, parseEnv } from 'node:util';
import { CannotRun } from './cannot-run.ts';
import { envFileIn } from './settings.ts';
import type { Target } from './target.ts';

type Env = Target['env'];

type Flag = {
  readonly name: string;
  /** Absent for a switch. */
  readonly placeholder?: string;
  /** Absent for what makes sense for one call only. */
  readonly variable?: string;
  /** The last one counts, unless several may be given. */
  readonly isMany?: boolean;
  readonly help: readonly string[];
};

export const flags: readonly Flag[] = [
  {
    name: 'env-file',
    placeholder: 'FILE',
    variable: 'CONTRACT_ENV_FILE',
    help: [
      'CONTRACT_* variables, as `--env-file` of the server writes them;',
      'they count more than those of the shell',
    ],
  },
  {
    name: 'only',
    placeholder: 'WORD',
    variable: 'CONTRACT_ONLY',
    isMany: true,
    help: [
      'a rule (create.duplicate-address), a topic (create) or an operation',
      '(invitations_create); may be given several times',
    ],
  },
  { name: 'list', help: ['show the checks and what each would send; sends nothing'] },
  { name: 'json', help: ['with --list: as JSON'] },
  {
    name: 'read-only',
    variable: 'CONTRACT_READ_ONLY',
    help: ['only the checks that change nothing'],
  },
  {
    name: 'yes',
    variable: 'CONTRACT_YES',
    help: ['write to a target that is not on this machine, without asking first'],
  },
  {
    name: 'strict',
    variable: 'CONTRACT_STRICT',
    help: ['what diverges from our assumptions fails the run too'],
  },
  {
    name: 'rate',
    placeholder: 'N',
    variable: 'CONTRACT_RATE',
    help: ['requests a second, at most (no limit)'],
  },
  {
    name: 'timeout',
    placeholder: 'MS',
    variable: 'CONTRACT_TIMEOUT',
    help: ['deadline of a request, and of a wait for a state (10000)'],
  },
  {
    name: 'runs',
    placeholder: 'N',
    variable: 'CONTRACT_RUNS',
    help: ['sequences of commands that are tried; 0 generates nothing (30)'],
  },
  {
    name: 'seed',
    placeholder: 'N',
    variable: 'CONTRACT_SEED',
    help: ['of what is generated (1)'],
  },
  {
    name: 'path',
    placeholder: 'PATH',
    variable: 'CONTRACT_PATH',
    help: ['with --seed: repeat what a failure of a generated check printed'],
  },
  {
    name: 'report',
    placeholder: 'FILE',
    variable: 'CONTRACT_REPORT',
    help: ['the result as JSON'],
  },
  {
    name: 'report-dir',
    placeholder: 'DIR',
    variable: 'CONTRACT_REPORT_DIR',
    help: ['the result for people and tools: HTML, Markdown, JUnit, JSON'],
  },
  {
    name: 'ledger',
    placeholder: 'FILE',
    variable: 'CONTRACT_LEDGER',
    help: ['note in the ledger which rules this run has confirmed'],
  },
  { name: 'help', help: ['this text'] },
];

const show = ({ name, placeholder }: Flag): string =>
  placeholder === undefined ? `--${name}` : `--${name} ${placeholder}`;

/** Of the text of `--help`. */
export const describeFlags = (): string => {
  const width = Math.max(...flags.map((flag) => show(flag).length)) + 2;
  const describe = (flag: Flag): readonly string[] =>
    flag.help.map((line, index) => {
      const isLast = index === flag.help.length - 1;
      const variable = isLast && flag.variable !== undefined ? ` [${flag.variable}]` : '';
      return `  ${(index === 0 ? show(flag) : '').padEnd(width)}${line}${variable}`;
    });
  return flags.flatMap(describe).join('\n');
};

export type Invocation = {
  /** The base address of the target. */
  readonly url: string | undefined;
  readonly isOn: (name: 'help' | 'json' | 'list') => boolean;
  /** What the flags say, as the variables that they stand for. */
  readonly variables: Env;
};

const toValue = (flag: Flag, value: string | undefined, isInline: boolean): string => {
  if (flag.placeholder === undefined) {
    if (value === undefined) return '1';
    throw new CannotRun(`--${flag.name} takes no value, but got "${value}".`);
  }
  if (value !== undefined && value !== '' && (isInline || !value.startsWith('--'))) return value;
  throw new CannotRun(`--${flag.name} needs a value: ${show(flag)}.`);
};

export const readFlags = (args: readonly string[]): Invocation => {
  const options = Object.fromEntries(
    flags.map(({ name, placeholder }) => [
      name,
      { type: placeholder === undefined ? ('boolean' as const) : ('string' as const) },
    ]),
  );
  const { tokens, positionals } = parseArgs({
    ...{ args: [...args], options, strict: false, allowPositionals: true, tokens: true },
  });
  if (positionals.length > 1) {
    throw new CannotRun(`More than one target: ${positionals.join(', ')}. Give one base address.`);
  }
  const on = new Set<string>();
  const variables: Record<string, string> = {};
  for (const token of tokens) {
    if (token.kind !== 'option') continue;
    const flag = flags.find(({ name }) => token.rawName === `--${name}`);
    if (flag === undefined) {
      const all = flags.map(({ name }) => `--${name}`).join(', ');
      throw new CannotRun(`There is no flag "${token.rawName}". There are ${all}.`);
    }
    const value = toValue(flag, token.value, token.inlineValue === true);
    on.add(flag.name);
    if (flag.variable === undefined) continue;
    const before = flag.isMany === true ? variables[flag.variable] : undefined;
    variables[flag.variable] = before === undefined ? value : `${before},${value}`;
  }
  return { url: positionals[0], isOn: (name) => on.has(name), variables };
};

/** The CONTRACT_* variables of the file that is named, if one is: nothing else of it is let into the run. */
export const readEnvFile = (env: Env): Env => {
  const file = envFileIn(env);
  if (file === undefined) return {};
  let text: string;
  try {
    text = readFileSync(file, 'utf8');
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw new CannotRun(`The file of --env-file cannot be read: ${reason}.`);
  }
  const variables = Object.entries(parseEnv(text)).filter(([name]) => name.startsWith('CONTRACT_'));
  if (variables.length > 0) return Object.fromEntries(variables);
  throw new CannotRun(
    `There is no CONTRACT_* variable in ${file}. Give it lines such as CONTRACT_TARGET=https://staging.example.com.`,
  );
};
