// That sequences find what only a sequence shows, shrink it to the steps that it takes, and accuse nobody who is right.
import { afterAll, describe, expect, jest, test } from '@jest/globals';
import { idIn, instead, onReply } from '../../../proof/fault.ts';
import { objectIn, refuse, withStatus } from '../../../proof/edit.ts';
import type { Ask, StartFault } from '../../../proof/mutant.ts';
import { pretend } from '../../../proof/pretend.ts';
import { startTestKit } from '../../../proof/test-kit.ts';
import { createExploring, toSentence, type Explored, type Extent } from './explore.ts';
import { ruleIds, type RuleId } from './rules.ts';

jest.setTimeout(60_000);

const testKit = await startTestKit();
const exploring = createExploring(testKit.kit);

afterAll(() => testKit.close());

const explore = (start?: StartFault, options: Partial<Extent> = {}): Promise<Explored> => {
  testKit.setFault(start);
  const settings = { runs: 15, path: undefined, mostFound: 2, ...options };
  return testKit.asCheck('lifecycle.accepted-is-final', ['OWNER'], () =>
    exploring.explore(settings),
  );
};

const rulesIn = ({ found }: Explored): readonly string[] => [...found.keys()];

const stepsOf = ({ found }: Explored, rule: RuleId): readonly string[] | undefined =>
  found.get(rule)?.failure.disagreement.steps.map(({ tell }) => tell);

const emailIn = (ask: Ask): string => String(objectIn(ask)['email']).toLowerCase();

/** What was accepted is forgotten when somebody tries to resend it. */
const forgetsOnResend = pretend({ on: 'invitations_resend_create', status: 404 }, () => ({
  state: 'sent',
}));

/** An address that ever was invited stays taken. */
const neverForgets: StartFault = (world) => {
  const seen = new Set<string>();
  return onReply({ on: 'invitations_create', status: 201 }, async (reply, ask, { next }) => {
    const key = `${world.callerOf(ask) === 'OUTSIDER' ? 'theirs' : 'ours'} ${emailIn(ask)}`;
    if (!seen.has(key)) {
      // Addresses that exist once come back in every sequence.
      if (key.includes('contract-')) seen.add(key);
      return reply;
    }
    const { authorization = '' } = ask.headers;
    const headers = { accept: 'application/json', authorization };
    const path = `${ask.path}${String(objectIn(reply)['id'])}/`;
    await next({ method: 'DELETE', path, headers, body: '' });
    return refuse(404)();
  })(world);
};

/** The third look at an invitation is one too many. */
const breaksOnThirdRead: StartFault = (world) => {
  const reads = new Map<string, number>();
  return instead({ on: 'invitations_retrieve' }, (ask, { next }) => {
    reads.set(idIn(ask), (reads.get(idIn(ask)) ?? 0) + 1);
    return reads.get(idIn(ask)) === 3 ? refuse(500)() : next(ask);
  })(world);
};

describe('a target that is right', () => {
  test('is accused of nothing, and asked about every rule', async () => {
    const { found, held } = await explore(undefined, { runs: 30 });
    expect([...found.keys()]).toEqual([]);
    expect(ruleIds.filter((id) => !held.has(id))).toEqual([]);
  });
});

describe('a fault that shows in a sequence only', () => {
  test('an accepted invitation that a refused resend makes open again takes three steps', async () => {
    const explored = await explore(forgetsOnResend);
    expect(stepsOf(explored, 'lifecycle.accepted-is-final')).toEqual([
      'OWNER: POST /api/v1/invitations/ {"email":"<invitee>","role":"VIEWER"} → <invitation:1>',
      'INVITEE: POST /api/v1/invitations/<invitation:1>/accept/',
      'OWNER: POST /api/v1/invitations/<invitation:1>/resend/',
      'at the end, OWNER: GET /api/v1/invitations/<invitation:1>/',
    ]);
  });

  test('an address that a delete does not free takes three steps', async () => {
    expect(stepsOf(await explore(neverForgets), 'destroy.gone')).toEqual([
      'OWNER: POST /api/v1/invitations/ {"email":"<email:1>","role":"VIEWER"} → <invitation:1>',
      'OWNER: DELETE /api/v1/invitations/<invitation:1>/',
      'OWNER: POST /api/v1/invitations/ {"email":"<email:1>","role":"VIEWER"} → <invitation:1>',
    ]);
  });

  test('a server error is one at whatever step it comes', async () => {
    expect(stepsOf(await explore(breaksOnThirdRead), 'retrieve.answer')).toEqual([
      'OWNER: POST /api/v1/invitations/ {"email":"<email:1>","role":"VIEWER"} → <invitation:1>',
      'OWNER: GET /api/v1/invitations/<invitation:1>/',
      'OWNER: GET /api/v1/invitations/<invitation:1>/',
      'at the end, OWNER: GET /api/v1/invitations/<invitation:1>/',
    ]);
  });
});

test('two faults are told apart, each by the check of its rule', async () => {
  const both: StartFault = (world) => {
    const [one, other] = [forgetsOnResend(world), neverForgets(world)];
    return (ask, next) => one(ask, async (inner) => other(inner, next));
  };
  const rules = rulesIn(await explore(both));
  expect(rules).toContain('destroy.gone');
  expect(rules).toContain('lifecycle.accepted-is-final');
});

test('seed and path lead straight to the shrunk sequence, in which no secret is told', async () => {
  const found = (await explore(neverForgets)).found.get('destroy.gone');
  if (found === undefined) throw new Error('Nothing was found.');
  const sentence = toSentence(found);
  expect(sentence).toContain(`CONTRACT_SEED=1 CONTRACT_PATH=${found.path}`);
  expect(sentence).toContain('"Authorization: $CONTRACT_AUTH_OWNER"');
  const again = (await explore(neverForgets, { path: found.path })).found.get('destroy.gone');
  expect(again?.shrinks).toBe(0);
  expect(again?.failure.disagreement.steps).toHaveLength(3);
});

test('an answer that breaks the spec is wrong whatever the model says of it', async () => {
  const undocumented = onReply({ on: 'invitations_resend_create', status: 200 }, withStatus(202));
  expect(rulesIn(await explore(undocumented))).toEqual(['resend.answer']);
});

test('what a lost answer has made at an address that exists once is removed, and accuses nobody', async () => {
  const { inviteeEmail = '' } = testKit.kit.settings;
  let lost = 0;
  const losesThird: StartFault = (world) =>
    onReply(
      { on: 'invitations_create', status: 201, when: (ask) => emailIn(ask) === inviteeEmail },
      (reply) => {
        lost += 1;
        return lost % 3 === 0 ? { ...reply, status: 502, body: 'Bad gateway' } : reply;
      },
    )(world);
  const explored = await explore(losesThird);
  expect(lost).toBeGreaterThan(2);
  expect(rulesIn(explored)).toEqual([]);
  const { json } = await testKit.asCheck('list.answer', ['OWNER'], () =>
    testKit.kit.send('invitations_list', { as: 'OWNER', query: { email: inviteeEmail } }),
  );
  expect(json).toMatchObject({ count: 0 });
});

test('a step that is lost however often its sequence is made leaves nothing to say of its rules', async () => {
  const losesRefused = onReply({ on: 'invitations_resend_create', status: 404 }, (reply) => ({
    ...reply,
    status: 502,
    body: 'Bad gateway',
  }));
  const { found, lost } = await explore(losesRefused);
  expect([...found.keys()]).toEqual([]);
  // It is the operation's fault where a check finds that others are answered: the place is the same each time.
  const place = expect.objectContaining({ operation: 'invitations_resend_create' });
  expect(lost.get('destroy.gone')).toMatchObject({ name: 'OutOfOrder', place });
});
