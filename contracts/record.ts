// What a run writes down as it goes, one JSON line each, so that nothing is lost when a process dies: who made what,
// which checks were not exercised and why, and each exchange. Runner, checks and reporter share it.
import { appendFileSync, existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Caller } from './settings.ts';

export type RecordLine =
  /** An address was given to a check, that may make an invitation of it. */
  | { readonly kind: 'address'; readonly email: string; readonly as: Caller }
  /** No invitation has the address any more. */
  | { readonly kind: 'address-free'; readonly email: string }
  | { readonly kind: 'created'; readonly id: string; readonly as: Caller }
  | { readonly kind: 'removed'; readonly id: string }
  | {
      readonly kind: 'not-exercised';
      readonly rule: string;
      readonly title: string;
      readonly reason: string;
    }
  | {
      readonly kind: 'exchange';
      readonly rule: string;
      readonly title: string;
      readonly caller: string;
      readonly scheme: string;
      readonly method: string;
      readonly operation: string | undefined;
      readonly mediaType: string | undefined;
      readonly status: number;
      readonly ms: number;
    }
  /** The target stopped answering; what remains is not asked of it. */
  | { readonly kind: 'silent'; readonly reason: string };

const fileOf = (runFolder: string): string => join(runFolder, 'record.jsonl');

export const writeRecord = (runFolder: string, line: RecordLine): void => {
  appendFileSync(fileOf(runFolder), `${JSON.stringify(line)}\n`);
};

const isRecordLine = (value: unknown): value is RecordLine =>
  typeof value === 'object' && value !== null && 'kind' in value;

export const readRecord = (runFolder: string): readonly RecordLine[] => {
  if (!existsSync(fileOf(runFolder))) return [];
  const complete = readFileSync(fileOf(runFolder), 'utf8').split('\n').slice(0, -1);
  return complete.map((line): unknown => JSON.parse(line)).filter(isRecordLine);
};
