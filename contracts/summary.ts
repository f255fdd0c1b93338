// What came of a run, as one screen for a person. Its last line is for machines too: `N passed, N failed, N skipped`.
import { count, type CheckResult, type RunResult } from './result.ts';

const longestMessage = 40;
/** Of a rule's failed checks so many are told in full, the others by their titles. */
const fullMessages = 2;

const indent = (text: string, by: number): string =>
  text
    .split('\n')
    .map((line) => `${' '.repeat(by)}${line}`.trimEnd())
    .join('\n');

/** Without the stack's frames: they are about the suites, and a person asks about the target. */
const toMessage = (message: string): string => {
  const lines = message
    .replace(/^Error: /, '')
    .split('\n')
    .filter((line) => !/^\s+at /.test(line));
  const kept = lines.slice(0, longestMessage);
  return [...kept, ...(lines.length > longestMessage ? ['…'] : [])].join('\n').trim();
};

const groupBy = (
  checks: readonly CheckResult[],
  key: 'rule' | 'message',
): ReadonlyMap<string, readonly CheckResult[]> => {
  const groups = new Map<string, CheckResult[]>();
  for (const check of checks) {
    const group = groups.get(check[key]) ?? [];
    groups.set(check[key], [...group, check]);
  }
  return groups;
};

const toFailure = (rule: string, checks: readonly CheckResult[]): string => {
  const [first] = checks;
  const meaning = first?.documented
    ? `violates the contract (${first.source})`
    : `does other than assumed (${first?.source ?? ''})`;
  const each = checks.map(({ title, message }, index) =>
    index < fullMessages
      ? `${indent(`✗ ${title}`, 4)}\n${indent(toMessage(message), 6)}`
      : indent(`✗ ${title}`, 4),
  );
  return [`  ${rule}: the target ${meaning}`, ...each].join('\n');
};

const section = (title: string, lines: readonly string[]): readonly string[] =>
  lines.length === 0 ? [] : [`${title}:`, ...lines, ''];

const toUnexercised = (checks: readonly CheckResult[]): readonly string[] =>
  [...groupBy(checks, 'message')].map(([reason, those]) => {
    const rules = [...groupBy(those, 'rule')].map(([rule, { length }]) =>
      length === 1 ? rule : `${rule} (${length})`,
    );
    return `  ${those.length} not exercised (${reason}):\n${indent(rules.join(', '), 4)}`;
  });

export const toScreen = (name: string, result: RunResult): string => {
  const of = (verdict: CheckResult['verdict']): readonly CheckResult[] =>
    result.checks.filter((check) => check.verdict === verdict);
  const failures = [...groupBy(of('failed'), 'rule')].map(([rule, checks]) =>
    toFailure(rule, checks),
  );
  const exercised = count(result, 'passed') + count(result, 'failed');
  return [
    `The contract of the Invitations API, against ${name}`,
    '',
    ...section('Failed', failures),
    ...section('Not exercised', toUnexercised(of('not-exercised'))),
    ...section(
      'Rules without a check',
      result.rulesWithoutCheck.map(({ id, sentence }) => `  ${id}: ${sentence}`),
    ),
    ...section(
      'Check files that did not load',
      result.broken.map(({ file, message }) => `  ${file}\n${indent(toMessage(message), 4)}`),
    ),
    ...section(
      'Made by this run and not removed; delete them by hand',
      result.leftBehind.map((id) => `  ${id}`),
    ),
    exercised === 0 ? 'No check was exercised: this run says nothing about the target.' : '',
    `${exercised} checks, ${result.requests} requests, ${(result.ms / 1000).toFixed(1)} s`,
    `${count(result, 'passed')} passed, ${count(result, 'failed')} failed, ${count(result, 'not-exercised')} skipped`,
  ]
    .filter((line, index, all) => line !== '' || all[index - 1] !== '')
    .join('\n');
};
