// One judge for each edition, made when it is asked for.
import { expect, test } from '@jest/globals';
import { loadEdition } from './editions.ts';
import { createJudges } from './judges.ts';
import { newestEdition } from './vocabulary.ts';

test('a judge that could not be made is made when it is asked for again', async () => {
  let tries = 0;
  const judgeOf = createJudges(async (edition) => {
    tries += 1;
    if (tries === 1) throw new Error('EMFILE: too many open files');
    return loadEdition(edition);
  });
  await expect(judgeOf(newestEdition)).rejects.toThrow('EMFILE');
  const judge = await judgeOf(newestEdition);
  expect(judgeOf(newestEdition)).toBe(judge);
  expect(tries).toBe(2);
});
