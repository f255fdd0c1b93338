// What nothing can be said of is not what holds.
import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import { NoAnswer } from '../engine/could-not-run.ts';
import { search } from './search.ts';

const searchLosing = async (most: number): Promise<number> => {
  let losses = 0;
  const attempt = (value: number): Promise<undefined> => {
    if (value !== 5 || losses >= most) return Promise.resolve(undefined);
    losses += 1;
    return Promise.reject(new NoAnswer('It was cut off.'));
  };
  await search({ draw: fc.constantFrom(1, 5), attempt, runs: 20, seed: 1 });
  return losses;
};

test('a value of which each answer was lost is not passed over, one of which some were is tried again', async () => {
  await expect(searchLosing(2)).resolves.toBe(2);
  await expect(searchLosing(Infinity)).rejects.toBeInstanceOf(NoAnswer);
});
