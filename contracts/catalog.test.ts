// Rules as they stand in rules.yaml, and which of them a word selects.
import { describe, expect, test } from '@jest/globals';
import { isSelected, parseRules, readRules, selectsAny } from './catalog.ts';

const yaml = `
rules:
  - id: list.answer
    source: seed
    operations: [invitations_list]
    sentence: Listing answers 200.
  - id: headers.allow
    source: family
    sentence: Every answer has an Allow header.
`;

const rules = parseRules(yaml);
const ruleOf = (id: string) => {
  const rule = rules.get(id);
  if (rule === undefined) throw new Error(id);
  return rule;
};

describe('parseRules', () => {
  test('reads the rules of the contract', () => {
    expect(readRules().get('create.duplicate-address')?.source).toBe('published');
  });

  test('refuses a source that there is not', () => {
    expect(() => parseRules('- id: a\n  source: rumour\n  sentence: b')).toThrow(/rumour/);
  });
});

describe('isSelected', () => {
  test.each([
    ['list.answer', undefined, true],
    ['list', undefined, true],
    ['lis', undefined, false],
    ['invitations_list', undefined, true],
    ['invitations_create', undefined, false],
  ])('%s', (word, operation, expected) => {
    expect(isSelected([word], ruleOf('list.answer'), operation)).toBe(expected);
  });

  test('a check of one operation is found by that operation alone', () => {
    expect(isSelected(['invitations_list'], ruleOf('headers.allow'), 'invitations_list')).toBe(
      true,
    );
    expect(isSelected(['invitations_list'], ruleOf('headers.allow'))).toBe(false);
  });

  test('nothing asked for is everything', () => {
    expect(isSelected([], ruleOf('headers.allow'))).toBe(true);
  });

  test('a word that selects nothing is known to', () => {
    expect(selectsAny('list', rules)).toBe(true);
    expect(selectsAny('lost', rules)).toBe(false);
  });
});
