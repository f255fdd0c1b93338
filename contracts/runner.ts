// One run from start to end: target, preflight, the check files under Jest in a process of their own, removal of what is
// left, result. Whatever happens on the way, the target is closed and the leftovers are removed.
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { CannotRun } from './cannot-run.ts';
import { refuseUnknownWords } from './catalog.ts';
import { runJest, type RunFiles } from './jest-process.ts';
import { removeLeftovers } from './leftovers.ts';
import { lostSince, preflight } from './preflight.ts';
import { readRecord, type RecordLine } from './record.ts';
import { count, isRunResult, type RunResult } from './result.ts';
import { readSettings, type Caller, type Settings } from './settings.ts';
import type { Target } from './target.ts';

export type Run = {
  readonly target: Target;
  /** Ends the run early; what it made is removed all the same. */
  readonly signal: AbortSignal;
  readonly warn: (sentence: string) => void;
  /** How the check files are run; default: under Jest in a process of their own. */
  readonly runFiles?: RunFiles;
};

export type Ended = {
  readonly result: RunResult;
  /** What the run wrote down as it went. */
  readonly lines: readonly RecordLine[];
};

export const readResult = (file: string, complaints: string): RunResult => {
  if (!existsSync(file)) {
    throw new CannotRun(`Jest ended without a result: ${complaints.trim() || 'it was killed'}`);
  }
  const result: unknown = JSON.parse(readFileSync(file, 'utf8'));
  if (!isRunResult(result)) throw new CannotRun(`${file} is no result of a run.`);
  return result;
};

/** What failed after a credential ran out says nothing of the target. */
const refuseExpired = async (
  settings: Settings,
  refused: readonly Caller[],
  leftBehind: readonly string[],
): Promise<void> => {
  const lost = await lostSince(settings, refused).catch(() => []);
  if (lost.length === 0) return;
  throw new CannotRun(
    `CONTRACT_AUTH_${lost.join(', CONTRACT_AUTH_')} worked at the start and is answered with 401 now: it expired, or was revoked, in the middle of the run. Give one that lasts longer, and run again.${leftBehind.length === 0 ? '' : ` Not removed, delete by hand: ${leftBehind.join(', ')}`}`,
  );
};

const runChecks = async (run: Run, folder: string): Promise<Ended> => {
  const { target, signal, warn, runFiles = runJest } = run;
  const settings = readSettings({ ...target.env, CONTRACT_RUN: folder });
  refuseUnknownWords(settings.only);
  const { refused, warnings } = await preflight(settings);
  warnings.forEach(warn);
  const env = { ...target.env, CONTRACT_RUN: folder, CONTRACT_REFUSED: refused.join(',') };
  const complaints = await runFiles(env, signal);
  const lines = readRecord(folder);
  const leftBehind = await removeLeftovers(lines, settings);
  if (signal.aborted) {
    if (leftBehind.length > 0) warn(`Not removed, delete by hand: ${leftBehind.join(', ')}`);
    throw new CannotRun('The run was interrupted.');
  }
  const result = {
    ...readResult(join(folder, 'result.json'), complaints),
    name: target.name,
    // Of the fake nobody assumes anything: it is made to keep every rule.
    strict: settings.strict || target.kind === 'fake',
    leftBehind,
  };
  if (count(result, 'failed') > 0) await refuseExpired(settings, refused, result.leftBehind);
  return { result, lines };
};

export const runContracts = async (run: Run): Promise<Ended> => {
  const folder = mkdtempSync(join(tmpdir(), 'invitations-contracts-'));
  try {
    return await runChecks(run, folder);
  } finally {
    rmSync(folder, { recursive: true, force: true });
    await run.target.close();
  }
};
