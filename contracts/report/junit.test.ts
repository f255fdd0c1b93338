// JUnit XML: which element a check becomes, and that nothing gets into the file that XML does not allow. Whether a parser
// of XML takes it is asked of a browser in page.test.ts.
import { expect, test } from '@jest/globals';
import { toJunit } from './junit.ts';
import { aCheck, aDivergence, aResult, aViolation, hostile } from './results.suite.ts';

const caseOf = (xml: string, name: string): string =>
  xml.split('\n').find((line) => line.includes(`<testcase name="${name}"`)) ?? '';

test('a check that passed is a case with its rule as the class, and its time in seconds', () => {
  const xml = toJunit(aResult({ checks: [aCheck({ title: 'one', ms: 1234 })] }));
  expect(caseOf(xml, 'one')).toBe(
    '    <testcase name="one" classname="retrieve.answer" file="contracts/invitations/retrieve.contract.ts" time="1.234"/>',
  );
});

test('a violation fails, with its sentence as the message and with all that the target said', () => {
  const message = 'expected 200\n\ncurl\n→ 500 Oops\n    at server.py:1';
  const xml = toJunit(aResult({ checks: [aViolation({ title: 'one', message })] }));
  expect(xml).toContain(
    '<failure message="violation: expected 200" type="violation">expected 200\n\ncurl\n→ 500 Oops\n    at server.py:1</failure>',
  );
});

test('a divergence is skipped and told, so that no job turns red; in a strict run it fails', () => {
  const checks = [aDivergence({ title: 'one' })];
  const lenient = caseOf(toJunit(aResult({ checks })), 'one');
  expect(lenient).toContain('<skipped message="divergence: expected 200"/>');
  expect(lenient).toContain('<system-out>expected 200</system-out>');
  const strict = caseOf(toJunit(aResult({ checks, strict: true })), 'one');
  expect(strict).toContain('<failure message="divergence: expected 200" type="divergence">');
});

test('a check that was not exercised is skipped with its reason', () => {
  const message = 'needs CONTRACT_AUTH_VIEWER';
  const xml = toJunit(aResult({ checks: [aCheck({ verdict: 'not exercised', message })] }));
  expect(xml).toContain('<skipped message="needs CONTRACT_AUTH_VIEWER"/>');
});

test('what fails a run beside its checks is a failure too', () => {
  const rule = { id: 'list.answer', source: 'seed', sentence: 'Lists.' } as const;
  const xml = toJunit(aResult({ rulesWithoutCheck: [rule] }));
  expect(caseOf(xml, 'has a check')).toContain('<failure message="no check: Lists.">');
});

test('there is a suite for each topic, and each counts its cases', () => {
  const checks = [
    aCheck({ title: 'one' }),
    aViolation({ title: 'two', ms: 500 }),
    aDivergence({ title: 'three' }),
    aCheck({ rule: 'list.answer', title: 'four', verdict: 'not exercised', message: 'why' }),
  ];
  const xml = toJunit(aResult({ checks }));
  expect(xml).toContain(
    '<testsuite name="retrieve" tests="2" failures="1" errors="0" skipped="0" time="0.512" timestamp="2026-01-02T03:04:05">',
  );
  expect(xml).toContain('<testsuite name="list" tests="2" failures="0" errors="0" skipped="2"');
  expect(xml).toMatch(
    /<testsuites [^>]*tests="4" failures="1" errors="0" skipped="2" time="1.500"/,
  );
});

test('what a target said can end no element, and holds no character that XML forbids', () => {
  const checks = [
    aViolation({ message: hostile, title: hostile }),
    aDivergence({ message: hostile }),
  ];
  const xml = toJunit(aResult({ checks, name: hostile }));
  expect(xml).not.toContain('<script');
  expect(xml).not.toContain(']]>');
  expect(xml).not.toMatch(/[^\t\n\r\u0020-\uD7FF\uE000-\uFFFD\u{10000}-\u{10FFFF}]/u);
});
