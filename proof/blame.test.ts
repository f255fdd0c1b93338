// A deployment that is wrong in one thing is told by the rule about that thing, whatever the checks of others met on their way.
import { expect, jest, test } from '@jest/globals';
import { contracts } from '../contracts/checks/contracts.ts';
import { attempt } from './attempt.ts';
import { mutants } from './catalogue.ts';
import { objectIn, refusal, refuse } from './edit.ts';
import { idIn, instead, onReply, together } from './fault.ts';
import type { StartFault } from './mutant.ts';

jest.setTimeout(120_000);

const accusedBy = async (
  start: StartFault | undefined,
  only: readonly string[],
): Promise<ReadonlySet<string>> => {
  if (start === undefined) throw new Error('There is no such broken fake.');
  const { failed } = await attempt({ start }, { only, contracts, isHasty: false });
  return new Set(failed.map(({ rule }) => rule));
};

const faultOf = (id: string): StartFault | undefined => mutants.find((one) => one.id === id)?.start;

const account = ['users.destroy', 'serviceaccounts.destroy'];
const open = ['destroy.every-state', 'accept.every-open-state', 'resend.goes-out-again'];

test.each([
  ['linked.missing/answers-200', ['linked', 'authentication.api-key', ...account]],
  ['linked.missing/answers-null', ['linked', 'authentication.api-key']],
  ['linked.missing/answers-200', ['linked.missing']],
  ['linked.missing/answers-403', account.concat('linked.missing')],
  ['linked.missing/answers-410-for-a-user', ['authentication.jwt', ...account, 'linked.missing']],
  ['errors.body-too-large/answers-500', ['errors.body-too-large']],
  ['pages.every-field/has-items-for-results', ['pages']],
  ['pages.not-a-number/answers-500', ['pages.not-a-number']],
  [
    'errors.not-found-detail/says-it-as-a-text-alone',
    ['media-types', 'errors.not-found-detail', 'users.destroy'],
  ],
  ['authentication.malformed-jwt/answers-500', ['authentication.malformed-jwt']],
  ['lifecycle.becomes-sent/never-sends', ['lifecycle.becomes-sent', ...open]],
])('%s accuses no other rule beside %j', async (id, only) => {
  const [rule = ''] = id.split('/');
  expect([...(await accusedBy(faultOf(id), only))]).toEqual([rule]);
});

test('checks that share what was arranged accuse together whom they accuse alone', async () => {
  const start = faultOf('pages.every-field/has-items-for-results');
  const only = ['pages.by-number', 'pages.results', 'list.ordering'];
  const alone = new Set<string>();
  for (const one of only) for (const rule of await accusedBy(start, [one])) alone.add(rule);
  expect([...(await accusedBy(start, only))].sort()).toEqual([...alone].sort());
});

test('an operation that fails on whoever is not let in is told by its own rule alone', async () => {
  const fails = onReply({ on: 'invitations_list', status: 401 }, refuse(500));
  const accused = await accusedBy(fails, ['authentication', 'list.answer']);
  expect([...accused]).toEqual(['list.answer']);
});

test('accounts that a target makes without a name are removed', async () => {
  const left = new Set<string>();
  let made = 0;
  const makes = instead(
    { on: 'serviceaccounts_create', when: (ask) => !('name' in objectIn(ask)) },
    () => {
      made += 1;
      const id = `auth0|${made}`;
      left.add(id);
      return refusal(201, { id });
    },
  );
  const removes = instead(
    { on: 'serviceaccounts_destroy', when: (ask) => left.has(decodeURIComponent(idIn(ask))) },
    (ask) => {
      left.delete(decodeURIComponent(idIn(ask)));
      return refusal(204, undefined);
    },
  );
  await accusedBy(together(makes, removes), ['errors.body-too-large']);
  expect(made).toBeGreaterThan(0);
  expect([...left]).toEqual([]);
});
