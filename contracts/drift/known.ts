// The differences that are known, kept in a file with a reason each: they count as known, not as nothing. Only from a
// complete entry can one tell later whether it still holds, so that an incomplete or misspelt one is refused.
import { existsSync, readFileSync } from 'node:fs';
import { load } from 'js-yaml';
import { CannotRun, orCannotRun } from '../../settings/cannot-run.ts';
import { isRecord, isText, textIn, toRecord } from '../invitation.ts';
import { operations } from '../operations.ts';
import type { Difference } from './difference.ts';

export type Known = {
  /** An operationId, or `*` for any. */
  readonly operation: string;
  /** As a report has it; `*` stands for one part of it, `**` at its end for all that follows. */
  readonly path: string;
  readonly fake: string | undefined;
  readonly deployment: string | undefined;
  readonly reason: string;
};

const keys = ['operation', 'path', 'fake', 'deployment', 'reason'];

const isValue = (value: unknown): boolean =>
  value === null || ['undefined', 'string', 'number', 'boolean'].includes(typeof value);

/** What an entry is not, in a few words. */
const complaintOf = (entry: unknown): string | undefined => {
  if (!isRecord(entry)) return `it is ${JSON.stringify(entry)}, no mapping`;
  const strange = Object.keys(entry).find((key) => !keys.includes(key));
  if (strange !== undefined) return `"${strange}" is not known here`;
  for (const key of ['operation', 'path', 'reason']) {
    const value = entry[key];
    if (value === undefined) return `"${key}" is missing`;
    if (isText(value) && value.trim() !== '') continue;
    return `"${key}" is ${JSON.stringify(value)}, but has to be a text`;
  }
  const odd = ['fake', 'deployment'].find((key) => !isValue(entry[key]));
  if (odd !== undefined) return `"${odd}" has to be one value, as a report shows it`;
  const [operation, path] = [textIn(entry, 'operation').trim(), textIn(entry, 'path').trim()];
  if (operation !== '*' && !(operation in operations))
    return `there is no operation "${operation}" (invitations_create, …, or "*")`;
  return /^(status$|headers\.|body(\.|$)|\*\*$)/.test(path)
    ? undefined
    : `the path "${path}" does not begin with status, headers. or body`;
};

const toKnown = (entry: unknown, file: string, where: string): Known => {
  const complaint = complaintOf(entry);
  if (complaint !== undefined) {
    throw new CannotRun(
      `${file}, ${where}: ${complaint}. An entry has operation, path and reason, and where it matters fake and deployment.`,
    );
  }
  const json = toRecord(entry);
  const valueOf = (key: 'fake' | 'deployment'): string | undefined => {
    const value = json[key];
    return value === undefined || isText(value) ? value : JSON.stringify(value);
  };
  return {
    operation: textIn(json, 'operation').trim(),
    path: textIn(json, 'path').trim(),
    fake: valueOf('fake'),
    deployment: valueOf('deployment'),
    reason: textIn(json, 'reason').trim(),
  };
};

export const parseKnown = (yaml: string, file: string): readonly Known[] => {
  // The parser takes a file without a word in it for a mistake.
  if (yaml.split('\n').every((line) => /^\s*(#.*)?$/.test(line))) return [];
  const document = orCannotRun(
    (): unknown => load(yaml),
    (reason) => `${file} is no YAML: ${reason.split('\n')[0] ?? ''}.`,
  );
  const list: unknown = isRecord(document) ? document['known'] : undefined;
  if (!isRecord(document) || !Array.isArray(list) || Object.keys(document).length > 1) {
    throw new CannotRun(`${file}: there has to be a list under "known", and nothing beside it.`);
  }
  return list.map((entry, index) => toKnown(entry, file, `entry ${index + 1}`));
};

/** `isOptional`: the file that is looked for when none is named. */
export const readKnown = (file: string, isOptional: boolean): readonly Known[] => {
  if (isOptional && !existsSync(file)) return [];
  const yaml = orCannotRun(
    () => readFileSync(file, 'utf8'),
    (reason) => `The known differences cannot be read: ${reason}. Give their file with --known.`,
  );
  return parseKnown(yaml, file);
};

const matchesPath = (pattern: string, path: string): boolean => {
  const wanted = pattern.split('.');
  const parts = path.split('.');
  const isOpen = wanted.at(-1) === '**';
  if (isOpen ? parts.length < wanted.length - 1 : parts.length !== wanted.length) return false;
  return wanted.every((part, index) => part === '*' || part === '**' || part === parts[index]);
};

export const matches = (known: Known, operation: string, difference: Difference): boolean =>
  (known.operation === '*' || known.operation === operation) &&
  matchesPath(known.path, difference.path) &&
  (known.fake ?? difference.fake) === difference.fake &&
  (known.deployment ?? difference.deployment) === difference.deployment;
