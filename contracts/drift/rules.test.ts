// The tables that lead from a difference or a finding to its rule name rules that the contract has.
import { readFileSync } from 'node:fs';
import { expect, test } from '@jest/globals';
import { readRules } from '../catalog.ts';

const topics = [...new Set([...readRules().keys()].map((id) => id.split('.')[0] ?? ''))];

const files = [
  'rules.ts',
  '../recorded/refusals.ts',
  '../recorded/lists.ts',
  '../recorded/invitations.ts',
  '../../spec/rule-of-finding.ts',
];

test.each(files)('%s', (file) => {
  const text = readFileSync(new URL(file, import.meta.url), 'utf8');
  const named = [...text.matchAll(/'([a-z-]+\.[a-z-]+)'/g)]
    .map(([, id]) => id ?? '')
    .filter((id) => topics.includes(id.split('.')[0] ?? ''));
  const rules = readRules();
  expect(named.length).toBeGreaterThan(0);
  expect(named.filter((id) => !rules.has(id))).toEqual([]);
});
