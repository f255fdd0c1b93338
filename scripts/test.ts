// npm test: everything that has to hold, two steps at a time, each with its own output only if it fails.
// The last line counts the tests of all steps together.
import { spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

type Counts = { readonly passed: number; readonly failed: number; readonly skipped: number };

type Step = {
  readonly name: string;
  readonly command: readonly string[];
  readonly environment?: Readonly<Record<string, string>>;
  /** Where the step leaves its counts; a step without them is one test. */
  readonly readCounts?: () => Counts;
};

const root = fileURLToPath(new URL('..', import.meta.url));
const scratch = mkdtempSync(join(tmpdir(), 'invitations-mock-'));
const jestReport = join(scratch, 'jest.json');
const contractsReport = join(scratch, 'contracts.json');
const examplesReport = join(scratch, 'examples.json');
const isVerbose = process.argv.includes('--verbose');

const isRecord = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null;

const readReport = (file: string): Readonly<Record<string, unknown>> => {
  const report: unknown = JSON.parse(readFileSync(file, 'utf8'));
  if (!isRecord(report)) throw new Error(`${file} is no report.`);
  return report;
};

const numberIn = (report: Readonly<Record<string, unknown>>, name: string): number => {
  const value = report[name];
  if (typeof value !== 'number') throw new Error(`The report has no number "${name}".`);
  return value;
};

const jestCounts = (): Counts => {
  const report = readReport(jestReport);
  return {
    passed: numberIn(report, 'numPassedTests'),
    // A file that cannot even be loaded has no tests that could fail.
    failed: numberIn(report, 'numFailedTests') + numberIn(report, 'numRuntimeErrorTestSuites'),
    skipped: numberIn(report, 'numPendingTests') + numberIn(report, 'numTodoTests'),
  };
};

const contractCounts = (): Counts => {
  const { checks, rulesWithoutCheck } = readReport(contractsReport);
  if (!Array.isArray(checks) || !Array.isArray(rulesWithoutCheck)) {
    throw new Error('The report of the contract suites names no checks.');
  }
  const count = (verdict: string): number =>
    checks.filter((check: unknown) => isRecord(check) && check['verdict'] === verdict).length;
  return {
    passed: count('passed'),
    failed:
      count('violation') + count('divergence') + count('could not run') + rulesWithoutCheck.length,
    skipped: count('not exercised'),
  };
};

const exampleCounts = (): Counts => {
  const report = readReport(examplesReport);
  return {
    passed: numberIn(report, 'passed'),
    failed: numberIn(report, 'failed'),
    skipped: numberIn(report, 'skipped'),
  };
};

const script = (name: string, ...flags: readonly string[]): readonly string[] => [
  'npm',
  'run',
  '--silent',
  name,
  ...(flags.length === 0 ? [] : ['--', ...flags]),
];

// The long ones come first, so that the short ones fill what is left.
const steps: readonly Step[] = [
  {
    name: 'unit and HTTP tests',
    command: [
      process.execPath,
      '--experimental-vm-modules',
      '--disable-warning=ExperimentalWarning',
      'node_modules/jest/bin/jest.js',
      '--selectProjects=unit',
      '--selectProjects=http',
      '--selectProjects=harness',
      '--maxWorkers=2',
      '--json',
      `--outputFile=${jestReport}`,
    ],
    readCounts: jestCounts,
  },
  {
    name: 'contract suites against the fake',
    command: script('contracts'),
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
  { name: 'generated vocabulary is fresh', command: script('spec:vocabulary', '--check') },
  { name: 'generated types are fresh', command: script('spec:types', '--check') },
  {
    name: "generated types of the testers' API are fresh",
    command: script('spec:types:testers', '--check'),
  },
  { name: 'layers', command: script('arch') },
  { name: 'unused code', command: script('unused') },
  { name: 'format', command: script('format:check') },
];

type Outcome = { readonly ok: boolean; readonly output: string; readonly seconds: number };

const run = ({ command, environment }: Step): Promise<Outcome> => {
  const [program = '', ...args] = command;
  const startedAt = performance.now();
  return new Promise((resolve) => {
    const child = spawn(program, args, {
      cwd: root,
      env: { ...process.env, FORCE_COLOR: '0', ...environment },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    let output = '';
    const collect = (chunk: Buffer): void => {
      output += chunk.toString();
    };
    child.stdout.on('data', collect);
    child.stderr.on('data', collect);
    const end = (ok: boolean): void => {
      resolve({ ok, output, seconds: (performance.now() - startedAt) / 1_000 });
    };
    child.on('error', (error) => {
      output += error.message;
      end(false);
    });
    child.on('close', (code) => {
      end(code === 0);
    });
  });
};

const countsOf = (step: Step, { ok, output }: Outcome): Counts => {
  try {
    const counts = step.readCounts?.() ?? { passed: Number(ok), failed: Number(!ok), skipped: 0 };
    // A step that failed for a reason that no test shows still failed.
    return ok || counts.failed > 0 ? counts : { ...counts, failed: 1 };
  } catch (error) {
    console.log(output, error);
    return { passed: 0, failed: 1, skipped: 0 };
  }
};

const work = async (queue: Step[], results: Counts[]): Promise<void> => {
  for (let step = queue.shift(); step !== undefined; step = queue.shift()) {
    const outcome = await run(step);
    const counts = countsOf(step, outcome);
    results.push(counts);
    const verdict = counts.failed === 0 ? 'ok    ' : 'FAILED';
    console.log(
      `${verdict} ${step.name} (${counts.passed} passed, ${counts.failed} failed, ${counts.skipped} skipped; ${outcome.seconds.toFixed(1)} s)`,
    );
    if (counts.failed > 0 || isVerbose) console.log(outcome.output);
  }
};

const queue = [...steps];
const results: Counts[] = [];
await Promise.all([work(queue, results), work(queue, results)]);
rmSync(scratch, { recursive: true, force: true });

const sum = (name: keyof Counts): number =>
  results.reduce((total, counts) => total + counts[name], 0);
if (sum('failed') > 0) process.exitCode = 1;
console.log(`\n${sum('passed')} passed, ${sum('failed')} failed, ${sum('skipped')} skipped`);
