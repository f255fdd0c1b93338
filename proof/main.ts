// The command `npm run mutants`: do the suites catch broken fakes, and leave in peace what is right?
import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { parseArgs } from 'node:util';
import { CannotRun } from '../settings/cannot-run.ts';
import { conduct, type Campaign, type Plan } from './campaign.ts';
import { mutants, quick } from './catalogue.ts';
import { toScreen } from './table.ts';
import { unprovokable } from './unprovokable.ts';
import { asItIs, everyVariant, partsOf, variants, type Variant } from './variants.ts';
import type { Mutant } from './mutant.ts';

const help = `npm run mutants -- [--quick] [--only WORD]… [--variants] [--whole] [--list]

Runs the contract suites against fakes that are broken in one way each, which they have to catch, and
against deployments that are right in ways of their own, which they must not accuse.

  --quick        one broken fake of each topic, and the fake as it is
  --only WORD    only those of an id, a rule (create.answer), a topic (create) or a variant; may be
                 given several times
  --variants     the correct ones alone
  --whole        the whole suite for every broken fake, not the checks of its rule alone
  --list         what there is, without a run
  --jobs N       runs at once, which helps where they wait (4)
  --report FILE  where the result goes as JSON (reports/mutants.json)

Exit code: 0 all caught and none accused; 1 a survivor or an accusation; 2 could not run.`;

const options = {
  help: { type: 'boolean' },
  quick: { type: 'boolean' },
  only: { type: 'string', multiple: true },
  variants: { type: 'boolean' },
  whole: { type: 'boolean' },
  list: { type: 'boolean' },
  jobs: { type: 'string' },
  report: { type: 'string' },
} as const;

const readFlags = () => {
  try {
    return parseArgs({ options }).values;
  } catch (error) {
    throw new CannotRun(`${error instanceof Error ? error.message : String(error)} See --help.`);
  }
};

type Flags = ReturnType<typeof readFlags>;

const print = (text: string): void => {
  process.stdout.write(`${text}\n`);
};

const toPlan = (flags: Flags): Omit<Plan, 'jobs'> => {
  const { only = [], whole = false } = flags;
  const isMeant = ({ id, rule }: Mutant): boolean =>
    only.some((word) => id === word || rule === word || rule.startsWith(`${word}.`));
  const chosen = flags.quick === true ? quick : mutants;
  const meant = only.length === 0 ? chosen : mutants.filter(isMeant);
  const named = everyVariant.filter(({ id }) => only.includes(id));
  const correct: readonly Variant[] =
    only.length > 0 ? named : flags.quick === true ? [asItIs] : variants;
  const plan = { mutants: flags.variants === true ? [] : meant, variants: correct, whole };
  if (only.length > 0 && plan.mutants.length + plan.variants.length === 0) {
    throw new CannotRun(`Nothing is called "${only.join('", "')}". --list shows what there is.`);
  }
  return plan;
};

const showList = (plan: Omit<Plan, 'jobs'>): void => {
  for (const { id } of plan.mutants) print(id);
  for (const { id, title } of plan.variants.flatMap((variant) => [variant, ...partsOf(variant)]))
    print(`${id}: ${title}`);
  for (const [rule, reason] of Object.entries(unprovokable)) print(`none for ${rule}: ${reason}`);
};

const showProgress = (done: number, of: number, last: string): void => {
  if (!process.stdout.isTTY) {
    if (done % 100 === 0) print(`${done} of ${of}`);
    return;
  }
  const line = `${done} of ${of}  ${last}`;
  process.stdout.write(`\r\u001B[K${done === of ? '' : line.slice(0, process.stdout.columns - 1)}`);
};

const isGood = ({ mutants: judged, variants: correct }: Campaign): boolean =>
  judged.every(({ verdict }) => verdict.startsWith('caught')) &&
  correct.every(({ complaints }) => complaints.length === 0);

const run = async (): Promise<number> => {
  const flags = readFlags();
  if (flags.help === true) {
    print(help);
    return 0;
  }
  const plan = toPlan(flags);
  if (flags.list === true) {
    showList(plan);
    return 0;
  }
  const jobs = Number(flags.jobs ?? 4);
  if (!Number.isInteger(jobs) || jobs < 1) {
    throw new CannotRun(`--jobs is "${flags.jobs ?? ''}", but has to be a whole number above 0.`);
  }
  const campaign = await conduct({ ...plan, jobs }, showProgress);
  const file = flags.report ?? 'reports/mutants.json';
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, `${JSON.stringify({ ...campaign, unprovokable }, null, 2)}\n`);
  print(toScreen(campaign));
  return isGood(campaign) ? 0 : 1;
};

try {
  process.exitCode = await run();
} catch (error) {
  process.stderr.write(`${error instanceof CannotRun ? error.message : String(error)}\n`);
  process.exit(2);
}
