// Waiting with a deadline.
import { describe, expect, test } from '@jest/globals';
import { eventually } from './eventually.ts';

describe('eventually', () => {
  test('asks until it holds', async () => {
    let asked = 0;
    const read = () => Promise.resolve((asked += 1));
    const value = await eventually('it is 3', read, (n) => n === 3, { timeoutMs: 1_000 });
    expect(value).toBe(3);
  });

  test('says what did not come, and what was there instead', async () => {
    const wait = eventually(
      'the state is sent',
      () => Promise.resolve('pending'),
      () => false,
      {
        timeoutMs: 20,
      },
    );
    await expect(wait).rejects.toThrow(/20 ms \(CONTRACT_TIMEOUT\): the state is sent.*"pending"/);
  });
});
