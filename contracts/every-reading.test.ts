// All checks against a fake that reads the contract otherwise, in each way, and tells it: none of that is held against it.
import { expect, jest, test } from '@jest/globals';
import { toReadings } from '../spec/readings.ts';
import { readingNames, readings } from '../spec/vocabulary.ts';
import { runIn } from './in-edition.suite.ts';

jest.setTimeout(120_000);

const cases = readingNames
  .filter((name) => name !== 'edition')
  .flatMap((name) => readings[name].slice(1).map((alternative) => [name, alternative] as const));

test.each(cases)('%s: %s', async (name, alternative) => {
  const env = { CONTRACT_RUNS: '3', CONTRACT_TIMEOUT: '1000' };
  const told = await runIn({ readings: toReadings({ [name]: alternative }) }, { env });
  expect(told.failed).toEqual([]);
});
