// Where the result of a run is kept: a JSON file, a folder of reports, the ledger. What cannot be written is said before
// the run, and not after it.
import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { CannotRun, orCannotRun } from '../settings/cannot-run.ts';
import { readLedger, recordInLedger } from './ledger/ledger.ts';
import { operations } from './operations.ts';
import { writeReports } from './report/write-reports.ts';
import { toJson } from './result.ts';
import type { Ended } from './engine/run.ts';
import type { Settings } from './settings.ts';
import type { Target } from './target.ts';

type Places = Pick<Settings, 'ledgerPath' | 'only' | 'reportFolder' | 'reportPath'>;

const makeFolder = (flag: string, folder: string) =>
  orCannotRun(
    () => mkdirSync(folder, { recursive: true }),
    (reason) => `--${flag} leads to a folder that cannot be made: ${reason}.`,
  );

/** Makes the folders that are missing. Throws a CannotRun that names the flag. */
export const preparePlaces = ({ ledgerPath, only, reportFolder, reportPath }: Places): void => {
  if (reportFolder !== undefined) makeFolder('report-dir', reportFolder);
  if (reportPath !== undefined) makeFolder('report', dirname(reportPath));
  if (ledgerPath === undefined) return;
  const operation = only.find((word) => word in operations);
  if (operation !== undefined) {
    throw new CannotRun(
      `--ledger does not go with --only ${operation}: some of a rule's checks confirm no rule. Name rules or topics.`,
    );
  }
  makeFolder('ledger', dirname(ledgerPath));
  readLedger(ledgerPath);
};

/** Gives the paths of the reports. */
export const publish = (
  { result, events }: Ended,
  { ledgerPath, reportFolder, reportPath }: Places,
  kind: Target['kind'],
): readonly string[] => {
  const reports = reportFolder === undefined ? [] : writeReports(result, events, reportFolder);
  if (reportPath !== undefined) {
    writeFileSync(reportPath, `${JSON.stringify(toJson(result), null, 2)}\n`);
  }
  if (ledgerPath !== undefined) recordInLedger(result, { kind, file: ledgerPath });
  return reportPath === undefined ? reports : [...reports, reportPath];
};
