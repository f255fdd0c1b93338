// The screen at the end of a run, and the exit code that goes with it.
import { describe, expect, test } from '@jest/globals';
import { exitCodeOf, type CheckResult, type RunResult } from './result.ts';
import { toScreen } from './summary.ts';

const check = (verdict: CheckResult['verdict'], more: Partial<CheckResult> = {}): CheckResult => ({
  rule: 'create.duplicate-address',
  source: 'published',
  documented: true,
  title: 'the same once more',
  file: 'create.contract.ts',
  verdict,
  message: '',
  ms: 1,
  ...more,
});

const result = (more: Partial<RunResult>): RunResult => ({
  target: 'http://a',
  name: 'http://a',
  startedAt: '2026-03-01T00:00:00.000Z',
  seed: 1,
  strict: false,
  versions: { spec: 'abc', suite: '1.0.0' },
  checks: [check('passed')],
  broken: [],
  rulesWithoutCheck: [],
  requests: 3,
  ms: 1_000,
  leftBehind: [],
  ...more,
});

const rule = { id: 'a.b', source: 'ours', sentence: 'A is B.' } as const;

describe('exitCodeOf', () => {
  test.each([
    ['all passed', {}, 0],
    ['a check failed', { checks: [check('passed'), check('failed')] }, 1],
    ['a rule has no check', { rulesWithoutCheck: [rule] }, 1],
    ['nothing was exercised', { checks: [check('not-exercised')] }, 2],
    ['a file did not load', { broken: [{ file: 'a', message: 'b' }] }, 2],
  ])('%s', (_title, more, expected) => {
    expect(exitCodeOf(result(more))).toBe(expected);
  });
});

describe('toScreen', () => {
  const lastLine = (screen: string): string | undefined => screen.split('\n').at(-1);

  test('the last line has the three counts', () => {
    const checks = [check('passed'), check('failed'), check('not-exercised')];
    expect(lastLine(toScreen('a', result({ checks })))).toBe('1 passed, 1 failed, 1 skipped');
  });

  test('a documented rule is violated, any other is not what was assumed', () => {
    const assumed = check('failed', {
      rule: 'list.oldest-first',
      source: 'ours',
      documented: false,
    });
    const screen = toScreen('a', result({ checks: [check('failed'), assumed] }));
    expect(screen).toContain(
      'create.duplicate-address: the target violates the contract (published)',
    );
    expect(screen).toContain('list.oldest-first: the target does other than assumed (ours)');
  });

  test('what was not exercised is named with its reason', () => {
    const skipped = check('not-exercised', { message: 'needs CONTRACT_AUTH_VIEWER' });
    const screen = toScreen('a', result({ checks: [skipped, check('passed')] }));
    expect(screen).toMatch(
      /1 not exercised \(needs CONTRACT_AUTH_VIEWER\):\s+create\.duplicate-address/,
    );
  });

  test('what could not be removed is named', () => {
    expect(toScreen('a', result({ leftBehind: ['some-id'] }))).toContain('some-id');
  });
});
