// The fake beside itself behind gateways: what happens on the way is no difference, and what fails is told once.
import { expect, jest, test } from '@jest/globals';
import { startGateway, type Habit } from '../gateway/gateway.suite.ts';
import {
  answers,
  everyNthOf,
  html,
  isMethod,
  json,
  lags,
  loses,
  only,
  rewrites,
} from '../gateway/habits.suite.ts';
import { startFake } from '../targets/fake.ts';
import { toRemote } from '../targets/remote.ts';
import { countAt } from './count.suite.ts';
import { compareWithFake } from './compare-with-fake.ts';

// They wait most of the time: several at once, each on a fake of its own.
jest.setTimeout(120_000);

const compare = async (runs: number, ...habits: readonly Habit[]) => {
  const fake = await startFake({}, { validation: 'off', pageSize: 3 });
  const gateway = await startGateway(fake.env['CONTRACT_TARGET'] ?? '', { habits });
  const warnings: string[] = [];
  const before = await countAt(fake);
  try {
    const { text } = await compareWithFake({
      deployment: toRemote(gateway.url, { ...fake.env, CONTRACT_TIMEOUT: '2s' }),
      ...{ knownFile: null, isReadOnly: false, seed: 1, runs, seconds: 60 },
      signal: new AbortController().signal,
      warn: (sentence) => warnings.push(sentence),
    });
    const found = [...text.matchAll(/^✗ (.*)\n {2}(\S+) /gm)];
    return {
      ...{ text, warnings, isAsBefore: (await countAt(fake)) === before },
      found: found.map(([, what, rule]) => `${rule}: ${what}`),
    };
  } finally {
    await gateway.close();
    await fake.close();
  }
};

const nothing = { found: [], warnings: [], isAsBefore: true };

test.concurrent('an answer that is lost or a gateway gives, now and then is no difference, and leaves nothing behind', async () => {
  const always = () => true;
  const habits = [
    everyNthOf(60, always, loses),
    everyNthOf(57, always, answers(html(502, 'Bad gateway'))),
  ];
  expect(await compare(9, ...habits)).toMatchObject(nothing);
});

test.concurrent('a way that loses every second request ends the comparison, and is no difference', async () => {
  const loses = everyNthOf(2, () => true, answers(html(502, 'Bad gateway')));
  await expect(compare(9, loses)).rejects.toThrow('The way to the target loses');
});

test.concurrent('a method that fails is one difference, of its own rule', async () => {
  const fails = only(isMethod('DELETE'), answers(json(500, { detail: 'Oops.' })));
  const { found, warnings } = await compare(3, fails);
  expect(found).toEqual([
    'destroy.answer: invitations_destroy, status: the fake has 204, the deployment 500',
  ]);
  for (const warning of warnings) expect(warning).toContain('could not be removed');
  expect(warnings).not.toEqual([]);
});

test.concurrent('what could not be removed for a while is removed at the end', async () => {
  const recovers = only(
    ({ method, number }) => method === 'DELETE' && number > 20 && number < 80,
    answers(json(500, { detail: 'Oops.' })),
  );
  expect(await compare(3, recovers)).toMatchObject({ warnings: [], isAsBefore: true });
});

test.concurrent('so is a create that what stands before the deployment answers', async () => {
  const isCreate = only(isMethod('POST'), answers(html(503, 'Out of order')));
  const { found } = await compare(4, isCreate);
  expect(found).toEqual([
    'create.answer: invitations_create, status: the fake has 201, the deployment 503',
  ]);
});

test.concurrent('and a list that is refused whatever it is asked for', async () => {
  const isListing = only(
    ({ method, path }) => method === 'GET' && /invitations\/(?:\?|$)/.test(path),
    answers(json(400, { detail: 'No.' })),
  );
  const { found } = await compare(12, isListing);
  expect(found).toEqual([
    'list.answer: invitations_list, status: the fake has 200, the deployment 400',
  ]);
});

test.concurrent('reads that lag are waited for', async () => {
  expect(await compare(2, lags(60))).toMatchObject(nothing);
});

test.concurrent('so are reads that begin to lag later, and that is told', async () => {
  const begins = lags(...Array.from({ length: 8 }, () => 0), 150);
  const { found, warnings, isAsBefore } = await compare(3, begins);
  expect({ found, isAsBefore }).toEqual({ found: [], isAsBefore: true });
  expect(warnings).toEqual([expect.stringMatching(/late by now, after up to \d+ ms/)]);
});

const isLate: Parameters<typeof only>[0] = ({ number }) => number > 60;
const ends = only(isLate, answers(json(401, { detail: 'Expired.' })));

test.concurrent('credentials that run out end the comparison by name', async () => {
  await expect(compare(4, ends)).rejects.toThrow('is refused now');
});

test.concurrent.each([
  ['credentials run out', ends, 'is refused now'],
  ['nothing but 503 comes', only(isLate, answers(html(503, 'Out of order'))), 'be reached'],
])('what was found before %s is told with it', async (_title, habit, sentence) => {
  const renames = only(
    isMethod('POST'),
    rewrites((text) => text.replace('"role"', '"rank"')),
  );
  const { text, found } = await compare(2, habit, renames);
  expect(found).toEqual([
    expect.stringMatching(/^schema.every-field: invitations_create, body.role/),
  ]);
  expect(text).toContain(sentence);
});

test.concurrent('a domain that is refused ends it before it begins', async () => {
  const refuses = only(isMethod('POST'), answers(json(400, { email: ['No such domain.'] })));
  await expect(compare(1, refuses)).rejects.toThrow('CONTRACT_EMAIL_DOMAIN');
});
