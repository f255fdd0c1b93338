// A deployment that reads the contract otherwise, in each way: the comparison finds that one thing, and prints the line.
import { afterAll, beforeAll, expect, jest, test } from '@jest/globals';
import { readingNames, readings, type ReadingName } from '../../spec/vocabulary.ts';
import { startReader, type Reader } from '../targets/fake.ts';
import { compareWithFake } from './compare-with-fake.ts';
import { ruleOfReading } from './explain.ts';

jest.setTimeout(120_000);

/** What no comparison shows, and why. */
const unseen: Readonly<Partial<Record<ReadingName, string>>> = {
  edition: 'it is found out at the start',
  'pages.largest': 'hundreds of invitations would have to be made',
  'errors.wording': 'wording is not compared',
  'errors.body-too-large': 'no deployment is sent a megabyte',
};

let deployment: Reader;
beforeAll(async () => {
  deployment = await startReader({}, { pageSize: 3, validation: 'off' });
});
afterAll(() => deployment.target.close());

const cases = readingNames
  .filter((name) => unseen[name] === undefined)
  .flatMap((name) => readings[name].slice(1).map((alternative) => [name, alternative] as const));

test.each(cases)('%s: %s', async (name, alternative) => {
  await deployment.read({ [name]: alternative });
  const { text, unknown } = await compareWithFake({
    ...{ deployment: deployment.target, knownFile: null, isReadOnly: false },
    ...{ seed: 1, runs: 40, seconds: Infinity, signal: new AbortController().signal },
    warn: () => undefined,
  });
  const lines = [...text.matchAll(/with --readings the fake follows it: (.*)$/gm)].map(([, it]) =>
    it?.replaceAll("'", ''),
  );
  expect(lines).toEqual([`${name}: ${alternative}`]);
  expect(text).toContain(`  ${ruleOfReading({ name, alternative })?.id ?? 'none'} (`);
  expect(unknown).toBe(1);
});
