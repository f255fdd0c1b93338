// The reports of a run, as files that people and other tools read.
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Event } from '../engine/events.ts';
import { toJson, type RunResult } from '../result.ts';
import { toCoverage } from './coverage.ts';
import { toJunit } from './junit.ts';
import { toMarkdown } from './markdown.ts';
import { toPage } from './page/page.ts';

/** Makes the folder where it is missing, and overwrites what is there. Gives the paths written, the page first. */
export const writeReports = (
  result: RunResult,
  lines: readonly Event[],
  directory: string,
): readonly string[] => {
  const coverage = toCoverage(result, lines);
  const files = {
    'index.html': toPage(result, coverage),
    'result.json': `${JSON.stringify({ ...toJson(result), coverage }, null, 2)}\n`,
    'junit.xml': toJunit(result),
    'summary.md': toMarkdown(result, coverage),
  };
  mkdirSync(directory, { recursive: true });
  return Object.entries(files).map(([name, text]) => {
    const path = join(directory, name);
    writeFileSync(path, text);
    return path;
  });
};
