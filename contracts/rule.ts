// One check of one rule: a Jest test that is named after the rule, is not exercised where the target or the environment
// lacks what it needs, removes what it made, and fails also when an answer that it got breaks the spec.
import type { RuleId } from '../spec/vocabulary.ts';
import { test } from '@jest/globals';
import { isSelected } from './catalog.ts';
import { createScope, runAs, type Check } from './check.ts';
import { NotExercised } from './not-exercised.ts';
import type { OperationId } from './operations.ts';
import { writeRecord } from './record.ts';
import { clear } from './removal.ts';
import { harness, runFolder, settings } from './run.ts';
import { createMask } from './secrets.ts';
import { whyUnmet, type Need } from './settings.ts';

export type CheckOptions = {
  /** The callers that it asks as, and the addresses that it uses. Default: OWNER. */
  readonly needs?: readonly Need[];
  /** False for a check that only reads. */
  readonly changes?: boolean;
  /** For a check of a wide rule that is about one operation: `--only` finds it by that. */
  readonly operation?: OperationId;
};

/** The last resort against a check that never ends: each request and each wait has a deadline of its own. */
const longestCheckMs = 600_000;

const leftOutByReadOnly = 'it changes something, and the run only reads';

const titles = new Set<string>();
const mask = createMask(settings.credentials.values());

/** The exchanges that matter, each with what breaks the spec in it. */
const describeExchanges = ({ findings }: Check, last: string): string => {
  const byExchange = new Map<string, string[]>(last === '' ? [] : [[last, []]]);
  for (const { finding, exchange } of findings) {
    const place = finding.location.slice(1).join('.') || 'status';
    const sentence = `breaks the spec (${finding.code}) at ${place}: ${finding.message}`;
    byExchange.set(exchange, [...(byExchange.get(exchange) ?? []), sentence]);
  }
  return [...byExchange].map(([exchange, found]) => [exchange, ...found].join('\n')).join('\n\n');
};

const framesOf = (error: unknown): readonly string[] =>
  error instanceof Error
    ? (error.stack ?? '').split('\n').filter((line) => /^\s+at /.test(line))
    : [];

const toFailure = (check: Check, error?: unknown): Error => {
  const message = error instanceof Error ? error.message : 'An answer breaks the spec';
  const last = error === undefined ? '' : check.log.lastExchange;
  const text = [message, describeExchanges(check, last)].join('\n\n').trim();
  const failure = new Error(mask(text));
  failure.stack = [`Error: ${failure.message}`, ...framesOf(error)].join('\n');
  return failure;
};

const execute = async (check: Check, body: () => Promise<void>): Promise<void> => {
  try {
    await runAs(check, body);
  } catch (error) {
    const isExcuse = error instanceof NotExercised && check.findings.length === 0;
    if (!isExcuse) throw toFailure(check, error);
    const { rule, title } = check;
    const reason = mask(error.message);
    writeRecord(runFolder, { kind: 'not-exercised', rule: rule.id, title, reason });
    return;
  } finally {
    await clear(check.scope, settings, runFolder);
  }
  if (check.findings.length > 0) throw toFailure(check);
};

const skip = (name: string): void => {
  // Jest wants at least one test in a file; what is skipped without a reason is not counted.
  test.skip(name, () => undefined);
};

/** Registers a check of the rule `id`; `title` says in a sentence what the target does when it is right. */
export const rule = (
  id: RuleId,
  title: string,
  options: CheckOptions,
  body: () => Promise<void>,
): void => {
  const found = harness.rules.get(id);
  if (found === undefined) throw new Error(`spec/rules.yaml has no rule "${id}".`);
  const name = `[${id}] ${title}`;
  if (titles.has(name)) throw new Error(`Two checks are called "${name}".`);
  titles.add(name);
  const { needs = ['OWNER'], changes = true, operation } = options;
  const isLeftOut = settings.isReadOnly && changes;
  if (!isSelected(settings.only, found, operation)) {
    skip(name);
    return;
  }
  if (settings.isList) {
    skip(name);
    if (isLeftOut) return;
    writeRecord(runFolder, { kind: 'check', rule: id, title, needs, changes, operation });
    return;
  }
  const unmet = needs.map((need) => whyUnmet(settings, need)).filter((why) => why !== undefined);
  const reasons = isLeftOut ? [leftOutByReadOnly] : unmet;
  if (reasons.length > 0) {
    skip(name);
    const reason = reasons.join(', ');
    writeRecord(runFolder, { kind: 'not-exercised', rule: id, title, reason });
    return;
  }
  const check = { rule: found, title, needs, changes, findings: [], log: { lastExchange: '' } };
  test(name, () => execute({ ...check, scope: createScope() }, body), longestCheckMs);
};
