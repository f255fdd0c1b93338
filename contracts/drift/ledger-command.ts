// The command `ledger`: which rules have gone without confirmation for too long, as text and as an exit code.
import { parseArgs } from 'node:util';
import { CannotRun } from '../cannot-run.ts';
import { readRules, selectsAny, isSelected, type Rule } from '../catalog.ts';
import type { Target } from '../target.ts';
import { defaultLedgerFile, readLedger, targetKinds, type TargetKind } from '../ledger/ledger.ts';
import { orExplain, terminal, type Output } from './output.ts';
import { findStale, toAgeMs, type Stale } from '../ledger/staleness.ts';
import { readVersion } from '../ledger/version.ts';

const toHelp = (program: string): string => `${program} [FLAG]…

Names the rules whose confirmation is stale: never confirmed, failed since, confirmed with another
version of the spec, or longer ago than --max-age. Runs of the contract suites write the ledger.

  --ledger FILE   contracts/ledger.json                                          CONTRACT_LEDGER
  --max-age AGE   30d; m, h, d and w are minutes, hours, days and weeks
  --kind KIND     where it has to be confirmed: fake or deployment (deployment)
  --except WORD   a rule or a topic that no run can confirm there; may be given several times
  --help

Exit code: 0 nothing is stale; 1 something is; 2 could not run as asked, there is no ledger, say.`;

const options = {
  help: { type: 'boolean' },
  ledger: { type: 'string' },
  'max-age': { type: 'string' },
  kind: { type: 'string' },
  except: { type: 'string', multiple: true },
} as const;

const readFlags = (args: readonly string[]) => {
  try {
    return parseArgs({ args: [...args], options, allowPositionals: false }).values;
  } catch (error) {
    throw new CannotRun(`${error instanceof Error ? error.message : String(error)} See --help.`);
  }
};

const toKind = (text: string): TargetKind => {
  const kind = targetKinds.find((it) => it === text);
  if (kind !== undefined) return kind;
  throw new CannotRun(`--kind is "${text}", but has to be ${targetKinds.join(' or ')}.`);
};

const toMaxAge = (text: string): number => {
  const age = toAgeMs(text);
  if (age !== undefined) return age;
  throw new CannotRun(`--max-age is "${text}", but has to be an age such as 30d, 12h or 2w.`);
};

const withoutExceptions = (
  rules: ReadonlyMap<string, Rule>,
  except: readonly string[],
): readonly Rule[] => {
  const unknown = except.find((word) => !selectsAny(word, rules));
  if (unknown !== undefined) {
    throw new CannotRun(`--except ${unknown}: there is no such rule or topic in spec/rules.yaml.`);
  }
  return [...rules.values()].filter((rule) => except.length === 0 || !isSelected(except, rule));
};

const toSections = (stale: readonly Stale[]): readonly string[] => {
  const reasons = [...new Set(stale.map(({ reason }) => reason))];
  return reasons.flatMap((reason) => {
    const rules = stale.filter((it) => it.reason === reason).map(({ rule }) => rule);
    return [
      `${rules.length} ${reason}:`,
      ...rules.map(({ id, source }) => `  ${id} (${source})`),
      '',
    ];
  });
};

const run = (
  args: readonly string[],
  env: Target['env'],
  program: string,
  output: Output,
): number => {
  const flags = readFlags(args);
  if (flags.help === true) {
    output.out(toHelp(program));
    return 0;
  }
  const kind = toKind(flags.kind ?? 'deployment');
  const maxAgeMs = toMaxAge(flags['max-age'] ?? '30d');
  const rules = withoutExceptions(readRules(), flags.except ?? []);
  const file = flags.ledger ?? env['CONTRACT_LEDGER'] ?? defaultLedgerFile;
  const ledger = readLedger(file);
  if (ledger === undefined) {
    throw new CannotRun(
      `There is no ledger at ${file}: a run of the contract suites writes it. Run them, or give its file with --ledger.`,
    );
  }
  const stale = findStale(ledger, rules, {
    kind,
    maxAgeMs,
    now: new Date(),
    version: readVersion(),
  });
  output.out(
    [
      ...toSections(stale),
      `${rules.length - stale.length} of ${rules.length} rules confirmed on ${kind === 'fake' ? 'the fake' : 'a deployment'}, ${stale.length} stale`,
    ].join('\n'),
  );
  return stale.length === 0 ? 0 : 1;
};

export const ledgerMain = (
  args: readonly string[],
  env: Target['env'],
  program: string,
  output: Output = terminal,
): Promise<number> => orExplain(() => run(args, env, program, output), output);
