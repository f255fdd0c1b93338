// What a run has exercised of the contract: which answers, which callers, which states, which rules.
import type { Event } from '../engine/events.ts';
import { unexercisedOf, type RunResult, type CheckResult } from '../result.ts';
import { toAnswers, toUndocumented } from './answers.ts';
import { roleOf } from '../engine/located.ts';
import { allOperations } from '../operations.ts';
import { roles } from '../settings.ts';
import { exchangesIn, toHappenings, toReasons, type Blamed, type Reasons } from './reasons.ts';
import { readDocumented } from './documented.ts';
import { countExercised, toCells, type Matrix, type CellState } from './matrix.ts';
import { toStates } from './states.ts';
import { isDocumented, readRules, type Rule } from '../catalog.ts';
import { groupBy } from './group-by.ts';

// INVITEE has no organization, EXPIRED a JWT that has run out, NOBODY no credentials.
const callers = [...roles, 'OUTSIDER', 'INVITEE', 'EXPIRED', 'NOBODY'] as const;

/** Operation × role: whom each operation was asked as. */
const toCallers = (exchanges: readonly Blamed[], reasons: Reasons): Matrix => ({
  id: 'callers',
  title: 'operation × role',
  axes: [
    { name: 'operation', values: allOperations },
    { name: 'role', values: callers },
  ],
  cells: toCells(
    allOperations.flatMap((operation) => callers.map((caller) => [operation, caller])),
    exchanges.flatMap(({ exchange, operations, failed }) =>
      operations.map((operation) => ({ at: [operation, roleOf(exchange)], failed })),
    ),
    ([operation = '', caller = '']) => reasons(operation, `CONTRACT_AUTH_${caller}`),
  ),
});

/** Folds over the record of a run, in its order. */
export const toCoverage = (result: RunResult, lines: readonly Event[]) => {
  const happenings = toHappenings(result.checks, lines);
  const exchanges = exchangesIn(happenings);
  const documented = readDocumented();
  const reasons = toReasons(result.checks);
  return {
    matrices: [
      toAnswers(documented, exchanges, reasons),
      toCallers(exchanges, reasons),
      toStates(happenings, reasons),
    ],
    rules: toRules(result),
    /** Answers that are no cell, for the contract does not have their status. */
    undocumented: toUndocumented(documented, exchanges),
  };
};

export type Coverage = ReturnType<typeof toCoverage>;

/** Of each matrix and of the rules: how much was exercised, how much failed. */
export const sharesOf = ({ matrices, rules }: Coverage) =>
  [...matrices, { title: 'rules', cells: rules }].map(({ title, cells }) => ({
    ...{ title, all: cells.length, exercised: countExercised(cells) },
    failed: cells.filter(({ state }) => state === 'failed').length,
  }));

/** For a screen: `Coverage: 118 of 126 documented answers, …`. */
export const coverageSummary = (coverage: Coverage): readonly string[] => {
  const parts = sharesOf(coverage).map(
    ({ title, all, exercised }) => `${exercised} of ${all} ${title}`,
  );
  return [`Coverage: ${parts.join(', ')}`];
};

const stateOf = (passed: number, failed: number): CellState => {
  if (failed > 0) return 'failed';
  return passed > 0 ? 'exercised' : 'not-exercised';
};

const toCovered = (rule: Rule, checks: readonly CheckResult[]) => {
  const of = (verdict: CheckResult['verdict']): readonly CheckResult[] =>
    checks.filter((check) => check.verdict === verdict);
  const passed = of('passed').length;
  const failed = of('violation').length + of('divergence').length;
  const unmade = unexercisedOf({ checks });
  const state = stateOf(passed, failed);
  const reasons = [...new Set(unmade.map(({ message }) => message))];
  const reason = checks.length === 0 ? 'it has no check' : reasons.join('; ');
  return {
    rule: rule.id,
    source: rule.source,
    ...(rule.seen !== undefined && { seen: rule.seen }),
    /** Whether a failed check of it is a violation; else a divergence. */
    documented: isDocumented(rule),
    sentence: rule.sentence,
    state,
    /** Why it was not exercised; empty where it was. */
    reason: state === 'not-exercised' ? reason : '',
    passed,
    failed,
    notExercised: unmade.length,
  };
};

export type RuleCoverage = ReturnType<typeof toCovered>;

/** The rules that the run was about, in the order of spec/rules.yaml. */
export const toRules = ({ checks, rulesWithoutCheck }: RunResult): readonly RuleCoverage[] => {
  const byRule = groupBy(checks, ({ rule }) => rule);
  const unchecked = new Set(rulesWithoutCheck.map(({ id }) => id));
  return [...readRules().values()]
    .filter(({ id }) => byRule.has(id) || unchecked.has(id))
    .map((rule) => toCovered(rule, byRule.get(rule.id) ?? []));
};
