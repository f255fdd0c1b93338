// The command `drift URL`: flags in; differences between the fake and a deployment, and an exit code, out.
import { parseArgs } from 'node:util';
import { CannotRun } from '../cannot-run.ts';
import { readRules } from '../catalog.ts';
import { confirmWriting } from '../confirmation.ts';
import { readSettings } from '../settings.ts';
import type { Target } from '../target.ts';
import { startFake } from '../targets/fake.ts';
import { toRemote } from '../targets/remote.ts';
import { compareTargets } from './compare-targets.ts';
import { whileInterruptible } from './interruption.ts';
import { readKnown } from './known.ts';
import { orExplain, terminal, type Output } from './output.ts';
import { toReport } from './report.ts';

export type Env = Target['env'];

const toHelp = (program: string): string => `${program} URL [FLAG]…

Runs the same sequences of requests on the fake, which it starts for itself, and on the deployment at
URL (or CONTRACT_TARGET), and says where their answers part ways, with the shortest sequence to it.

  --runs N       sequences, at most (30; without end where --time is given)
  --time TIME    at most so long, as 90s or 5m; the search for a shortest sequence may take a minute more
  --seed N       the same sequences again
  --read-only    asks nothing but GET [CONTRACT_READ_ONLY]
  --yes          write to a deployment that is not on this machine, without asking first [CONTRACT_YES]
  --known FILE   the differences that are known (drift.known.yaml, where there is one)
  --help

Credentials: the CONTRACT_* variables, as for the contract suites. What is not given is not compared.
All that it makes at the deployment it deletes again.

Exit code: 0 no difference, or only known ones; 1 unknown differences; 2 could not run as asked.`;

const options = {
  help: { type: 'boolean' },
  runs: { type: 'string' },
  time: { type: 'string' },
  seed: { type: 'string' },
  'read-only': { type: 'boolean' },
  yes: { type: 'boolean' },
  known: { type: 'string' },
} as const;

const readFlags = (args: readonly string[]) => {
  try {
    const { values, positionals } = parseArgs({ args: [...args], options, allowPositionals: true });
    if (positionals.length > 1) throw new Error(`More than one target: ${positionals.join(', ')}`);
    return { ...values, url: positionals[0] };
  } catch (error) {
    throw new CannotRun(`${error instanceof Error ? error.message : String(error)} See --help.`);
  }
};

const toNumber = (flag: string, text: string | undefined, least: number): number | undefined => {
  if (text === undefined) return undefined;
  const value = Number(text);
  const isRight = text.trim() !== '' && value >= least && Number.isInteger(value);
  if (isRight) return value;
  throw new CannotRun(`--${flag} is "${text}", but has to be a whole number from ${least} on.`);
};

const toSeconds = (text: string | undefined): number | undefined => {
  if (text === undefined) return undefined;
  const [, digits = '', unit = ''] = /^(\d{1,6}(?:\.\d+)?)(s|m|h)?$/.exec(text.trim()) ?? [];
  const seconds = Number(digits) * ({ m: 60, h: 3_600 }[unit] ?? 1);
  if (seconds > 0) return seconds;
  throw new CannotRun(`--time is "${text}", but has to be a time such as 60, 90s, 5m or 1h.`);
};

/** The variables of the deployment are none of the fake's business, but for where mail goes. */
const startOwnFake = (env: Env): Promise<Target> =>
  startFake(
    { CONTRACT_EMAIL_DOMAIN: env['CONTRACT_EMAIL_DOMAIN'] },
    { pageSize: 3, validation: 'off' },
  );

const run = async (
  args: readonly string[],
  env: Env,
  program: string,
  output: Output,
  signal: AbortSignal,
): Promise<number> => {
  const flags = readFlags(args);
  if (flags.help === true) {
    output.out(toHelp(program));
    return 0;
  }
  const seconds = toSeconds(flags.time);
  const runs = toNumber('runs', flags.runs, 1) ?? (seconds === undefined ? 30 : Infinity);
  const seed = toNumber('seed', flags.seed, 0) ?? Math.floor(Math.random() * 1_000_000);
  const address = flags.url ?? env['CONTRACT_TARGET'] ?? '';
  if (address === '') {
    throw new CannotRun(
      'There is nothing to compare the fake with: give the address of a deployment.',
    );
  }
  const knownFile = flags.known ?? 'drift.known.yaml';
  const known = readKnown(knownFile, flags.known === undefined);
  const settings = readSettings(env);
  const isReadOnly = flags['read-only'] ?? settings.isReadOnly;
  const deployment = toRemote(address, env);
  const isConfirmed = flags.yes ?? settings.isConfirmed;
  if (!isReadOnly) await confirmWriting({ target: deployment, isConfirmed, signal });
  const fake = await startOwnFake(env);
  try {
    const warn = (sentence: string): void => {
      output.err(`Warning: ${sentence}`);
    };
    const result = await compareTargets({
      ...{ targets: { fake, deployment }, known, seed, runs, signal, warn },
      ...{ seconds: seconds ?? Infinity, isReadOnly },
    });
    const targets = {
      fake: fake.env['CONTRACT_TARGET'] ?? '',
      deployment: deployment.env['CONTRACT_TARGET']?.replace(/\/+$/, '') ?? '',
    };
    output.out(`The fake beside ${deployment.name}\n`);
    output.out(toReport(result, { targets, rules: readRules(), knownFile, seed }));
    return result.found.length === 0 ? 0 : 1;
  } finally {
    await fake.close();
  }
};

export const driftMain = (
  args: readonly string[],
  env: Env,
  program: string,
  output: Output = terminal,
): Promise<number> =>
  orExplain(() => whileInterruptible((signal) => run(args, env, program, output, signal)), output);
