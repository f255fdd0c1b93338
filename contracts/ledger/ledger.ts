// The ledger: for each rule, when a run last confirmed it, on what kind of target, with which contract and suites. No
// address, credential or answer of a target ever gets into it.
import { existsSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { CannotRun, orCannotRun, reasonOf } from '../../settings/cannot-run.ts';
import { isRecord, isText } from '../invitation.ts';
import type { CheckResult, RunResult, Version } from '../result.ts';
import { createHash } from 'node:crypto';

const readText = (path: string): string => readFileSync(new URL(path, import.meta.url), 'utf8');

export const readVersion = (): Version => {
  const hash = createHash('sha256');
  for (const file of ['openapi.yaml', 'rules.yaml']) hash.update(readText(`../../spec/${file}`));
  const [, suite = 'unknown'] =
    /"version"\s*:\s*"([^"]+)"/.exec(readText('../../package.json')) ?? [];
  return { spec: hash.digest('hex').slice(0, 16), suite };
};

export const targetKinds = ['fake', 'deployment'] as const;
export type TargetKind = (typeof targetKinds)[number];

export type Confirmation = Version & {
  /** In ISO 8601. */
  readonly at: string;
  readonly passed: number;
  /** Checks of the rule that could not be made. */
  readonly notExercised: number;
};

export type Entry = {
  readonly confirmed?: Confirmation;
  /** Since then, when a check of it failed. */
  readonly failedAt?: string;
};

export type Ledger = {
  readonly version: 1;
  readonly rules: Readonly<Record<string, Readonly<Partial<Record<TargetKind, Entry>>>>>;
};

export const defaultLedgerFile = 'contracts/ledger.json';

const isCount = (value: unknown): boolean => Number.isInteger(value) && Number(value) >= 0;

const isTime = (value: unknown): boolean => isText(value) && !Number.isNaN(Date.parse(value));

const isConfirmation = (value: unknown): boolean =>
  isRecord(value) &&
  isTime(value['at']) &&
  isText(value['spec']) &&
  isText(value['suite']) &&
  isCount(value['passed']) &&
  isCount(value['notExercised']);

const isEntry = (value: unknown): boolean =>
  isRecord(value) &&
  (value['confirmed'] === undefined || isConfirmation(value['confirmed'])) &&
  (value['failedAt'] === undefined || isTime(value['failedAt']));

const isRuleEntry = (value: unknown): boolean =>
  isRecord(value) &&
  Object.entries(value).every(
    ([kind, entry]) => targetKinds.some((it) => it === kind) && isEntry(entry),
  );

const isLedger = (value: unknown): value is Ledger =>
  isRecord(value) &&
  value['version'] === 1 &&
  isRecord(value['rules']) &&
  Object.values(value['rules']).every(isRuleEntry);

export const readLedger = (file: string): Ledger | undefined => {
  if (!existsSync(file)) return undefined;
  const value = orCannotRun(
    (): unknown => JSON.parse(readFileSync(file, 'utf8')),
    (reason) =>
      `The ledger ${file} cannot be read: ${reason}. Restore it, or remove it to begin anew.`,
  );
  if (isLedger(value)) return value;
  throw new CannotRun(
    `${file} is no ledger of this version. Give the right file with --ledger, or remove it to begin anew.`,
  );
};

/** A reader sees the old file or the new one, never a part. */
const writeLedger = (file: string, ledger: Ledger): void => {
  const draft = `${file}.${process.pid}.tmp`;
  try {
    writeFileSync(draft, `${JSON.stringify(ledger, null, 2)}\n`);
    renameSync(draft, file);
  } catch (error) {
    rmSync(draft, { force: true });
    throw new CannotRun(`The ledger ${file} cannot be written: ${reasonOf(error)}.`);
  }
};

const toEntry = (
  checks: readonly CheckResult[],
  before: Entry,
  at: string,
  version: Version,
): Entry => {
  const count = (verdict: CheckResult['verdict']): number =>
    checks.filter((check) => check.verdict === verdict).length;
  if (count('violation') + count('divergence') > 0) return { ...before, failedAt: at };
  if (count('passed') === 0) return before;
  const { spec, suite } = version;
  const counts = {
    passed: count('passed'),
    notExercised: count('not exercised') + count('could not run'),
  };
  return { confirmed: { at, spec, suite, ...counts } };
};

export type Recording = {
  readonly kind: TargetKind;
  readonly file?: string;
  readonly now?: Date;
  readonly version?: Version;
};

export const recordInLedger = (result: RunResult, recording: Recording): void => {
  const { kind, file = defaultLedgerFile, now = new Date(), version = readVersion() } = recording;
  const before = readLedger(file)?.rules ?? {};
  const rules: Record<string, Readonly<Partial<Record<TargetKind, Entry>>>> = { ...before };
  for (const rule of new Set(result.checks.map((check) => check.rule))) {
    const those = result.checks.filter((check) => check.rule === rule);
    const entry = toEntry(those, before[rule]?.[kind] ?? {}, now.toISOString(), version);
    if (Object.keys(entry).length > 0) rules[rule] = { ...rules[rule], [kind]: entry };
  }
  const sorted = Object.entries(rules).sort(([one], [other]) => one.localeCompare(other));
  writeLedger(file, { version: 1, rules: Object.fromEntries(sorted) });
};
