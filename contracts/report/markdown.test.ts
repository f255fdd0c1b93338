// The Markdown summary: what it tells, that it fits, and that a target writes no Markdown in it.
import { expect, test } from '@jest/globals';
import { toCoverage } from './coverage.ts';
import { toMarkdown } from './markdown.ts';
import { aCheck, aDivergence, anExchange, aResult, aViolation, hostile } from './results.suite.ts';
import type { RunResult } from '../result.ts';

const summaryOf = (result: RunResult): string =>
  toMarkdown(result, toCoverage(result, [anExchange()]));

test('begins with the verdict and has the share of each matrix', () => {
  const text = summaryOf(aResult());
  expect(text.split('\n')[0]).toBe('# ✓ Keeps its contract: 1 check passed');
  expect(text).toContain('| documented answers | 1 of 378 | 0 |');
  expect(text).toContain('| rules | 1 of 1 | 0 |');
});

test('tells each violation and each divergence with its exchange', () => {
  const message = 'expected 200\n\ncurl -i one\n→ 500 {}';
  const checks = [aViolation({ title: 'one', message }), aDivergence({ title: 'two' })];
  const text = summaryOf(aResult({ checks }));
  expect(text.split('\n')[0]).toBe('# ✗ Failed: 1 violation');
  expect(text).toContain('## Violations: 1');
  expect(text).toContain('```text\nexpected 200\n\ncurl -i one\n→ 500 {}\n```');
  expect(text).toContain('## Divergences: 1\n\nThe target does other than assumed. That fails no');
});

test('a run with divergences alone keeps the contract, and does not when it is strict', () => {
  const checks = [aCheck(), aDivergence()];
  expect(summaryOf(aResult({ checks }))).toMatch(/^# ✓ .* with 1 divergence from what is assumed/);
  expect(summaryOf(aResult({ checks, strict: true }))).toMatch(/^# ✗ Failed: 1 divergence/);
});

test('no verdict without a check, or where too many could not run', () => {
  expect(summaryOf(aResult({ checks: [] }))).toMatch(/^# ! No verdict: no check was exercised/);
  const checks = [aCheck(), aCheck({ verdict: 'could not run' })];
  expect(summaryOf(aResult({ checks }))).toMatch(/^# ! No verdict: 1 of 2 checks could not run/);
});

test('what a target said is text, whatever it is', () => {
  const checks = [
    aViolation({ message: hostile, title: hostile }),
    aCheck({ verdict: 'not exercised', message: hostile }),
  ];
  const text = summaryOf(aResult({ checks, leftBehind: [hostile], name: hostile }));
  const fenced = /^(`{4,})text\n[\s\S]*?\n\1$/gm;
  expect(text.match(fenced)).toHaveLength(1);
  const outside = text.replaceAll(fenced, '');
  expect(outside).not.toMatch(/<(?!\/?(?:details|summary|code)>)/);
  expect(outside).not.toMatch(/@everyone|\]\(|`/);
  expect(outside.match(/<details>/g)).toHaveLength(1);
  expect(outside.match(/<\/details>/g)).toHaveLength(1);
});

test('a fence is longer than any in what it holds', () => {
  const text = summaryOf(aResult({ checks: [aViolation({ message: 'a\n``````\nb' })] }));
  expect(text).toContain('```````text\na\n``````\nb\n```````');
});

test('fits a job’s page, however much has failed', () => {
  const checks = Array.from({ length: 500 }, (_, index) =>
    aViolation({ title: `check ${index}`, message: 'x'.repeat(3000) }),
  );
  const text = summaryOf(aResult({ checks }));
  expect(Buffer.byteLength(text)).toBeLessThan(64_000);
  expect(text).toMatch(/… and \d+ more: see the other reports of this run\.\n$/);
});
