// The rules of the contract as the checks see them: every rule of spec/rules.yaml, and which source makes it documented.
import { readFileSync } from 'node:fs';
import { load } from 'js-yaml';
import { CannotRun } from './cannot-run.ts';

const sources = ['seed', 'published', 'family', 'ours'] as const;
export type Source = (typeof sources)[number];

export type Rule = {
  readonly id: string;
  readonly source: Source;
  /** Absent when the rule is about every operation. */
  readonly operations?: readonly string[];
  readonly sentence: string;
};

/** A target that breaks a documented rule violates its contract; any other rule is what we assume. */
export const isDocumented = (rule: Rule): boolean =>
  rule.source === 'seed' || rule.source === 'published';

const isRecord = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null;

const isSource = (value: unknown): value is Source => sources.some((source) => source === value);

const toRule = (entry: unknown): Rule => {
  if (isRecord(entry)) {
    const { id, source, operations, sentence } = entry;
    if (typeof id === 'string' && isSource(source) && typeof sentence === 'string') {
      const rule = { id, source, sentence };
      return Array.isArray(operations) ? { ...rule, operations: operations.map(String) } : rule;
    }
  }
  throw new Error(
    `spec/rules.yaml: ${JSON.stringify(entry)} needs id, source (${sources.join(', ')}) and sentence.`,
  );
};

export const parseRules = (yaml: string): ReadonlyMap<string, Rule> => {
  const document: unknown = load(yaml);
  const entries = isRecord(document) && !Array.isArray(document) ? document['rules'] : document;
  if (!Array.isArray(entries)) throw new Error('spec/rules.yaml: there is no list of rules in it.');
  return new Map(entries.map(toRule).map((rule) => [rule.id, rule]));
};

export const readRules = (): ReadonlyMap<string, Rule> =>
  parseRules(readFileSync(new URL('../spec/rules.yaml', import.meta.url), 'utf8'));

/**
 * Whether a word of `--only` selects a check: by its rule's id or topic (`create`), or by its operation. A check of one
 * operation is found by that one alone; any other by each operation that its rule is about.
 */
const selects = (word: string, rule: Rule, operation: string | undefined): boolean =>
  rule.id === word ||
  rule.id.startsWith(`${word}.`) ||
  (operation === undefined ? (rule.operations ?? []).includes(word) : operation === word);

export const isSelected = (only: readonly string[], rule: Rule, operation?: string): boolean =>
  only.length === 0 || only.some((word) => selects(word, rule, operation));

export const selectsAny = (word: string, rules: ReadonlyMap<string, Rule>): boolean =>
  [...rules.values()].some((rule) => selects(word, rule, undefined));

/** Of `--only`. Throws a CannotRun. */
export const refuseUnknownWords = (only: readonly string[]): void => {
  const rules = readRules();
  const unknown = only.filter((word) => !selectsAny(word, rules));
  if (unknown.length === 0) return;
  throw new CannotRun(
    `No rule, topic or operation is called "${unknown.join('", "')}". Rules are in spec/rules.yaml: create.duplicate-address, say, the topic create, or invitations_create.`,
  );
};
