// All checks against a fake of each edition: an older deployment breaks nothing.
import { expect, jest, test } from '@jest/globals';
import { editions } from '../spec/vocabulary.ts';
import { toReadings } from '../spec/readings.ts';
import { runIn } from './in-edition.suite.ts';

jest.setTimeout(120_000);

/** In these nothing shows that was not there before. */
const alike: Readonly<Record<string, string>> = {
  '2021-11-02': '2021-11-29',
  '2022-03-17': '2023-01-28',
};

test.each(editions)('a faithful deployment of %s is judged green, untold', async (edition) => {
  const readings = toReadings({ edition });
  const told = await runIn({ edition, readings }, { env: { CONTRACT_RUNS: '10' } });
  expect(told.failed).toEqual([]);
  expect(told.edition).toBe(alike[edition] ?? edition);
  expect(told.passed).toBeGreaterThan(2_000);
});
