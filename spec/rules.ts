// Reads the rules of the contract, `rules.yaml`.
import { load } from 'js-yaml';
import { isJsonObject, readDescription, type JsonObject } from './openapi-document.ts';

const ruleSources = ['seed', 'published', 'observed', 'family', 'ours'] as const;

export type RuleSource = (typeof ruleSources)[number];

/** As it is written in a file of readings, and in words. */
export type Alternative = readonly [name: string, words: string];

export type Rule = {
  readonly id: string;
  /** Where it is known from; the head of `rules.yaml` says what each of them means. */
  readonly source: RuleSource;
  /** Of an observed rule: the day, or the month, on which the API was last seen to keep it. */
  readonly seen?: string;
  /** The first edition in which it holds; absent where it does in all. Editions are days: they compare as texts. */
  readonly since?: string;
  /** Absent when the rule is about every operation. */
  readonly operations?: readonly string[];
  readonly sentence: string;
  /** What a sane server may do instead: by reading, its alternatives in words. The first is what the fake does by default. */
  readonly readings?: Readonly<Record<string, readonly Alternative[]>>;
};

export type FindRule = (id: string) => Omit<Rule, 'operations' | 'readings' | 'since'> | undefined;

const rulesLocation = new URL('./rules.yaml', import.meta.url);

const isPair = (value: unknown): value is readonly [unknown, unknown] =>
  Array.isArray(value) && value.length === 2;

const toReadings = (given: JsonObject): NonNullable<Rule['readings']> =>
  Object.fromEntries(
    Object.entries(given).map(([name, alternatives]) => [
      name,
      (Array.isArray(alternatives) ? alternatives : [])
        .filter(isPair)
        .map(([alternative, words]) => [String(alternative), String(words)] as const),
    ]),
  );

const toRule = (entry: unknown): Rule => {
  const {
    id,
    source: given,
    operations,
    sentence,
    readings,
    seen,
    since,
  } = isJsonObject(entry) ? entry : {};
  const source = ruleSources.find((known) => known === given);
  if (typeof id === 'string' && source !== undefined && typeof sentence === 'string') {
    const rule = {
      id,
      source,
      sentence,
      ...(typeof seen === 'string' && { seen }),
      ...(typeof since === 'string' && { since }),
      ...(isJsonObject(readings) && { readings: toReadings(readings) }),
    };
    return Array.isArray(operations) ? { ...rule, operations: operations.map(String) } : rule;
  }
  throw new Error(
    `spec/rules.yaml: ${JSON.stringify(entry)} needs id, source (${ruleSources.join(', ')}) and sentence.`,
  );
};

const toRules = (document: unknown): ReadonlyMap<string, Rule> => {
  const entries = isJsonObject(document) ? document['rules'] : document;
  if (!Array.isArray(entries)) throw new Error('spec/rules.yaml: there is no list of rules in it.');
  return new Map(entries.map(toRule).map((rule) => [rule.id, rule]));
};

/** By id. The list stands under `rules`, or alone. */
export const parseRules = (yaml: string): ReadonlyMap<string, Rule> => toRules(load(yaml));

let known: ReadonlyMap<string, Rule> | undefined;

/** Parsed when somebody first asks for them. */
export const readRules = (): ReadonlyMap<string, Rule> =>
  (known ??= toRules(readDescription(rulesLocation)));

/** What people are told of a rule. Reads the rules when somebody first asks for one: the start does without. */
export const createRuleFinder = (): FindRule => (wanted) => {
  const rule = readRules().get(wanted);
  if (rule === undefined) return undefined;
  const { id, source, sentence } = rule;
  return { id, source, sentence };
};
