// What is lost by chance is told from what is lost each time: by where in a check it was asked for.
import { expect, test } from '@jest/globals';
import { createKit } from '../kit/kit.ts';
import { readSettings } from '../settings.ts';
import { NoAnswer } from './could-not-run.ts';
import { createLine } from './line.ts';
import { perform } from './perform.ts';
import { toRunning } from './session.ts';
import type { Transport } from './transport.ts';

const settings = readSettings({
  CONTRACT_TARGET: 'http://fake.test',
  CONTRACT_AUTH_OWNER: 'Api-Key owner',
});
const { signal } = new AbortController();

/** A check of ten resends; which of them is lost in each of its tries. */
const performLosing = async (...lostAt: readonly number[]) => {
  let [time, asked] = [-1, 0];
  const transport: Transport = async ({ method }) => {
    if (method === 'POST') asked += 1;
    if (method === 'POST' && asked === lostAt[time]) throw new NoAnswer('It was cut off.');
    return Promise.resolve({ status: 200, headers: {}, text: '{}', ms: 1 });
  };
  const line = createLine(settings, { transport });
  const run = await toRunning({ settings, listen: () => undefined }, line, 'test');
  const kit = createKit(run);
  kit.rule('list.answer', 'is about something else', ['OWNER'], async () => {
    [time, asked] = [time + 1, 0];
    const asking = { as: 'OWNER', id: '1', judged: false } as const;
    for (let count = 0; count < 10; count += 1) await kit.send('invitations_resend_create', asking);
  });
  const outcomes = [];
  for (const check of kit.checks) outcomes.push(await perform(check, { kit, run, signal }));
  return {
    verdicts: outcomes.map(({ verdict }) => verdict),
    accused: run.elsewhere.map(({ rule }) => rule),
  };
};

test.concurrent('one of many requests of an operation that is lost, now this and now that, accuses nothing', async () => {
  const outcome = await performLosing(3, 5, 2, 7, 4);
  expect(outcome).toEqual({ verdicts: ['could not run'], accused: [] });
});

test.concurrent('the same one that is lost each time, while others are answered, is its operation’s', async () => {
  const outcome = await performLosing(3, 3, 3, 3, 3);
  expect(outcome).toEqual({ verdicts: ['could not run'], accused: ['resend.answer'] });
});

test.concurrent('one that is lost twice is made once more', async () => {
  expect(await performLosing(3, 5)).toEqual({ verdicts: ['passed'], accused: [] });
});
