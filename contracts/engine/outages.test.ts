// Which failures are an operation's own, and which those of a target that is gone.
import { expect, test } from '@jest/globals';
import { createOutages } from './outages.ts';

const failure = { message: 'no answer' };

const after = (...story: readonly (readonly [string, boolean])[]): readonly string[] => {
  const { note, faults } = createOutages();
  for (const [operation, isAnswered] of story) note(operation, isAnswered ? undefined : failure);
  return faults().map(({ message }) => message.split(' ', 1).join());
};

const failing = Array.from({ length: 4 }, () => ['users_list', false] as const);
const answered = Array.from({ length: 9 }, () => ['invitations_list', true] as const);

test('an operation that fails while others are answered is broken', () => {
  expect(after(...answered, ...failing, ...answered)).toEqual(['users_list']);
});

test('what a target failed in when it went is broken by nothing', () => {
  expect(after(...answered, ...failing)).toEqual([]);
});
