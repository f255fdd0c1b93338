// Reads the rules of the contract, `rules.yaml`.
import { readFileSync } from 'node:fs';
import { load } from 'js-yaml';
import { isJsonObject, type JsonObject } from './openapi-document.ts';

const ruleSources = ['seed', 'published', 'family', 'ours'] as const;

export type RuleSource = (typeof ruleSources)[number];

export type Rule = {
  readonly id: string;
  /** Where it is known from; the head of `rules.yaml` says what each of them means. */
  readonly source: RuleSource;
  /** Absent when the rule is about every operation. */
  readonly operations?: readonly string[];
  readonly sentence: string;
  /** What a sane server may do instead: by reading, its alternatives in words. The first is what the fake does by default. */
  readonly readings?: Readonly<Record<string, Readonly<Record<string, string>>>>;
};

export type FindRule = (id: string) => Omit<Rule, 'operations' | 'readings'> | undefined;

const rulesLocation = new URL('./rules.yaml', import.meta.url);

const toReadings = (given: JsonObject): NonNullable<Rule['readings']> =>
  Object.fromEntries(
    Object.entries(given).map(([name, alternatives]) => [
      name,
      Object.fromEntries(
        Object.entries(isJsonObject(alternatives) ? alternatives : {}).map(
          ([alternative, words]) => [alternative, String(words)],
        ),
      ),
    ]),
  );

const toRule = (entry: unknown): Rule => {
  const { id, source: given, operations, sentence, readings } = isJsonObject(entry) ? entry : {};
  const source = ruleSources.find((known) => known === given);
  if (typeof id === 'string' && source !== undefined && typeof sentence === 'string') {
    const rule = {
      id,
      source,
      sentence,
      ...(isJsonObject(readings) && { readings: toReadings(readings) }),
    };
    return Array.isArray(operations) ? { ...rule, operations: operations.map(String) } : rule;
  }
  throw new Error(
    `spec/rules.yaml: ${JSON.stringify(entry)} needs id, source (${ruleSources.join(', ')}) and sentence.`,
  );
};

/** By id. The list stands under `rules`, or alone. */
export const parseRules = (yaml: string): ReadonlyMap<string, Rule> => {
  const document: unknown = load(yaml);
  const entries = isJsonObject(document) ? document['rules'] : document;
  if (!Array.isArray(entries)) throw new Error('spec/rules.yaml: there is no list of rules in it.');
  return new Map(entries.map(toRule).map((rule) => [rule.id, rule]));
};

export const readRules = (): ReadonlyMap<string, Rule> =>
  parseRules(readFileSync(rulesLocation, 'utf8'));

/** What people are told of a rule. Reads the rules when somebody first asks for one: the start does without. */
export const createRuleFinder = (): FindRule => {
  let rules: ReadonlyMap<string, Rule> | undefined;
  return (wanted) => {
    const rule = (rules ??= readRules()).get(wanted);
    if (rule === undefined) return undefined;
    const { id, source, sentence } = rule;
    return { id, source, sentence };
  };
};
