// The screen at the end of a run, and the exit code that goes with it.
import { describe, expect, test } from '@jest/globals';
import { aCheck, aResult } from './report/results.suite.ts';
import { exitCodeOf, toJson, type CheckResult, type RunResult } from './result.ts';
import { toScreen } from './summary.ts';

const check = (verdict: CheckResult['verdict'], more: Partial<CheckResult> = {}): CheckResult =>
  aCheck({
    ...{ rule: 'create.duplicate-address', source: 'published', title: 'the same once more' },
    ...{ verdict, ...more },
  });

const result = (more: Partial<RunResult>): RunResult =>
  aResult({ checks: [check('passed')], ...more });

const rule = { id: 'a.b', source: 'ours', sentence: 'A is B.' } as const;

describe('exitCodeOf', () => {
  test.each([
    ['all passed', {}, 0],
    ['a check failed', { checks: [check('passed'), check('violation')] }, 1],
    ['a rule has no check', { rulesWithoutCheck: [rule] }, 1],
    ['nothing was exercised', { checks: [check('not exercised')] }, 2],
    ['most could not run', { checks: [check('passed'), check('could not run')] }, 2],
    [
      'too few were exercised',
      { checks: [check('passed'), check('not exercised')], required: 80 },
      2,
    ],
  ])('%s', (_title, more, expected) => {
    expect(exitCodeOf(result(more))).toBe(expected);
  });
});

const assumed = (verdict: CheckResult['verdict']): CheckResult =>
  check(verdict, { rule: 'list.oldest-first', source: 'ours', documented: false });

test.each([
  ['passes where only assumptions count for less', false, 0],
  ['fails a strict run', true, 1],
])('a divergence %s', (_title, strict, expected) => {
  const checks = [check('passed'), assumed('divergence')];
  expect(exitCodeOf(result({ checks, strict }))).toBe(expected);
});

test('a run of which nothing is left but a divergence says something of the target', () => {
  expect(exitCodeOf(result({ checks: [assumed('divergence')] }))).toBe(0);
});

test('machines are told what is a violation and what a divergence', () => {
  const checks = [
    check('violation'),
    assumed('divergence'),
    check('passed'),
    check('not exercised'),
  ];
  const json = toJson(result({ checks }));
  expect(json).toMatchObject({
    exitCode: 1,
    counts: { passed: 1, violations: 1, divergences: 1, notExercised: 1 },
    violations: ['[create.duplicate-address] the same once more'],
    divergences: ['[list.oldest-first] the same once more'],
    checks: [
      { verdict: 'violation', kind: 'violation' },
      { verdict: 'divergence', kind: 'divergence' },
      { verdict: 'passed' },
      { verdict: 'not exercised' },
    ],
  });
});

describe('toScreen', () => {
  const toText = (more: Partial<RunResult>): string =>
    toScreen(result(more), { coverage: [], reports: [] });

  const lastLine = (screen: string): string | undefined => screen.split('\n').at(-1);

  test('the last line has the three counts', () => {
    const checks = [check('passed'), check('violation'), check('not exercised')];
    expect(lastLine(toText({ checks }))).toBe('1 passed, 1 failed, 1 skipped');
  });

  test('causes come first, and each failed check only where it is asked for', () => {
    const checks = [check('violation', { message: 'expected 404' }), assumed('divergence')];
    const screen = toText({ checks });
    expect(screen.split('\n').slice(2, 5)).toEqual([
      '2 probable causes of 2 failed checks:',
      '  1. create.duplicate-address: expected 404',
      '     violation: 1 check of create.duplicate-address',
    ]);
    expect(screen).not.toContain('✗');
  });

  test('a documented rule is violated, from any other a target diverges', () => {
    const checks = [check('violation'), assumed('divergence')];
    const screen = toScreen(result({ checks }), { coverage: [], reports: [], isVerbose: true });
    expect(screen).toMatch(
      /^Violations:\n {2}create\.duplicate-address: the target violates the contract \(published\)$/m,
    );
    expect(screen).toMatch(
      /^Divergences \(.*--strict.*\n {2}list\.oldest-first: the target diverges from what we assume \(ours\)$/m,
    );
  });

  test('a divergence is not counted as failed, but where the run is strict', () => {
    const checks = [check('passed'), assumed('divergence')];
    expect(lastLine(toText({ checks }))).toBe('1 passed, 0 failed, 0 skipped');
    expect(toText({ checks })).toContain('0 violations, 1 divergences');
    expect(lastLine(toText({ checks, strict: true }))).toBe('1 passed, 1 failed, 0 skipped');
  });

  test('the coverage and the paths of the reports stand before the counts', () => {
    const beside = { coverage: ['Coverage: 3 of 4 answers'], reports: ['a/b.html', 'a/b.json'] };
    expect(toScreen(result({}), beside).split('\n').slice(-4, -2)).toEqual([
      'Coverage: 3 of 4 answers',
      'Reports: a/b.html, a/b.json',
    ]);
  });

  test('what was not exercised is named with its reason', () => {
    const skipped = check('not exercised', { message: 'needs CONTRACT_AUTH_VIEWER' });
    const screen = toText({ checks: [skipped, check('passed')] });
    expect(screen).toMatch(
      /1 not exercised \(needs CONTRACT_AUTH_VIEWER\):\s+create\.duplicate-address/,
    );
  });

  test('what could not be removed is named', () => {
    expect(toText({ leftBehind: ['some-id'] })).toContain('some-id');
  });
});
