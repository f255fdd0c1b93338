// The differences that are known, kept in a file with a reason each: they count as known, not as nothing. Only from a
// complete entry can one tell later whether it still holds, so that an incomplete or misspelt one is refused.
import { existsSync, readFileSync } from 'node:fs';
import { load } from 'js-yaml';
import { CannotRun, orCannotRun } from '../../settings/cannot-run.ts';
import { isRecord } from '../invitation.ts';
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

const keys = ['operation', 'path', 'fake', 'deployment', 'reason'] as const;

const complain = (file: string, where: string, what: string): never => {
  throw new CannotRun(
    `${file}, ${where}: ${what}. An entry has operation, path and reason, and where it matters fake and deployment.`,
  );
};

const toValue = (value: unknown, complaint: () => never): string | undefined => {
  if (value === undefined) return undefined;
  if (typeof value === 'string') return value;
  return typeof value === 'number' || typeof value === 'boolean' || value === null
    ? String(value)
    : complaint();
};

const toText = (value: unknown, complaint: () => never): string =>
  typeof value === 'string' && value.trim() !== '' ? value.trim() : complaint();

const toKnown = (entry: unknown, file: string, where: string): Known => {
  if (!isRecord(entry)) return complain(file, where, `it is ${JSON.stringify(entry)}, no mapping`);
  const strange = Object.keys(entry).find((key) => !keys.some((it) => it === key));
  if (strange !== undefined) return complain(file, where, `"${strange}" is not known here`);
  const text = (key: 'operation' | 'path' | 'reason'): string =>
    toText(entry[key], () =>
      complain(
        file,
        where,
        entry[key] === undefined
          ? `"${key}" is missing`
          : `"${key}" is ${JSON.stringify(entry[key])}, but has to be a text`,
      ),
    );
  const value = (key: 'fake' | 'deployment'): string | undefined =>
    toValue(entry[key], () =>
      complain(file, where, `"${key}" has to be one value, as a report shows it`),
    );
  const operation = text('operation');
  if (operation !== '*' && !(operation in operations)) {
    complain(file, where, `there is no operation "${operation}" (invitations_create, …, or "*")`);
  }
  const path = text('path');
  if (!/^(status$|headers\.|body(\.|$)|\*\*$)/.test(path)) {
    complain(file, where, `the path "${path}" does not begin with status, headers. or body`);
  }
  return {
    operation,
    path,
    fake: value('fake'),
    deployment: value('deployment'),
    reason: text('reason'),
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
