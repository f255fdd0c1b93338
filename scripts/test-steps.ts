// The steps of npm test, and how to read what each of them has counted.
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { program } from './build-if-stale.ts';

export type Counts = {
  readonly passed: number;
  readonly failed: number;
  /** A line for each, with the reason. */
  readonly skipped: readonly string[];
};

export type Step = {
  readonly name: string;
  readonly command: readonly string[];
  readonly environment?: Readonly<Record<string, string>>;
  /** Lines of its output that are shown while it runs. */
  readonly progress?: RegExp;
  /** Where the step leaves its counts; a step without them is one test. */
  readonly readCounts?: () => Counts;
};

const scratch = mkdtempSync(join(tmpdir(), 'invitations-mock-'));
const testsReport = join(scratch, 'tests.json');
const contractsReport = join(scratch, 'contracts.json');
const examplesReport = join(scratch, 'examples.json');

export const removeReports = (): void => {
  rmSync(scratch, { recursive: true, force: true });
};

type Fields = Readonly<Record<string, unknown>>;

const isRecord = (value: unknown): value is Fields => typeof value === 'object' && value !== null;

const readReport = (file: string): Fields => {
  const report: unknown = JSON.parse(readFileSync(file, 'utf8'));
  if (!isRecord(report)) throw new Error(`${file} is no report.`);
  return report;
};

const recordsIn = (report: Fields, name: string): readonly Fields[] => {
  const value = report[name];
  if (!Array.isArray(value)) throw new Error(`The report has no list "${name}".`);
  return value.filter(isRecord);
};

const numberIn = (report: Fields, name: string): number => {
  const value = report[name];
  if (typeof value !== 'number') throw new Error(`The report has no number "${name}".`);
  return value;
};

const testCounts = (): Counts => {
  const report = readReport(testsReport);
  const files = recordsIn(report, 'testResults');
  const tests = files.flatMap((file) => recordsIn(file, 'assertionResults'));
  // A file that cannot even be loaded has no tests that could fail.
  const unloaded = files.filter(
    (file) => file['status'] === 'failed' && recordsIn(file, 'assertionResults').length === 0,
  );
  return {
    passed: numberIn(report, 'numPassedTests'),
    failed: numberIn(report, 'numFailedTests') + unloaded.length,
    skipped: tests
      .filter(({ status }) => status !== 'passed' && status !== 'failed')
      .map(({ fullName }) => String(fullName)),
  };
};

const contractCounts = (): Counts => {
  const report = readReport(contractsReport);
  const checks = recordsIn(report, 'checks');
  const withVerdict = (verdict: string): readonly Fields[] =>
    checks.filter((check) => check['verdict'] === verdict);
  const { rulesWithoutCheck } = report;
  return {
    passed: withVerdict('passed').length,
    failed:
      ['violation', 'divergence', 'could not run'].flatMap(withVerdict).length +
      (Array.isArray(rulesWithoutCheck) ? rulesWithoutCheck.length : 0),
    skipped: withVerdict('not exercised').map(
      ({ rule, title, message }) => `[${String(rule)}] ${String(title)}: ${String(message)}`,
    ),
  };
};

const exampleCounts = (): Counts => {
  const report = readReport(examplesReport);
  return {
    passed: numberIn(report, 'passed'),
    failed: numberIn(report, 'failed'),
    skipped: Array.from(
      { length: numberIn(report, 'skipped') },
      () => 'an example; run npm run examples for its reason',
    ),
  };
};

const { scripts } = readReport('package.json');

/** As `npm run` has it, without the quarter of a second of CPU that npm takes for itself. */
const script = (name: string): readonly string[] => [
  'sh',
  '-c',
  String(isRecord(scripts) ? scripts[name] : name),
];

// The long ones come first, so that the short ones fill what is left.
export const createSteps = (): readonly Step[] => [
  {
    name: 'unit and HTTP tests',
    command: [
      process.execPath,
      'node_modules/vitest/vitest.mjs',
      'run',
      '--project=all',
      '--reporter=default',
      '--reporter=json',
      `--outputFile.json=${testsReport}`,
    ],
    /** A line for each file that has run. */
    progress: /^\s*[✓❯×↓] /u,
    readCounts: testCounts,
  },
  {
    name: 'contract suites against the fake',
    command: [process.execPath, ...program(), 'contracts'],
    environment: { CONTRACT_REPORT: contractsReport },
    readCounts: contractCounts,
  },
  {
    name: 'examples',
    command: script('examples'),
    environment: { EXAMPLES_REPORT: examplesReport },
    readCounts: exampleCounts,
  },
  { name: 'lint and types', command: script('lint') },
  {
    name: 'contract lint',
    command: script('lint:spec'),
    environment: { REDOCLY_TELEMETRY: 'off' },
  },
  {
    name: 'what is generated is fresh',
    command: [process.execPath, '--import', 'tsx', 'scripts/fresh.ts', '--check'],
  },
  { name: 'layers', command: script('arch') },
  { name: 'unused code', command: script('unused') },
  { name: 'format', command: script('format:check') },
];
