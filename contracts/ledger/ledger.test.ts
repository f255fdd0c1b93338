// The ledger: what a run writes into it, what never gets into it, and what it calls stale.
import { mkdtempSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import { aCheck, aResult } from '../report/results.suite.ts';
import type { CheckResult, RunResult } from '../result.ts';
import { readLedger, readVersion, recordInLedger, type Ledger } from './ledger.ts';
import { findStale } from './stale-rules.ts';

const newFile = (): string => join(mkdtempSync(join(tmpdir(), 'ledger-')), 'ledger.json');

const check = (rule: string, verdict: CheckResult['verdict'], message = ''): CheckResult =>
  aCheck({ rule, verdict, message });

const result = (checks: readonly CheckResult[]): RunResult =>
  aResult({ checks, target: 'https://host-of-ours.example.com' });

const version = { spec: 'abc', suite: '1.0.0' };
const now = new Date('2026-03-01T00:00:00Z');

const record = (file: string, run: RunResult, at = now): Ledger['rules'] => {
  recordInLedger(run, { kind: 'deployment', file, now: at, version });
  return readLedger(file)?.rules ?? {};
};

describe('recordInLedger', () => {
  test('notes the rules whose checks all passed', () => {
    const rules = record(
      newFile(),
      result([
        check('a.a', 'passed'),
        check('a.a', 'not exercised'),
        check('b.b', 'passed'),
        check('b.b', 'violation'),
        check('c.c', 'not exercised'),
      ]),
    );
    const at = now.toISOString();
    expect(rules).toEqual({
      'a.a': { deployment: { confirmed: { at, ...version, passed: 1, notExercised: 1 } } },
      'b.b': { deployment: { failedAt: at } },
    });
  });

  test('keeps the last confirmation beside a failure, and what it knows of other targets', () => {
    const file = newFile();
    record(file, result([check('a.a', 'passed')]));
    recordInLedger(result([check('a.a', 'passed')]), { kind: 'fake', file, now, version });
    const later = new Date('2026-03-02T00:00:00Z');
    const { deployment, fake } =
      record(file, result([check('a.a', 'violation')]), later)['a.a'] ?? {};
    expect(deployment?.confirmed?.at).toBe(now.toISOString());
    expect(deployment?.failedAt).toBe(later.toISOString());
    expect(fake?.confirmed?.passed).toBe(1);
    const recovered = record(file, result([check('a.a', 'passed')]), later)['a.a'];
    expect(recovered?.deployment?.failedAt).toBeUndefined();
  });

  test('has nothing of the target in it', () => {
    const file = newFile();
    const secrets = 'Api-Key sesame of someone@host-of-ours.example.com';
    record(
      file,
      result([check('a.a', 'violation', secrets), check('b.b', 'not exercised', secrets)]),
    );
    record(file, result([check('c.c', 'passed', secrets)]));
    expect(readFileSync(file, 'utf8')).not.toMatch(/sesame|someone|host-of-ours/);
  });

  test('leaves no draft behind, and does not write over what is no ledger', () => {
    const file = newFile();
    record(file, result([check('a.a', 'passed')]));
    expect(readdirSync(join(file, '..'))).toEqual(['ledger.json']);
    writeFileSync(file, '{"version":1,"rules":{"a.a":{"fake":{"confirmed":{}}}}}');
    expect(() => record(file, result([check('a.a', 'passed')]))).toThrow(/no ledger/);
    writeFileSync(file, '{"version"');
    expect(() => record(file, result([check('a.a', 'passed')]))).toThrow(/cannot be read/);
    expect(readFileSync(file, 'utf8')).toBe('{"version"');
  });
});

describe('findStale', () => {
  const rule = { id: 'a.a', source: 'published', sentence: 'A is A.' } as const;
  const confirmed = { at: now.toISOString(), ...version, passed: 1, notExercised: 0 };
  const day = 86_400_000;
  const measure = { kind: 'deployment', now, maxAgeMs: 30 * day, version } as const;

  test.each([
    ['nothing, when it was confirmed lately', { confirmed }, {}, undefined],
    ['what was never confirmed', {}, {}, 'never confirmed on a deployment'],
    ['what has failed since', { confirmed, failedAt: now.toISOString() }, {}, /failed/],
    [
      'what was confirmed long ago',
      { confirmed },
      { now: new Date(+now + 31 * day) },
      /30 days ago/,
    ],
    ['what the future has confirmed', { confirmed }, { now: new Date(+now - 9 * day) }, /future/],
    ['what another spec said', { confirmed }, { version: { ...version, spec: 'x' } }, /version/],
    [
      'what only the fake has confirmed',
      { confirmed },
      { kind: 'fake' as const },
      /never.*the fake/,
    ],
  ])('%s', (_title, deployment, more, reason) => {
    const ledger: Ledger = { version: 1, rules: { 'a.a': { deployment } } };
    const [stale] = findStale(ledger, [rule], { ...measure, ...more });
    if (reason === undefined) expect(stale).toBeUndefined();
    else expect(stale?.reason).toMatch(reason);
  });
});

test('a version is that of the contract and of the suites', () => {
  const { spec, suite } = readVersion();
  expect(spec).toMatch(/^[\da-f]{16}$/);
  expect(suite).toMatch(/^\d+\.\d+\.\d+/);
});
