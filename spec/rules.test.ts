// The rules as they are written, and as the testers' API shows them.
import { describe, expect, test } from '@jest/globals';
import { createRuleFinder, parseRules } from './rules.ts';

test('a rule is found by its id, with its source and its sentence', () => {
  const findRule = createRuleFinder();
  expect(findRule('create.answer')).toEqual({
    id: 'create.answer',
    source: 'seed',
    sentence: 'Creating answers 201 with the new `Invitation`.',
  });
});

test('what is no rule is not found', () => {
  const findRule = createRuleFinder();
  for (const id of ['', 'create', 'create.nothing', 'constructor'])
    expect(findRule(id)).toBeUndefined();
});

describe('a list of rules', () => {
  const rule = { id: 'a.b', source: 'ours', sentence: 'It is so.' };

  test('stands under its name, or alone', () => {
    const expected = new Map([['a.b', { ...rule, operations: ['x', '5'] }]]);
    const listed = [{ ...rule, operations: ['x', 5] }];
    expect(parseRules(JSON.stringify({ rules: listed }))).toEqual(expected);
    expect(parseRules(JSON.stringify(listed))).toEqual(expected);
    expect(parseRules(JSON.stringify([rule]))).toEqual(new Map([['a.b', rule]]));
  });

  test.each([
    { source: 'ours', sentence: 'It is so.' },
    { ...rule, id: 5 },
    { ...rule, source: undefined },
    { ...rule, source: 'rumour' },
    { ...rule, sentence: undefined },
    'a.b',
  ])('names the entry that is none: %j', (entry) => {
    expect(() => parseRules(JSON.stringify([entry]))).toThrow(
      `spec/rules.yaml: ${JSON.stringify(entry)} needs id, source (seed, published, observed, family, ours) and sentence.`,
    );
  });

  test.each(['null', 'rules: 5', 'others: []'])('is missed where there is none: %j', (yaml) => {
    expect(() => parseRules(yaml)).toThrow('spec/rules.yaml: there is no list of rules in it.');
  });
});
