// The reports of a run, as files that other tools and people read.
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { RecordLine } from '../record.ts';
import type { RunResult } from '../result.ts';
import { toCoverage } from './coverage.ts';

/** Makes the folder where it is missing. Gives the paths written. */
export const writeReports = (
  result: RunResult,
  lines: readonly RecordLine[],
  directory: string,
): readonly string[] => {
  const coverage = toCoverage(result, lines);
  mkdirSync(directory, { recursive: true });
  const path = join(directory, 'contracts.json');
  writeFileSync(path, `${JSON.stringify({ ...result, coverage }, null, 2)}\n`);
  return [path];
};
