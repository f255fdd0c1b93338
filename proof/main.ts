// The command `npm run mutants`: do the suites catch broken fakes, and leave in peace what is right?
import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { version } from '../mock-server/version.ts';
import { CannotRun } from '../settings/cannot-run.ts';
import { readLine } from '../settings/command-line.ts';
import { settingsOf } from '../settings/setting.ts';
import { someText, wholeNumber, words } from '../settings/values.ts';
import { conduct, type Campaign, type Plan } from './campaign.ts';
import { mutants, quick } from './catalogue.ts';
import { toScreen } from './table.ts';
import { unprovokable } from './unprovokable.ts';
import { asItIs, everyVariant, partsOf, variants, type Variant } from './variants.ts';
import type { Mutant } from './mutant.ts';

const { setting, optional } = settingsOf('MUTANTS');
const settings = {
  only: optional({
    ...{ flag: 'only', placeholder: 'WORDS', isMany: true, otherwise: 'all' },
    ...{ help: 'those of an id, a rule (create.answer), a topic (create) or a variant' },
    parse: words('words with commas between'),
  }),
  jobs: setting({
    ...{ flag: 'jobs', placeholder: 'NUMBER', fallback: '4', parse: wholeNumber(1, 64) },
    help: 'runs at once, which helps where they wait',
  }),
  report: setting({
    ...{ flag: 'report', placeholder: 'FILE', fallback: 'reports/mutants.json' },
    ...{ help: 'where the result goes as JSON', parse: someText('a file') },
  }),
};
const questions = {
  quick: 'one broken fake of each topic, and the fake as it is',
  variants: 'the correct ones alone',
  whole: 'the whole suite for every broken fake, not the checks of its rule alone',
  causes: "every check of a broken fake's rule, and with how many causes each is told",
  list: 'what there is, without a run',
};

const about =
  'Runs the contract suites against fakes that are broken in one way each, which they have to catch, and against deployments that are right in ways of their own, which they must not accuse.';
const notes =
  'Exit code: 0 all caught and none accused; 1 a survivor or an accusation; 2 could not run.';

const print = (text: string): void => {
  process.stdout.write(`${text}\n`);
};

type Asks = (question: keyof typeof questions) => boolean;

const toPlan = (only: readonly string[], asks: Asks): Omit<Plan, 'jobs'> => {
  const isMeant = ({ id, rule }: Mutant): boolean =>
    only.some((word) => id === word || rule === word || rule.startsWith(`${word}.`));
  const chosen = asks('quick') ? quick : mutants;
  const meant = only.length === 0 ? chosen : mutants.filter(isMeant);
  const named = everyVariant.filter(({ id }) => only.includes(id));
  const correct: readonly Variant[] = only.length > 0 ? named : asks('quick') ? [asItIs] : variants;
  const how = { whole: asks('whole'), causes: asks('causes') };
  const plan = { mutants: asks('variants') ? [] : meant, variants: correct, ...how };
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
  const program = 'npm run mutants --';
  const line = readLine(process.argv.slice(2), process.env, {
    ...{ program, about, notes, questions, version: version() },
    settings: Object.values(settings),
  });
  if (line.kind === 'text') {
    process.stdout.write(line.text);
    return 0;
  }
  const { read, asks } = line;
  const plan = toPlan(read(settings.only) ?? [], asks);
  if (asks('list')) {
    showList(plan);
    return 0;
  }
  const file = read(settings.report);
  const campaign = await conduct({ ...plan, jobs: read(settings.jobs) }, showProgress);
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
