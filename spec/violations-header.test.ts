// The `sl-violations` header: readable by what reads Prism's, and always fit to be sent.

import { validateHeaderValue } from 'node:http';

import { describe, expect, test } from '@jest/globals';

import type { Finding } from './finding.ts';
import { toViolationsHeader } from './violations-header.ts';

const finding: Finding = {
  location: ['response', 'body', 'email'],
  severity: 'error',
  code: 'format',
  message: 'Response body property email must match format "email"',
};

describe('the sl-violations header', () => {
  test("has Prism's own format", () => {
    expect(JSON.parse(toViolationsHeader([finding]))).toEqual([{ ...finding, severity: 'Error' }]);
  });

  test('carries any text in bytes that a header may have', () => {
    const message = 'na\u00efve \u{1f600} \u007f \r\n \u0000 \ud800';
    const header = toViolationsHeader([{ ...finding, message }]);
    expect(() => {
      validateHeaderValue('sl-violations', header);
    }).not.toThrow();
    expect(JSON.parse(header)).toEqual([{ ...finding, severity: 'Error', message }]);
  });

  test('stays short and counts what it leaves out', () => {
    const header = toViolationsHeader(Array.from({ length: 1000 }, () => finding));
    const entries: unknown = JSON.parse(header);
    expect(header.length).toBeLessThanOrEqual(4096);
    expect(entries).toContainEqual(
      expect.objectContaining({ code: 'left-out', severity: 'Information' }),
    );
  });

  test('shortens what one finding says, however long', () => {
    const long = '\u{1f600}'.repeat(100_000);
    const header = toViolationsHeader([
      { ...finding, message: long, location: Array.from({ length: 5 }, () => long) },
      finding,
    ]);
    expect(header.length).toBeLessThanOrEqual(4096);
    expect(JSON.parse(header)).toContainEqual(expect.objectContaining({ code: 'left-out' }));
  });
});
