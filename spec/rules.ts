// Reads the rules of the contract, `rules.yaml`, when somebody first asks for one: the start does without.
import { readFileSync } from 'node:fs';
import { load } from 'js-yaml';
import { isJsonObject } from './openapi-document.ts';

const ruleSources = ['seed', 'published', 'family', 'ours'] as const;

export type RuleSource = (typeof ruleSources)[number];

export type Rule = {
  readonly id: string;
  /** Where it is known from; the head of `rules.yaml` says what each of them means. */
  readonly source: RuleSource;
  readonly sentence: string;
};

export type FindRule = (id: string) => Rule | undefined;

const rulesLocation = new URL('./rules.yaml', import.meta.url);

function toRule(entry: unknown): Rule {
  const { id, source: given, sentence } = isJsonObject(entry) ? entry : {};
  const source = ruleSources.find((known) => known === given);
  if (typeof id === 'string' && source !== undefined && typeof sentence === 'string') {
    return { id, source, sentence };
  }
  throw new Error(
    `spec/rules.yaml: ${JSON.stringify(entry)} needs id, source (${ruleSources.join(', ')}) and sentence.`,
  );
}

function readRules(): ReadonlyMap<string, Rule> {
  const document: unknown = load(readFileSync(rulesLocation, 'utf8'));
  const entries = isJsonObject(document) ? document['rules'] : undefined;
  if (!Array.isArray(entries)) throw new Error('spec/rules.yaml: there is no list of rules in it.');
  return new Map(entries.map(toRule).map((rule) => [rule.id, rule]));
}

export function createRuleFinder(): FindRule {
  let rules: ReadonlyMap<string, Rule> | undefined;
  return (id) => (rules ??= readRules()).get(id);
}
