// The rules as the testers' API shows them.
import { expect, test } from '@jest/globals';
import { createRuleFinder } from './rules.ts';

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
