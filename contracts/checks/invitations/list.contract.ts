// The list: what is in it, in which order, and that no other organization's is. Filters and pages have suites of their own.
import { invitationStates as states } from '../../../spec/vocabulary.ts';
import { setTimeout as sleep } from 'node:timers/promises';
import { isDeepStrictEqual } from 'node:util';
import { briefly } from '../../kit/base.ts';
import { disappoint, expectInvitation, expectPage, pathIn } from '../../expect.ts';
import { toInvitation } from '../../invitation.ts';
import { idsOf, type Query } from '../../kit/listing.ts';
import { bothOrganizations, roles, type Role } from '../../settings.ts';
import { NotExercised } from '../../not-exercised.ts';
import { contract } from '../../engine/contract.ts';

const operation = 'invitations_list';
const everywhere: readonly Query[] = [
  {},
  ...roles.map((role) => ({ role })),
  ...states.map((state) => ({ state })),
];

export const checks = contract('invitations/list', { quiet: true }, (kit) => {
  const { address, createInvitation, list, once, page, rule, sentInvitation, walk } = kit;

  for (const as of [...roles, 'JWT', 'API_KEY'] as const) {
    const options = { needs: [as], changes: false };
    rule('list.answer', `${as} gets a page`, options, async () => {
      await page({}, as);
    });
  }

  for (const as of roles) {
    rule('list.answer', `${as} sees what the OWNER invited`, ['OWNER', as], async () => {
      const made = await createInvitation({ role: 'OWNER' });
      const { results } = await page({ email: made.email }, as);
      if (results[0]?.id !== made.id) throw new Error(`${as} does not see invitation ${made.id}.`);
    });
  }

  /** Others may add to the list, and messages go out, between two of our requests: then we count again. */
  const addUp = (what: string, parts: readonly Query[], whole: Query): Promise<unknown> =>
    kit.eventually(
      `the counts of ${what}`,
      async () => {
        const counts = [];
        for (const part of parts) counts.push((await page(part)).count);
        return { parts: counts, whole: (await page(whole)).count };
      },
      (seen) => seen.parts.reduce((sum, part) => sum + part, 0) === seen.whole,
      briefly(kit.settings),
    );

  for (const [id, filter, values] of [
    ['list.filter-by-role', 'role', roles],
    ['list.filter-by-state', 'state', states],
  ] as const) {
    rule(id, 'the values together have the whole list, each a part of it', {}, async () => {
      await sentInvitation();
      const parts = values.map((value) => ({ [filter]: value }));
      await addUp(`every ${filter} add up to the count of the list`, parts, {});
    });
  }

  rule('list.filter-by-state', 'role and state both count', {}, async () => {
    await sentInvitation();
    const parts = roles.map((role) => ({ role, state: 'sent' }));
    const what = 'sent invitations of every role add up to the count of sent invitations';
    await addUp(what, parts, { state: 'sent' });
  });

  rule('list.answer', 'an item is what retrieving it answers', {}, async () => {
    const { id, email } = await sentInvitation({ role: 'CONTRIB' });
    const [item] = (await page({ email })).results;
    const read = await kit.read(id);
    const same = toInvitation(read.json);
    if (item === undefined || same === undefined || !isDeepStrictEqual(item, same)) {
      disappoint(read, `what the list has: ${JSON.stringify(item)}`);
    }
  });

  rule('schema.url', 'of an item of the list', { operation }, async () => {
    const { id, email } = await createInvitation();
    const [item] = (await page({ email })).results;
    const read = await kit.request('GET', pathIn(item?.url ?? ''), { as: 'OWNER' });
    expectInvitation(read, 200, { id });
  });

  /**
   * Two groups, more than a second apart, for clocks that count whole seconds. Whatever else a list may be sorted by puts
   * some of the one group between those of the other.
   */
  const generations = once(async () => {
    const make = async (wishes: readonly (readonly [string, Role])[]): Promise<string[]> => {
      const ids: string[] = [];
      for (const [prefix, role] of wishes) {
        ids.push((await createInvitation({ email: address('OWNER', prefix), role })).id);
      }
      return ids;
    };
    const older = await make([
      ['z-contract', 'OWNER'],
      ['a-contract', 'VIEWER'],
      ['y-contract', 'OWNER'],
      ['b-contract', 'VIEWER'],
    ]);
    await sleep(1_100);
    const newer = await make([
      ['m-contract', 'CONTRIB'],
      ['n-contract', 'ADMIN'],
      ['l-contract', 'CONTRIB'],
      ['o-contract', 'ADMIN'],
    ]);
    return { older, newer };
  });

  rule('list.oldest-first', 'what was made a second later comes later', {}, async () => {
    const { older, newer } = await generations();
    const ids = idsOf(await walk());
    const last = Math.max(...older.map((id) => ids.indexOf(id)));
    const first = Math.min(...newer.map((id) => ids.indexOf(id)));
    if ([...older, ...newer].some((id) => !ids.includes(id))) {
      throw new Error('The list, page by page, lacks an invitation that was just made.');
    }
    if (last > first) {
      throw new Error(
        `Place ${first} has an invitation that is newer than the one at place ${last}.`,
      );
    }
  });
  rule('list.oldest-first', 'what was there already comes before what is new', {}, async () => {
    const [first] = (await page()).results;
    const { newer } = await generations();
    const ids = idsOf(await walk());
    const made = Math.min(...newer.map((id) => ids.indexOf(id)));
    if (first !== undefined && ids.indexOf(first.id) > made) {
      throw new Error(
        `The newest invitation is at place ${made}, before one that was there already.`,
      );
    }
  });

  rule('tenancy.list', 'strangers do not find ours', bothOrganizations, async () => {
    const { email, role } = await createInvitation();
    for (const query of [{ email }, { email, role }]) {
      const answer = await list(query, 'OUTSIDER');
      if (expectPage(answer).count !== 0) disappoint(answer, 'nothing of another organization');
    }
  });
  rule('tenancy.list', 'nor do we find theirs', bothOrganizations, async () => {
    const { email } = await createInvitation({ as: 'OUTSIDER' });
    const answer = await list({ email });
    if (expectPage(answer).count !== 0) disappoint(answer, 'nothing of another organization');
  });
  rule('tenancy.list', 'an address of both is listed once', bothOrganizations, async () => {
    const ours = await createInvitation();
    await createInvitation({ as: 'OUTSIDER', email: ours.email });
    await kit.expectListed({ email: ours.email }, [ours]);
  });
  for (const as of ['OWNER', 'OUTSIDER'] as const) {
    rule('tenancy.list', `${as} sees one organization`, bothOrganizations, async () => {
      await createInvitation({ as: 'OWNER' });
      const { organization } = await createInvitation({ as: 'OUTSIDER' });
      if (organization === '')
        throw new NotExercised('an invitation of this edition does not say whose it is');
      const own = as === 'OUTSIDER';
      for (const query of everywhere) {
        const answer = await list(query, as);
        const isRight = expectPage(answer).results.every(
          (item) => (pathIn(item.organization) === pathIn(organization)) === own,
        );
        if (!isRight) disappoint(answer, `invitations of the organization of ${as} alone`);
      }
    });
  }
});
