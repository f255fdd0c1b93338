// What the check files of one run share: its settings, the rules, the judge.
import { basename } from 'node:path';
import type { Harness } from './environment.ts';
import { readSettings } from './settings.ts';

declare global {
  // Only a `var` becomes a property of the global object, where Jest's environment puts it.
  var contractHarness: Harness | undefined;
}

export const settings = readSettings();

const found = globalThis.contractHarness;
const folder = settings.runFolder;
if (found === undefined || folder === undefined) {
  throw new Error('The contract suites are run by `npm run contracts`, not by Jest alone.');
}

export const harness: Harness = found;
export const runFolder: string = folder;
/** In lower case: it goes into addresses. */
export const runId: string = basename(folder).replace(/^.*-/, '').toLowerCase();
