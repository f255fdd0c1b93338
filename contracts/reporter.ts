// Jest's reporter for a run: a line of progress while it goes, and at the end what came of each check, as a file for the
// runner. Loaded by Jest, outside the sandbox of the check files.
import { writeFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import type { AggregatedResult, Reporter, Test, TestCaseResult } from '@jest/reporters';
import { isDocumented, isSelected, readRules, type Rule } from './catalog.ts';
import { readVersion } from './ledger/version.ts';
import { createProgress } from './progress.ts';
import { readRecord, type RecordLine } from './record.ts';
import type { CheckResult, RunResult } from './result.ts';
import { readSettings } from './settings.ts';

type Reported = { readonly file: string; readonly test: TestCaseResult };

const split = (name: string): { readonly rule: string; readonly title: string } => {
  const [, rule = '', title = name] = /^\[([^\]]+)\] (.*)$/s.exec(name) ?? [];
  return { rule, title };
};

const reasonsIn = (lines: readonly RecordLine[]): ReadonlyMap<string, string> =>
  new Map(
    lines.flatMap((line) =>
      line.kind === 'not-exercised' ? [[`[${line.rule}] ${line.title}`, line.reason]] : [],
    ),
  );

/** Undefined for what `--only` leaves out. */
const toCheck = (
  { file, test }: Reported,
  rules: ReadonlyMap<string, Rule>,
  reasons: ReadonlyMap<string, string>,
): CheckResult | undefined => {
  const { rule: id, title } = split(test.title);
  const rule = rules.get(id);
  const reason = reasons.get(test.title);
  if (rule === undefined || (test.status === 'pending' && reason === undefined)) return undefined;
  const base = {
    rule: id,
    source: rule.source,
    documented: isDocumented(rule),
    title,
    file,
    ms: Math.round(test.duration ?? 0),
  };
  if (test.status === 'failed') {
    return { ...base, verdict: 'failed', message: test.failureMessages.join('\n\n') };
  }
  return reason === undefined
    ? { ...base, verdict: 'passed', message: '' }
    : { ...base, verdict: 'not-exercised', message: reason };
};

const toResult = (results: AggregatedResult, ended: number): RunResult => {
  const settings = readSettings();
  const lines = readRecord(settings.runFolder ?? '');
  const rules = readRules();
  const reasons = reasonsIn(lines);
  const fileOf = (path: string): string => relative(process.cwd(), path);
  const reported = results.testResults.flatMap(({ testFilePath, testResults }) =>
    testResults.map((test) => ({ file: fileOf(testFilePath), test })),
  );
  const checks = reported
    .map((one) => toCheck(one, rules, reasons))
    .filter((check) => check !== undefined);
  const covered = new Set(reported.map(({ test }) => split(test.title).rule));
  return {
    target: settings.target,
    name: settings.target,
    startedAt: new Date(results.startTime).toISOString(),
    seed: settings.seed,
    strict: settings.strict,
    versions: readVersion(),
    checks,
    broken: results.testResults
      .filter(({ testExecError }) => testExecError !== undefined)
      .map(({ testFilePath, failureMessage }) => ({
        file: fileOf(testFilePath),
        message: failureMessage ?? '',
      })),
    rulesWithoutCheck: [...rules.values()].filter(
      (rule) => !covered.has(rule.id) && isSelected(settings.only, rule),
    ),
    requests: lines.filter(({ kind }) => kind === 'exchange').length,
    ms: ended - results.startTime,
    leftBehind: [],
  };
};

// eslint-disable-next-line no-restricted-exports -- Jest takes a reporter by its default export only.
export default class ContractReporter implements Pick<
  Reporter,
  'onRunStart' | 'onTestCaseResult' | 'onTestFileResult' | 'onRunComplete'
> {
  private readonly progress = createProgress({
    isTTY: process.stdout.isTTY,
    columns: process.stdout.columns || 80,
    write: (text) => {
      if (readSettings().showsProgress) process.stdout.write(text);
    },
  });

  onRunStart({ numTotalTestSuites }: AggregatedResult): void {
    this.progress.begin(numTotalTestSuites);
  }

  onTestCaseResult(_test: Test, { status, title }: TestCaseResult): void {
    const isMade = status === 'passed' || status === 'failed';
    this.progress.check(title, isMade ? status : 'skipped');
  }

  onTestFileResult(): void {
    this.progress.file();
  }

  onRunComplete(_contexts: unknown, results: AggregatedResult): void {
    this.progress.end();
    const result = toResult(results, Date.now());
    writeFileSync(join(readSettings().runFolder ?? '', 'result.json'), JSON.stringify(result));
  }
}
