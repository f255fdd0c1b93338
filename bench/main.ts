// The bench: starts the product and its baselines, measures them in turn, prints tables and writes JSON.
import { mkdirSync, writeFileSync } from 'node:fs';
import { cpus } from 'node:os';
import { dirname } from 'node:path';
import { createContenders, type Contenders } from './contenders.ts';
import { CannotRun } from '../settings/cannot-run.ts';
import { readOptions, type Options } from './options.ts';
import {
  judgeRates,
  measureRates,
  rateNames,
  toCostTable,
  toRateTable,
  type Rates,
} from './rates.ts';
import { judgeScaling, measureScaling, toScaleTable, type Scaling } from './scale.ts';
import {
  judgeSandboxes,
  measureSandboxes,
  toSandboxTable,
  type SandboxFigures,
} from './sandboxes.ts';
import { createServerPool } from './server-pool.ts';
import { measureSoak, toSoakTable, type SoakSample } from './soak.ts';
import { judgeStarts, measureStarts, toStartTable, type Starts } from './startup.ts';
import { toTargetTable, type TargetResult } from './targets.ts';
import { measureStores, toStoreTables, type StoresFigures } from './stores.ts';
import { openWorkshop, type Workshop } from './workshop.ts';

type Figures = {
  readonly rates: readonly Rates[];
  readonly starts: Starts | null;
  readonly scaling: readonly Scaling[];
  readonly sandboxes: SandboxFigures | null;
  readonly stores: StoresFigures | null;
  readonly soak: readonly SoakSample[];
};

const targetMissed = 1;
const couldNotRun = 2;
const interrupted = 130;

const say = (line: string): void => {
  console.error(line);
};

const measureAll = async (
  options: Options,
  contenders: Contenders,
  workshop: Workshop,
): Promise<Figures> => {
  const { only, requests } = options;
  const rates: Rates[] = [];
  for (const name of rateNames)
    if (only.includes(name)) rates.push(await measureRates(name, options, contenders, say));
  const starts = only.includes('startup') ? await measureStarts(options, contenders, say) : null;
  const scaling = only.includes('scale') ? await measureScaling(options, contenders, say) : [];
  const sandboxes = only.includes('sandboxes')
    ? await measureSandboxes(options, contenders, say)
    : null;
  const stores = only.includes('stores')
    ? await measureStores(options, contenders, workshop.file('stores'), say)
    : null;
  const soak = only.includes('soak') ? await measureSoak(requests, contenders, workshop, say) : [];
  return { rates, starts, scaling, sandboxes, stores, soak };
};

const judgeAll = ({ rates, starts, scaling, sandboxes }: Figures): readonly TargetResult[] => [
  ...rates.map(judgeRates),
  ...(starts === null ? [] : judgeStarts(starts)),
  ...scaling.map(judgeScaling),
  ...(sandboxes === null ? [] : [judgeSandboxes(sandboxes)]),
];

const print = (figures: Figures, verdicts: readonly TargetResult[]): void => {
  const { rates, starts, scaling, sandboxes, stores, soak } = figures;
  const tables = [
    ...(rates.length === 0 ? [] : [toCostTable(rates), toRateTable(rates)]),
    ...(starts === null ? [] : [toStartTable(starts)]),
    ...(scaling.length === 0 ? [] : [toScaleTable(scaling)]),
    ...(sandboxes === null ? [] : [toSandboxTable(sandboxes)]),
    ...(stores === null ? [] : toStoreTables(stores)),
    ...(soak.length === 0 ? [] : [toSoakTable(soak)]),
    ...(verdicts.length === 0 ? [] : [toTargetTable(verdicts)]),
  ];
  console.log(tables.join('\n\n'));
};

const write = (options: Options, figures: Figures, verdicts: readonly TargetResult[]): void => {
  const [cpu] = cpus();
  const { json, seconds, rounds, only } = options;
  const report = {
    date: new Date().toISOString(),
    node: process.version,
    cpu: cpu?.model ?? 'unknown',
    cores: cpus().length,
    options: { seconds, rounds, only },
    ...figures,
    targets: verdicts,
  };
  mkdirSync(dirname(json), { recursive: true });
  writeFileSync(json, `${JSON.stringify(report, null, 2)}\n`);
  say(`Written: ${json}`);
};

const run = async (options: Options): Promise<void> => {
  const workshop = await openWorkshop();
  const pool = createServerPool();
  const quit = (): void => {
    pool.killAll();
    workshop.remove();
    process.exit(interrupted);
  };
  process.once('SIGINT', quit);
  process.once('SIGTERM', quit);
  try {
    const figures = await measureAll(options, createContenders(pool, workshop), workshop);
    const verdicts = judgeAll(figures);
    print(figures, verdicts);
    write(options, figures, verdicts);
    if (options.check && verdicts.some(({ isMet }) => !isMet)) process.exitCode = targetMissed;
  } finally {
    await pool.stopAll();
    workshop.remove();
  }
};

try {
  const options = readOptions(process.argv.slice(2), process.env);
  if (typeof options === 'string') console.log(options);
  else await run(options);
} catch (error) {
  const reason = error instanceof Error ? error.message : String(error);
  console.error(error instanceof CannotRun ? reason : `The bench could not run. ${reason}`);
  process.exitCode = couldNotRun;
}
// What a library brings for stopping databases would end the process with 0.
process.exit();
