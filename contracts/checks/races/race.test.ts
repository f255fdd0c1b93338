// That races find what only two requests at once bring about, and accuse nobody who takes them one after the other.
import { afterAll, describe, expect, jest, test } from '@jest/globals';
import { editBody, objectIn, withStatus } from '../../../proof/edit.ts';
import { idIn, onReply } from '../../../proof/fault.ts';
import { lookUp } from '../../../proof/look.ts';
import { pretend } from '../../../proof/pretend.ts';
import type { StartFault } from '../../../proof/mutant.ts';
import { createRaces } from '../races.contract.ts';
import { createRacing } from './race.ts';
import { startTestKit } from '../../../proof/test-kit.ts';

jest.setTimeout(60_000);

const testKit = await startTestKit();
const races = createRaces(testKit.kit);
const { repeat } = createRacing(testKit.kit);

afterAll(() => testKit.close());

const run = (title: string, start?: StartFault): Promise<void> => {
  const race = races.find((one) => one.title === title);
  if (race === undefined) throw new Error(`There is no race of ${title}.`);
  testKit.setFault(start);
  return testKit.asCheck(race.rule, race.needs, () => repeat(race, 3));
};

/** Two creates that overlap do not see each other: the second gets through under another address, and hides it. */
const overlooksTheOther: StartFault = (world) => {
  const under = new Set<string>();
  return async (ask, next) => {
    const { email, role } = objectIn(ask);
    if (ask.method !== 'POST' || typeof email !== 'string') return next(ask);
    const key = email.toLowerCase();
    if (under.has(key)) {
      const body = JSON.stringify({ email: `second-${key}`, role });
      return editBody((made) => ({ ...made, email }))(await next({ ...ask, body }));
    }
    under.add(key);
    // The second has time to set off; a real server is as slow as this by itself.
    await lookUp('00000000-0000-4000-8000-000000000000', ask, { next, world });
    const reply = await next(ask);
    under.delete(key);
    return reply;
  };
};

const acceptsTwice = onReply(
  { on: 'invitations_accept_create', status: 404 },
  async (_reply, ask, tools) => withStatus(200)(await lookUp(idIn(ask), ask, tools)),
);

/** What a resend has read is written back by it, whatever was written meanwhile. */
const losesTheAccept = pretend({ on: 'invitations_resend_create' }, () => ({
  state: 'pending',
  membership: null,
}));

describe('a target that takes one request after the other', () => {
  test('passes every race', async () => {
    for (const { title } of races) await run(title);
  });
});

describe('a target that does not', () => {
  test('is found to make two invitations for one address', async () => {
    const result = run('two creates of one address in different letter case', overlooksTheOther);
    await expect(result).rejects.toThrow(
      /Round 1: .* have to end with 201 and 404, or 404 and 201, but ended with 201 and 201/,
    );
    await expect(result).rejects.toThrow(/"Authorization: \$CONTRACT_AUTH_OWNER"/);
  });

  test('is found to accept one invitation twice', async () => {
    await expect(run('two accepts', acceptsTwice)).rejects.toThrow('ended with 200 and 200');
  });

  test('is found to lose an accept to a resend', async () => {
    await expect(run('an accept and a resend', losesTheAccept)).rejects.toThrow(
      /"state":"accepted"/,
    );
  });
});
