// The filters of the list: what each leaves, what they leave together, and which parameters do not count.
import { invitationStates as states, lackingIn } from '../../../spec/vocabulary.ts';
import { disappoint, expectFieldErrors, expectPage } from '../../expect.ts';
import type { Invitation } from '../../invitation.ts';
import type { Query } from '../../kit/listing.ts';
import { bouncing, invitee, roles } from '../../settings.ts';
import { contract } from '../../engine/contract.ts';

const reading = { changes: false } as const;

const wrongFilters: readonly (readonly [string, Query, readonly string[]])[] = [
  ['an unknown role', { role: 'BOSS' }, ['role']],
  ['a role in small letters', { role: 'owner' }, ['role']],
  ['two roles in one', { role: 'OWNER,ADMIN' }, ['role']],
  ['a number for a role', { role: 1 }, ['role']],
  ['an unknown state', { state: 'lost' }, ['state']],
  ['a state in capitals', { state: 'SENT' }, ['state']],
  ['a number for a state', { state: 0 }, ['state']],
  ['both unknown', { role: 'BOSS', state: 'lost' }, ['role', 'state']],
  ['an unknown role beside a good state', { role: 'BOSS', state: 'sent' }, ['role']],
  ['an unknown state beside a good role', { role: 'OWNER', state: 'lost' }, ['state']],
  ['an unknown role beside an address', { role: 'BOSS', email: 'a@example.com' }, ['role']],
];

export const checks = contract('invitations/filters', (kit) => {
  const { address, createInvitation, expectListed, list, page, rule } = kit;

  /** One of each role, all of them sent; nothing else about them differs. */
  const team = kit.teamOf(kit.sentInvitation);

  rule('list.filter-by-email', 'leaves the one invitation to it', {}, async () => {
    for (const made of await team()) await expectListed({ email: made.email }, [made]);
  });
  rule('list.filter-by-email', 'an address that nobody invited has none', {}, async () => {
    await team();
    await expectListed({ email: address() }, []);
  });
  rule('list.filter-by-email', 'a part of an address is none', {}, async () => {
    const { email } = await createInvitation();
    for (const part of [email.slice(1), email.slice(0, -1)]) {
      await expectListed({ email: part }, []);
    }
  });
  rule('list.filter-by-email', 'a plus sign is part of the address', {}, async () => {
    const plain = await createInvitation();
    const tagged = await createInvitation({ email: plain.email.replace('@', '+tag@') });
    await expectListed({ email: tagged.email }, [tagged]);
    await expectListed({ email: plain.email }, [plain]);
  });
  rule('list.filter-by-email', 'no longer has the one that was deleted', {}, async () => {
    const { id, email } = await createInvitation();
    await kit.withdraw(id);
    await expectListed({ email }, []);
  });

  for (const [id, filter, values] of [
    ['list.filter-by-role', 'role', roles],
    ['list.filter-by-state', 'state', states],
  ] as const) {
    for (const value of values) {
      rule(id, `${value} leaves nothing else on its page`, {}, async () => {
        await team();
        const answer = await list({ [filter]: value });
        if (expectPage(answer).results.some((item) => item[filter] !== value)) {
          disappoint(answer, `only invitations of ${filter} ${value}`);
        }
      });
    }
  }

  for (const [index, role] of roles.entries()) {
    rule('list.filter-by-role', `with an address, ${role} leaves its own`, {}, async () => {
      for (const [other, made] of (await team()).entries()) {
        await expectListed({ role, email: made.email }, other === index ? [made] : []);
      }
    });
  }

  const expectOnlyState = async (made: Invitation, state: string): Promise<void> => {
    for (const one of states) {
      await expectListed({ state: one, email: made.email }, one === state ? [made] : []);
    }
  };

  rule('list.filter-by-state', 'with an address, a sent one is sent alone', {}, async () => {
    for (const made of await team()) await expectOnlyState(made, 'sent');
  });
  for (const [state, article, needs, make] of [
    ['bounced', 'a', bouncing, kit.bouncedInvitation],
    ['accepted', 'an', invitee, kit.acceptedInvitation],
  ] as const) {
    const title = `with an address, ${article} ${state} one is ${state} alone`;
    rule('list.filter-by-state', title, needs, async () => expectOnlyState(await make(), state));
  }

  rule('list.filter-by-role', 'role and state both count', {}, async () => {
    await team();
    for (const role of roles) {
      const answer = await list({ role, state: 'sent' });
      const { count, results } = expectPage(answer);
      const isRight = results.every((item) => item.role === role && item.state === 'sent');
      if (count === 0 || !isRight) disappoint(answer, `only sent invitations as ${role}`);
    }
  });
  rule('list.filter-by-email', 'all three filters both find and exclude', {}, async () => {
    const [made] = await team();
    if (made === undefined) return;
    const { email, role, state } = made;
    await expectListed({ email, role, state }, [made]);
    await expectListed({ email, role, state: 'bounced' }, []);
    await expectListed({ email, role: 'VIEWER', state }, []);
    await expectListed({ email: address(), role, state }, []);
  });
  for (const [title, query, fields] of wrongFilters) {
    rule('list.filter-outside-enumeration', title, reading, async () => {
      expectFieldErrors(await list(query), ...fields);
    });
  }
  for (const as of ['JWT', 'API_KEY'] as const) {
    const options = { needs: [as], changes: false } as const;
    rule('list.filter-outside-enumeration', `asked by ${as}`, options, async () => {
      expectFieldErrors(await list({ role: 'BOSS', state: 'lost' }, as), 'role', 'state');
    });
  }

  for (const name of ['email', 'role', 'state'] as const) {
    rule('list.empty-parameter', `${name} alone`, {}, async () => {
      await team();
      const [first] = (await page()).results;
      const answer = await list({ [name]: '' });
      const { results } = expectPage(answer);
      if (results[0]?.id !== first?.id) disappoint(answer, 'the same as without the parameter');
    });
    rule('list.empty-parameter', `${name} beside the other filters`, {}, async () => {
      const [made] = await team();
      if (made === undefined) return;
      const { email, role, state } = made;
      const others = Object.entries({ email, role, state }).filter(([other]) => other !== name);
      const narrowed = await list({ ...Object.fromEntries(others), [name]: '' });
      const found = expectPage(narrowed).results;
      if (!found.some((item) => item.id === made.id) && name !== 'email') {
        disappoint(narrowed, `invitation ${made.id}`);
      }
      if (expectPage(narrowed).count < 1) disappoint(narrowed, 'the same as without the parameter');
    });
  }
  rule('list.empty-parameter', 'page', reading, async () => {
    const [first] = (await page()).results;
    const answer = await list({ page: '' });
    if (expectPage(answer).results[0]?.id !== first?.id) disappoint(answer, 'the first page');
  });

  const later = lackingIn(kit.edition, 'invitations_list').map((name) => ({ [name]: '1' }));
  for (const query of [
    { colour: 'red' },
    { contract_unknown: '' },
    { inviter_name: 'x' },
    ...later,
  ]) {
    rule('list.unknown-parameter', Object.keys(query).join(), {}, async () => {
      const [made] = await team();
      if (made === undefined) return;
      await expectListed({ ...query, email: made.email }, [made]);
      const [plain, answer] = [await page(), await list(query)];
      const { count, results } = expectPage(answer);
      if (results[0]?.id !== plain.results[0]?.id || (count === 0) !== (plain.count === 0)) {
        disappoint(answer, 'the same as without the parameter');
      }
    });
  }
});
