// What a run has exercised of the contract: which answers, which callers, which states, which rules.
import type { Event } from '../engine/events.ts';
import type { RunResult } from '../result.ts';
import { toAnswers, toUndocumented, type Undocumented } from './answers.ts';
import { roleOf } from '../engine/located.ts';
import { allOperations } from '../operations.ts';
import { roles } from '../settings.ts';
import { exchangesIn, toHappenings, type Blamed } from './blame.ts';
import { readDocumented } from './documented.ts';
import { countExercised, toCells, type Matrix } from './matrix.ts';
import { toReasons, type Reasons } from './reasons.ts';
import { toRules, type RuleCoverage } from './rules.ts';
import { toStates } from './states.ts';

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
    ([operation = '', caller = '']) => reasons.of(operation, `CONTRACT_AUTH_${caller}`),
  ),
});

export type Coverage = {
  readonly matrices: readonly Matrix[];
  readonly rules: readonly RuleCoverage[];
  /** Answers that are no cell, for the contract does not have their status. */
  readonly undocumented: readonly Undocumented[];
};

/** Folds over the record of a run, in its order. */
export const toCoverage = (result: RunResult, lines: readonly Event[]): Coverage => {
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
    undocumented: toUndocumented(documented, exchanges),
  };
};

/** For a screen: `Coverage: 118 of 126 documented answers, …`. */
export const coverageSummary = ({ matrices, rules }: Coverage): readonly string[] => {
  const parts = [
    ...matrices.map(({ title, cells }) => `${countExercised(cells)} of ${cells.length} ${title}`),
    `${countExercised(rules)} of ${rules.length} rules`,
  ];
  return [`Coverage: ${parts.join(', ')}`];
};
