// The rules of the contract as the checks see them: every rule of spec/rules.yaml, and which source makes it documented.
import { ruleIds, type RuleId } from '../spec/vocabulary.ts';
import { parseRules, readRules, type Rule, type RuleSource as Source } from '../spec/rules.ts';
import { CannotRun } from '../settings/cannot-run.ts';

export { parseRules, readRules, type Rule, type Source };

/** What a table says of each rule, in the order of the rules. */
export const byRule = <Value>(
  table: Readonly<Partial<Record<RuleId, Value>>>,
): readonly (readonly [RuleId, Value])[] =>
  ruleIds.flatMap((id) => {
    const value = table[id];
    return value === undefined ? [] : [[id, value] as const];
  });

/** That a body of a media type is taken. */
export const ruleOfTaking = {
  'application/json': 'media-types.takes-json',
  'application/x-www-form-urlencoded': 'media-types.takes-form',
  'multipart/form-data': 'media-types.takes-multipart',
} as const;

/** A target that breaks a documented rule violates its contract; any other rule is what we assume. */
export const isDocumented = (rule: Rule): boolean =>
  rule.source === 'seed' || rule.source === 'published';

/** Where a rule is known from, for people: `seed`, or `observed 2021-12`. */
export const toOrigin = ({ source, seen }: Partial<Pick<Rule, 'source' | 'seen'>>): string =>
  [source ?? '', seen ?? ''].join(' ').trim();

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
