// Creating: what comes of it, that an organization has an address only once, and who may hand out which role.
import { disappoint, expectInvitation, expectRefusal, expectStatus } from '../../expect.ts';
import { expectDetail, linkPath, pathIn } from '../../expect.ts';
import type { Invitation } from '../../invitation.ts';
import { bouncing, invitee, bothOrganizations, invitingRoles, roles } from '../../settings.ts';
import { otherRoles, type Caller, type Role } from '../../settings.ts';
import { contract } from '../../engine/contract.ts';

const operation = 'invitations_create';

const cases = {
  'all in capitals': (email: string) => email.toUpperCase(),
  'a capital local part': (email: string) => email.replace(/^[^@]+/, (part) => part.toUpperCase()),
  'a capital domain': (email: string) => email.replace(/[^@]+$/, (part) => part.toUpperCase()),
  'one capital letter': (email: string) => email.replace('c', 'C'),
} as const;

const rank = (role: Role): number => roles.indexOf(role);

/** The roles' order is assumed, but that OWNER is above them all, and VIEWER below, is in the names. */
const surelyAbove = [
  ['ADMIN', 'OWNER'],
  ['CONTRIB', 'OWNER'],
  ['VIEWER', 'OWNER'],
  ['VIEWER', 'ADMIN'],
  ['VIEWER', 'CONTRIB'],
  ['VIEWER_JWT', 'OWNER'],
  ['VIEWER_API_KEY', 'OWNER'],
] as const;

export const checks = contract('invitations/create', (kit) => {
  const { address, create, createInvitation, retrieve, rule } = kit;

  const countOf = async (email: string, as: Caller = 'OWNER'): Promise<number> =>
    (await kit.page({ email }, as)).count;

  for (const caller of invitingRoles) {
    rule('create.answer', `${caller} invites a VIEWER`, [caller], async () => {
      const email = address(caller);
      const answer = await create({ email, role: 'VIEWER' }, caller);
      expectInvitation(answer, 201, { email, role: 'VIEWER' });
    });

    rule('create.location', `for ${caller}`, [caller], async () => {
      const answer = await create({ email: address(caller), role: 'VIEWER' }, caller);
      const { url } = expectInvitation(answer, 201, {});
      if (pathIn(answer.headers['location'] ?? '') !== pathIn(url)) {
        disappoint(answer, `the address ${url} in Location`);
      }
    });

    rule('create.starts-pending', `for ${caller}`, [caller], async () => {
      const answer = await create({ email: address(caller), role: 'VIEWER' }, caller);
      expectInvitation(answer, 201, { state: 'pending' });
    });

    rule('create.no-membership', `for ${caller}`, [caller], async () => {
      const answer = await create({ email: address(caller), role: 'VIEWER' }, caller);
      const { id } = expectInvitation(answer, 201, { membership: null });
      await retrieve(id, { membership: null }, caller);
    });
  }

  for (const role of roles) {
    rule('create.answer', `the role ${role} is the one asked for`, {}, async () => {
      const email = address();
      const made = expectInvitation(await create({ email, role }), 201, { email, role });
      await retrieve(made.id, { email, role });
      if ((await countOf(email)) !== 1)
        throw new Error(`The list has not one invitation for ${email}.`);
    });
  }

  rule('create.answer', 'each invitation gets an id of its own', {}, async () => {
    const [one, other] = [await createInvitation(), await createInvitation()];
    if (one.id === other.id) throw new Error(`Two invitations have the id ${one.id}.`);
  });

  rule('create.answer', 'a sub-address stays apart from the address without it', {}, async () => {
    const plain = address();
    const tagged = plain.replace('@', '+tag@');
    await createInvitation({ email: plain });
    const answer = await create({ email: tagged, role: 'VIEWER' });
    expectInvitation(answer, 201, { email: tagged });
  });

  rule('create.answer', 'capital letters in the address are no fault', {}, async () => {
    const email = address().replace('contract', 'Contract');
    const made = expectInvitation(await create({ email, role: 'VIEWER' }), 201);
    if (made.email.toLowerCase() !== email.toLowerCase()) {
      throw new Error(`Expected the address ${email}, but got ${made.email}`);
    }
  });

  rule('schema.url', 'of a new invitation', { operation }, async () => {
    const { id, url } = await createInvitation();
    expectInvitation(await kit.request('GET', pathIn(url), { as: 'OWNER' }), 200, { id });
  });

  const expectRefused = async (body: Readonly<Record<string, unknown>>): Promise<void> => {
    expectRefusal(await create(body));
    if (typeof body['email'] === 'string') await kit.expectNothingMade(body['email']);
  };

  for (const [id, title, fields] of [
    ['create.requires-email', 'a role alone is refused', () => ({ role: 'VIEWER' })],
    ['create.requires-role', 'an address alone is refused', () => ({ email: address() })],
    ['create.requires-email', 'null is no address', () => ({ email: null, role: 'VIEWER' })],
    ['create.requires-role', 'null is no role', () => ({ email: address(), role: null })],
  ] as const) {
    rule(id, title, {}, () => expectRefused(fields()));
  }

  const [one, other] = invitingRoles;
  rule('create.inviter', `${one} and ${other} are told apart`, [one, other], async () => {
    const first = await createInvitation({ as: one });
    const second = await createInvitation({ as: other });
    const again = await createInvitation({ as: one });
    if (pathIn(first.inviter) === pathIn(second.inviter)) {
      throw new Error(`${one} and ${other} both have the inviter ${first.inviter}.`);
    }
    if (pathIn(first.inviter) !== pathIn(again.inviter)) {
      throw new Error(`${one} has two inviters: ${first.inviter}, ${again.inviter}.`);
    }
  });
  rule('create.organization', `${one} and ${other} share one`, [one, other], async () => {
    const first = await createInvitation({ as: one });
    const second = await createInvitation({ as: other });
    if (pathIn(first.organization) !== pathIn(second.organization)) {
      throw new Error(`One team, two organizations: ${first.organization}, ${second.organization}`);
    }
  });

  rule('create.inviter', 'others read the same inviter', ['OWNER', 'ADMIN'], async () => {
    const made = await createInvitation({ as: 'ADMIN' });
    const read = await retrieve(made.id);
    if (pathIn(read.inviter) !== pathIn(made.inviter)) {
      throw new Error(`The inviter was ${made.inviter} and is ${read.inviter}.`);
    }
  });

  rule('create.organization', 'strangers have another', bothOrganizations, async () => {
    const ours = await createInvitation();
    const theirs = await createInvitation({ as: 'OUTSIDER' });
    if (pathIn(ours.organization) === pathIn(theirs.organization)) {
      throw new Error(`OWNER and OUTSIDER both invite to ${ours.organization}.`);
    }
    if (pathIn(ours.inviter) === pathIn(theirs.inviter)) {
      throw new Error(`OWNER and OUTSIDER both invite as ${ours.inviter}.`);
    }
  });
  const expectTaken = async (email: string, as?: Caller, role = 'VIEWER'): Promise<void> => {
    expectStatus(await create({ email, role }, as), 404);
  };

  rule('create.duplicate-address', 'the same once more', {}, async () => {
    const { email } = await createInvitation();
    await expectTaken(email);
    if ((await countOf(email)) !== 1)
      throw new Error(`The list has not one invitation for ${email}.`);
  });
  rule('create.duplicate-address', 'with another role', {}, async () => {
    const { id, email } = await createInvitation({ role: 'CONTRIB' });
    await expectTaken(email, 'OWNER', 'ADMIN');
    await retrieve(id, { role: 'CONTRIB' });
  });
  rule('create.duplicate-address', 'by ADMIN', ['OWNER', 'ADMIN'], async () => {
    const { email } = await createInvitation();
    await expectTaken(email, 'ADMIN');
  });
  for (const [title, needs, make] of [
    ['once it is sent', {}, kit.sentInvitation],
    ['once it has bounced', bouncing, kit.bouncedInvitation],
    ['once it is accepted', invitee, kit.acceptedInvitation],
  ] as const) {
    rule('create.duplicate-address', title, needs, async () => expectTaken((await make()).email));
  }
  rule('create.duplicate-address', 'no longer after it is deleted', {}, async () => {
    const { id, email } = await createInvitation();
    await kit.withdraw(id);
    expectInvitation(await create({ email, role: 'VIEWER' }), 201, { email });
  });
  for (const [title, change] of Object.entries(cases)) {
    rule('create.duplicate-letter-case', title, {}, async () => {
      const { email } = await createInvitation();
      await expectTaken(change(email));
    });
    rule('create.duplicate-letter-case', `${title}, the other way round`, {}, async () => {
      const email = address();
      await createInvitation({ email: change(email) });
      await expectTaken(email);
    });
  }

  rule('tenancy.address', 'each invites the same', bothOrganizations, async () => {
    const { email } = await createInvitation();
    const answer = await create({ email, role: 'VIEWER' }, 'OUTSIDER');
    expectInvitation(answer, 201, { email });
    await expectTaken(email);
    await expectTaken(email, 'OUTSIDER');
    if ((await countOf(email)) !== 1 || (await countOf(email, 'OUTSIDER')) !== 1) {
      throw new Error(`Each organization has to have one invitation for ${email}.`);
    }
  });

  // What else may stand in the body of a create is nothing that the schema has, and so changes nothing.
  const someone = `${kit.settings.target}/api/v1/users/00000000-0000-4000-8000-000000000000/`;
  const surplus: Readonly<Record<string, Partial<Record<keyof Invitation | 'colour', unknown>>>> = {
    'a state': { state: 'accepted' },
    'an inviter': { inviter: someone },
    'a membership': { membership: someone.replace('users', 'memberships') },
    'an organization': { organization: someone.replace('users', 'organizations') },
    'an id': { id: '00000000-0000-4000-8000-000000000000' },
    'an address of its own': { url: someone.replace('users', 'invitations') },
    'what nobody knows': { colour: 'red' },
  };
  for (const [title, fields] of Object.entries(surplus)) {
    rule('errors.unknown-field', `create with ${title}`, { operation }, async () => {
      const plain = await createInvitation();
      const answer = await create({ email: address(), role: 'VIEWER', ...fields });
      const made = expectInvitation(answer, 201, { state: 'pending', membership: null });
      if (pathIn(made.inviter) !== pathIn(plain.inviter))
        disappoint(answer, `the inviter ${plain.inviter}`);
      if (linkPath(made.organization) !== linkPath(plain.organization))
        disappoint(answer, `the organization ${plain.organization}`);
      if (made.id === fields.id || made.url === fields.url)
        disappoint(answer, 'an id and url of its own');
    });
  }

  for (const [as, role] of surelyAbove) {
    rule('create.role-above-own', `${as} may not invite as ${role}`, [as], async () => {
      const email = address(as);
      expectStatus(await create({ email, role }, as), 403);
      await kit.expectNothingMade(email, as);
    });
  }

  for (const caller of invitingRoles) {
    for (const role of roles) {
      const mayInvite = rank(role) >= rank(caller);
      const title = `${caller} ${mayInvite ? 'invites' : 'may not invite'} ${role}`;
      rule('roles.order', title, { needs: [caller], operation }, async () => {
        const email = address(caller);
        expectStatus(await create({ email, role }, caller), mayInvite ? 201 : 403);
        if (!mayInvite) await kit.expectNothingMade(email, caller);
      });
    }
  }

  for (const caller of otherRoles) {
    for (const role of roles) {
      const title = `${caller} may not invite ${role}`;
      rule('roles.who-invites', title, { needs: [caller], operation }, async () => {
        const email = address(caller);
        expectDetail(await create({ email, role }, caller), 403);
        await kit.expectNothingMade(email, caller);
      });
    }
    for (const as of [`${caller}_JWT`, `${caller}_API_KEY`] as const) {
      rule('roles.who-invites', `${as} may not invite`, { needs: [as], operation }, async () => {
        const email = address(as);
        expectDetail(await create({ email, role: caller }, as), 403);
        await kit.expectNothingMade(email, as);
      });
    }
  }
});
