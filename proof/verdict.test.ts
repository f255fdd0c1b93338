// What is said of a broken fake and of a correct variant, from what the suites found.
import { describe, expect, test } from '@jest/globals';
import type { CheckResult } from '../contracts/result.ts';
import type { Attempt } from './attempt.ts';
import { breaks } from './mutant.ts';
import { judgeOwn, judgeVariant, judgeWhole } from './verdict.ts';

const [mutant] = breaks('list.answer', { 'answers a bare array': () => (ask, next) => next(ask) });
if (mutant === undefined) throw new Error('no mutant');

const failed = (rule: string): CheckResult => ({
  rule,
  title: 'a title',
  source: 'seed',
  documented: true,
  file: 'list.contract.ts',
  verdict: 'violation',
  faults: [],
  message: 'expected this, but got that\nand more',
  ms: 1,
});

const outcome = (part: Partial<Attempt> = {}): Attempt => ({
  failed: [],
  passed: 3,
  notExercised: 0,
  changed: 2,
  ms: 10,
  ...part,
});

describe('a broken fake', () => {
  test('has an id made of its rule and its title', () => {
    expect(mutant.id).toBe('list.answer/answers-a-bare-array');
  });

  test('is caught by a check of the rule that it breaks', () => {
    const judged = judgeOwn(mutant, outcome({ failed: [failed('list.answer')] }));
    expect(judged).toMatchObject({ verdict: 'caught', checks: ['[list.answer] a title'] });
  });

  test('is not judged by its own checks alone where those pass', () => {
    expect(judgeOwn(mutant, outcome())).toBeUndefined();
  });

  test('is caught elsewhere when only checks of other rules fail', () => {
    const judged = judgeWhole(mutant, outcome({ failed: [failed('pages.count')] }), true);
    expect(judged).toMatchObject({
      verdict: 'caught elsewhere',
      checks: ['[pages.count] a title'],
    });
  });

  test('is caught elsewhere when the suites refuse to run on it, in their own words', () => {
    const judged = judgeWhole(
      mutant,
      outcome({ cannotRun: 'None of the credentials works' }),
      true,
    );
    expect(judged.verdict).toBe('caught elsewhere');
    expect(judged.checks).toEqual(['could not run: None of the credentials works']);
  });

  test('survives when no check fails', () => {
    expect(judgeWhole(mutant, outcome(), true).verdict).toBe('survived');
  });

  test('neither survives nor is caught where its rule has no check', () => {
    expect(judgeWhole(mutant, outcome(), false).verdict).toBe('no check');
  });
});

const variant = { id: 'right', title: 'is right' };

describe('a correct variant', () => {
  test('is left in peace when every check passes', () => {
    expect(judgeVariant(variant, outcome()).complaints).toEqual([]);
  });

  test('is accused by each failed check, in one line', () => {
    const { complaints } = judgeVariant(variant, outcome({ failed: [failed('list.answer')] }));
    expect(complaints).toEqual(['[list.answer] a title: expected this, but got that']);
  });

  test('is rightly told what it departs from', () => {
    const departing = { ...variant, departs: ['list.answer'] as const };
    const { complaints } = judgeVariant(departing, outcome({ failed: [failed('list.answer')] }));
    expect(complaints).toEqual([]);
  });

  test('is not left in peace by a run of nothing', () => {
    expect(judgeVariant(variant, outcome({ passed: 0 })).complaints).toHaveLength(1);
  });
});
