// What came of a run, as one screen for a person. Its last line is for machines too: `N passed, N failed, N skipped`.
import { toLeftBehind } from './left-behind.ts';
import { toOrigin } from './catalog.ts';
import { causesOf } from './engine/causes.ts';
import type { Cause } from './engine/events.ts';
import { toCausesTitle, toExample, toReach } from './report/verdict.ts';
import { groupBy } from './report/group-by.ts';
import { reasonOf } from './report/reasons.ts';
import {
  count,
  countExercised,
  countFailing,
  failuresOf,
  unexercisedOf,
  whyTooLittle,
  type CheckResult,
  type RunResult,
} from './result.ts';

/** So many causes are told with an exchange; the others in a line each. */
const causesInFull = 5;
/** So many reasons for what was not exercised. */
const reasonsInFull = 6;
const longestMessage = 40;
/** Of a rule's failed checks so many are told in full, the others by their titles. */
const fullMessages = 2;

const indent = (text: string, by: number): string =>
  text
    .split('\n')
    .map((line) => `${' '.repeat(by)}${line}`.trimEnd())
    .join('\n');

const toMessage = (message: string): string => {
  const lines = message.split('\n');
  const kept = lines.slice(0, longestMessage);
  return [...kept, ...(lines.length > longestMessage ? ['…'] : [])].join('\n').trim();
};

const ruleOf = ({ rule }: CheckResult): string => rule;

const toFailures = (checks: readonly CheckResult[], what: string): readonly string[] =>
  [...groupBy(checks, ruleOf)].map(([rule, those]) => {
    const each = those.map(({ title, message }, index) =>
      index < fullMessages
        ? `${indent(`✗ ${title}`, 4)}\n${indent(toMessage(message), 6)}`
        : indent(`✗ ${title}`, 4),
    );
    return [`  ${rule}: the target ${what} (${toOrigin(those[0] ?? {})})`, ...each].join('\n');
  });

const section = (title: string, lines: readonly string[]): readonly string[] =>
  lines.length === 0 ? [] : [`${title}:`, ...lines, ''];

const toReason = ([reason, those]: readonly [string, readonly CheckResult[]]): string => {
  const rules = [...groupBy(those, ruleOf)].map(([rule, { length }]) =>
    length === 1 ? rule : `${rule} (${length})`,
  );
  return `  ${those.length} not exercised (${reason}):\n${indent(rules.join(', '), 4)}`;
};

const toCause = (cause: Cause, index: number): string => {
  const line = `  ${index + 1}. ${cause.sentence}\n     ${cause.verdict}: ${toReach(cause)}`;
  const example = index < causesInFull ? toExample(cause) : '';
  return example === '' ? line : `${line}\n${indent(example, 5)}`;
};

export const toCauses = (causes: readonly Cause[]): readonly string[] =>
  causes.length === 0 ? [] : [`${toCausesTitle(causes)}:`, ...causes.map(toCause), ''];

const toUnexercised = (checks: readonly CheckResult[], isVerbose: boolean): readonly string[] => {
  const reasons = [...groupBy(checks, reasonOf)].toSorted(
    ([, one], [, other]) => other.length - one.length,
  );
  const told = isVerbose ? reasons : reasons.slice(0, reasonsInFull);
  const more = reasons.length - told.length;
  const rest = more === 0 ? [] : [`  and for ${more} other reasons: --verbose`];
  return [...told.map(toReason), ...rest];
};

const leniency = 'what we assume is no contract, so these do not fail the run; --strict makes them';

/** What is told beside the result: the lines about coverage, and the paths of the reports. */
export type Beside = {
  readonly coverage: readonly string[];
  readonly reports: readonly string[];
  /** Every failed check is told, and not the causes alone. */
  readonly isVerbose?: boolean;
};

export const toScreen = (
  result: RunResult,
  { coverage, reports, isVerbose = false }: Beside,
): string => {
  const causes = causesOf(result.checks);
  const violations = failuresOf(result, 'violation');
  const divergences = failuresOf(result, 'divergence');
  const skipped = unexercisedOf(result);
  const exercised = countExercised(result);
  const why = whyTooLittle(result);
  return [
    `The contract of the Invitations API, edition ${result.edition}, against ${result.name}`,
    '',
    ...toCauses(causes),
    ...section('Not exercised', toUnexercised(skipped, isVerbose)),
    ...section(
      'Rules without a check',
      result.rulesWithoutCheck.map(({ id, sentence }) => `  ${id}: ${sentence}`),
    ),
    ...section(
      result.strict ? 'Divergences' : `Divergences (${leniency})`,
      isVerbose ? toFailures(divergences, 'diverges from what we assume') : [],
    ),
    ...section('Violations', isVerbose ? toFailures(violations, 'violates the contract') : []),
    ...section(
      'Made by this run and not removed',
      toLeftBehind(result.leftBehind, result.target, isVerbose).map((line) => `  ${line}`),
    ),
    exercised === 0 ? 'No check was exercised: this run says nothing about the target.' : '',
    ...(exercised === 0 || why === undefined ? [] : [`No verdict: ${why}.`]),
    ...(causes.length > 0 && !isVerbose
      ? [
          `Each failed check: --verbose, or the reports of --report-dir.${causes.some(({ verdict }) => verdict === 'divergence') && !result.strict ? ` Divergences: ${leniency}.` : ''}`,
        ]
      : []),
    ...coverage,
    ...(reports.length === 0 ? [] : [`Reports: ${reports.join(', ')}`]),
    `${exercised} checks, ${violations.length} violations, ${divergences.length} divergences, ${skipped.length} not exercised; ${result.requests} requests, ${(result.ms / 1000).toFixed(1)} s`,
    `${count(result, 'passed')} passed, ${countFailing(result)} failed, ${skipped.length} skipped`,
  ]
    .filter((line, index, all) => line !== '' || all[index - 1] !== '')
    .join('\n');
};
