// What a run writes down as it goes, one JSON line each, so that nothing is lost when a process dies: who made what,
// which checks were not exercised and why, and each exchange. Runner, checks and reporter share it.
import { appendFileSync, existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Caller, Need } from './settings.ts';

export type ExchangeLine = {
  readonly kind: 'exchange';
  readonly rule: string;
  readonly title: string;
  /** A name of the settings, `NOBODY`, or `odd credentials`. */
  readonly caller: string;
  /** The first word of `Authorization`, `none` without one. */
  readonly scheme: string;
  readonly method: string;
  /** Without the query. */
  readonly path: string;
  /** Undefined for a request that is of no operation, or was made by method and path. */
  readonly operation: string | undefined;
  readonly mediaType: string | undefined;
  readonly status: number;
  /** The invitation that the answer's body is. */
  readonly answered: { readonly id: string; readonly state: string } | undefined;
  /** How many things in the answer break the spec. */
  readonly findings: number;
  readonly ms: number;
};

/** A check that `--list` shows. */
export type CheckLine = {
  readonly kind: 'check';
  readonly rule: string;
  readonly title: string;
  readonly needs: readonly Need[];
  readonly changes: boolean;
  /** That it is about, where its rule is about several. */
  readonly operation: string | undefined;
};

export type RecordLine =
  | CheckLine
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
  | ExchangeLine
  /** An answer 429; that to the last try is an exchange as well. */
  | (Omit<ExchangeLine, 'kind'> & { readonly kind: 'throttled' })
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
