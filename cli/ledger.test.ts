// The command `ledger`: its exit codes, and what it refuses.
import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from '@jest/globals';
import { readRules } from '../contracts/catalog.ts';
import { recordInLedger } from '../contracts/ledger/ledger.ts';
import type { CheckResult, RunResult } from '../contracts/result.ts';
import { inProcess } from './in-process.suite.ts';
import { ledgerMain } from './ledger.ts';

const ledger = inProcess(ledgerMain);

const check = (rule: string, verdict: CheckResult['verdict']): CheckResult => ({
  ...{ rule, verdict, message: '', source: 'published', documented: true },
  ...{ title: 'a title', file: 'a.contract.ts', ms: 1, faults: [] },
});

const result = (checks: readonly CheckResult[]): RunResult => ({
  ...{
    target: 'https://api.example.com',
    checks,
    rulesWithoutCheck: [],
    required: 0,
    tolerated: 5,
  },
  ...{
    name: 'ours',
    edition: '2024-05-30',
    startedAt: '2026-03-01T00:00:00.000Z',
    seed: 1,
    strict: false,
  },
  ...{ versions: { spec: 'abc', suite: '1.0.0' }, requests: 1, ms: 1, leftBehind: [] },
});

test('exits with 0 when nothing is stale, and with 1 and the rules when something is', async () => {
  const file = join(mkdtempSync(join(tmpdir(), 'ledger-')), 'ledger.json');
  const all = [...readRules().keys()].map((rule) => check(rule, 'passed'));
  recordInLedger(result(all), { kind: 'deployment', file });
  const fresh = await ledger(['--ledger', file]);
  expect(fresh.out).toMatch(/^(\d+) of \1 rules confirmed on a deployment, 0 stale$/);
  expect(fresh.code).toBe(0);
  recordInLedger(result([check('create.answer', 'violation')]), { kind: 'deployment', file });
  const stale = await ledger([], { CONTRACT_LEDGER: file });
  expect(stale.out).toContain('1 failed on a deployment at the last run:\n  create.answer (seed)');
  expect(stale.code).toBe(1);
  expect(await ledger(['--ledger', file, '--except', 'create'])).toMatchObject({ code: 0 });
  expect(await ledger(['--ledger', file, '--kind', 'fake'])).toMatchObject({ code: 1 });
});

test.each([
  [['--ledger', '/nowhere/ledger.json'], /no ledger at \/nowhere/],
  [['--max-age', 'long'], /--max-age is "long", but it takes a duration/],
  [['--max-age', '0d'], /--max-age is "0d"/],
  [['--kind', 'other'], /--kind is "other"/],
  [['--except', 'nothing.like-it'], /nothing\.like-it/],
  [['stray'], /too many arguments/],
])('could not run with %j', async (args, message) => {
  const { code, err } = await ledger(args);
  expect(err).toMatch(message);
  expect(code).toBe(2);
});
