// Runs the examples as their readers would: each with its own test runner, against the compiled package.
// EXAMPLES_REPORT names a file for the counts; `npm test` adds them to its own.
import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { buildIfStale } from './build-if-stale.ts';
import { findChromium } from './chromium.ts';

type Counts = { readonly passed: number; readonly failed: number; readonly skipped: number };

type Example = {
  readonly name: string;
  readonly command: (report: string) => readonly string[];
  readonly environment?: (report: string) => Readonly<Record<string, string>>;
  /** What its report calls these numbers. */
  readonly read: (report: unknown) => Counts;
};

const root = fileURLToPath(new URL('..', import.meta.url));

/** A number somewhere in a report, by the names on the way to it; 0 where there is none. */
const numberAt = (report: unknown, ...names: readonly string[]): number => {
  let value = report;
  for (const name of names) {
    value = typeof value === 'object' && value !== null ? Reflect.get(value, name) : undefined;
  }
  return typeof value === 'number' ? value : 0;
};

/** Vitest writes what Jest writes. */
const ofJest = (report: unknown): Counts => ({
  passed: numberAt(report, 'numPassedTests'),
  failed: numberAt(report, 'numFailedTests') + numberAt(report, 'numRuntimeErrorTestSuites'),
  skipped: numberAt(report, 'numPendingTests'),
});

const examples: readonly Example[] = [
  {
    name: 'jest',
    command: (report) => [
      '--experimental-vm-modules',
      '--disable-warning=ExperimentalWarning',
      'node_modules/jest/bin/jest.js',
      '--config=examples/jest/jest.config.ts',
      '--json',
      `--outputFile=${report}`,
    ],
    read: ofJest,
  },
  {
    name: 'vitest',
    command: (report) => [
      'node_modules/vitest/vitest.mjs',
      'run',
      '--root=examples/vitest',
      '--reporter=default',
      '--reporter=json',
      `--outputFile=${report}`,
    ],
    read: ofJest,
  },
  {
    name: 'playwright',
    command: () => [
      'node_modules/@playwright/test/cli.js',
      'test',
      '--config=examples/playwright/playwright.config.ts',
      '--reporter=list,json',
    ],
    environment: (report) => ({ PLAYWRIGHT_JSON_OUTPUT_FILE: report }),
    read: (report) => ({
      passed: numberAt(report, 'stats', 'expected'),
      failed: numberAt(report, 'stats', 'unexpected') + numberAt(report, 'stats', 'flaky'),
      skipped: numberAt(report, 'stats', 'skipped'),
    }),
  },
];

const browser = await findChromium();
const { CHROMIUM_LIBRARIES: libraries } = browser;

const run = (example: Example, scratch: string): Counts => {
  if (example.name === 'playwright' && browser['CHROMIUM_PATH'] === undefined) {
    console.log('skipped: examples/playwright: there is no Chromium, see scripts/chromium.ts');
    return { passed: 0, failed: 0, skipped: 1 };
  }
  const file = join(scratch, `${example.name}.json`);
  const { status } = spawnSync(process.execPath, example.command(file), {
    cwd: root,
    stdio: 'inherit',
    env: {
      ...process.env,
      ...browser,
      ...(libraries === undefined ? {} : { LD_LIBRARY_PATH: libraries }),
      ...example.environment?.(file),
    },
  });
  const report: unknown = existsSync(file) ? JSON.parse(readFileSync(file, 'utf8')) : undefined;
  const counts = example.read(report);
  // What failed for a reason that no test shows still failed, and so did what ran no test.
  const isSilent = counts.failed === 0 && (status !== 0 || counts.passed === 0);
  return isSilent ? { ...counts, failed: 1 } : counts;
};

buildIfStale();
const scratch = mkdtempSync(join(tmpdir(), 'invitations-mock-examples-'));
const results = examples.map((example) => run(example, scratch));
rmSync(scratch, { recursive: true });
const sum = (name: keyof Counts): number =>
  results.reduce((total, counts) => total + counts[name], 0);
const counts: Counts = { passed: sum('passed'), failed: sum('failed'), skipped: sum('skipped') };
const report = process.env['EXAMPLES_REPORT'];
if (report !== undefined) writeFileSync(report, JSON.stringify(counts));
console.log(
  `examples: ${counts.passed} passed, ${counts.failed} failed, ${counts.skipped} skipped`,
);
if (counts.failed > 0) process.exitCode = 1;
