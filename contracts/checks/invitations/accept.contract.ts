// Accepting: who may, when, and what becomes of the invitation. The membership that comes of it has a suite of its own,
// but for its role at the very first accept, after which the INVITEE is a member for good: that comes first here.
import { randomUUID } from 'node:crypto';
import { json } from '../../body.ts';
import {
  disappoint,
  expectDetail,
  expectInvitation,
  expectRefusal,
  expectStatus,
  linkPath,
  pathIn,
} from '../../expect.ts';
import { toRecord, type Invitation } from '../../invitation.ts';
import { organizationIdIn } from '../../kit/joining.ts';
import { NotExercised } from '../../not-exercised.ts';
import { bouncing, invitee, invitingRoles, roles, type Caller, type Need } from '../../settings.ts';
import { contract } from '../../engine/contract.ts';

/** A membership that is older than this when its invitation is accepted did not come of that. */
const newForMs = 60_000;

const linkFields = ['url', 'inviter', 'membership', 'organization'];

/** Every field as it came, but of addresses what is the target's own. */
const portable = (value: unknown): string => {
  const entries = Object.entries(toRecord(value)).map(([name, field]) => [
    name,
    linkFields.includes(name) && typeof field === 'string' ? pathIn(field) : field,
  ]);
  return JSON.stringify(Object.fromEntries(entries.sort()));
};

const jwtCallers = roles.map((role) => `${role}_JWT` as const);

const invitingJwts = invitingRoles.map((role) => `${role}_JWT` as const);
const ofInvitee = 'INVITEE_EMAIL';

type Mismatch = readonly [title: string, as: Caller, () => Promise<Invitation>, ...needs: Need[]];

const capital = (text: string): string => text.toUpperCase();
const cases = {
  'all in capitals': capital,
  'a capital local part': (email: string) => email.replace(/^[^@]+/, capital),
  'a capital domain': (email: string) => email.replace(/[^@]+$/, capital),
  'a capital letter at its start': (email: string) => email.replace(/^./, capital),
  'all in small letters': (email: string) => email.toLowerCase(),
} as const;

export const checks = contract('invitations/accept', { place: 'first' }, (kit) => {
  const { accept, changeAddress, createInvitation, expectUnchanged, rule, send } = kit;
  const { invitationForInvitee } = kit;

  const inviteeEmail = kit.settings.inviteeEmail ?? '';
  /** Paths of memberships that came of a check before. */
  const seen = new Set<string>();

  // VIEWER comes last, so that the INVITEE is left with it; not first, as it is what a careless default would be.
  for (const role of ['CONTRIB', 'ADMIN', 'OWNER', 'VIEWER'] as const) {
    rule('accept.grants-role', `an invitation as ${role}`, invitee, async () => {
      const { id } = await invitationForInvitee({ role });
      const answer = await accept(id);
      const membership = await kit.membershipOf(expectInvitation(answer, 200));
      const ageMs = Date.parse(answer.headers['date'] ?? '') - Date.parse(membership.createdAt);
      const wasThere = seen.has(membership.path) || ageMs > newForMs;
      seen.add(membership.path);
      if (membership.role === role) return;
      if (wasThere) {
        throw new NotExercised(
          'the INVITEE was a member already: see accept.member-takes-role, or give a new CONTRACT_INVITEE_EMAIL',
        );
      }
      throw new Error(`Invited as ${role}, but the membership has the role ${membership.role}.`);
    });
  }

  rule('accept.answer', 'is the invitation that was asked for', invitee, async () => {
    const before = await invitationForInvitee({ role: 'CONTRIB' });
    kit.expectSameBut(before, await accept(before.id), true);
  });
  rule('accept.answer', 'is what a read says afterwards', invitee, async () => {
    const { id } = await invitationForInvitee();
    const answer = await accept(id);
    expectInvitation(answer, 200);
    const read = await kit.read(id);
    if (portable(answer.json) !== portable(read.json)) disappoint(answer, `200 ${read.text}`);
  });

  rule('accept.becomes-accepted', 'in the answer', invitee, async () => {
    const { id } = await invitationForInvitee();
    expectInvitation(await accept(id), 200, { state: 'accepted' });
  });
  rule('accept.becomes-accepted', 'wherever it is read', invitee, async () => {
    const accepted = await kit.acceptedInvitation();
    await kit.retrieve(accepted.id, { state: 'accepted' });
    const { email } = accepted;
    await kit.expectListed({ email, state: 'accepted' }, [accepted]);
    await kit.expectListed({ email, state: 'pending' }, []);
    await kit.expectListed({ email, state: 'sent' }, []);
  });
  const [inviteeLocal = '', inviteeDomain = ''] = inviteeEmail.split('@');
  const unique = (): string => (kit.address().split('@')[0] ?? '').replace('contract', 'c');
  const elsewhere = () => ({ email: `${inviteeLocal}@${unique()}.${kit.settings.emailDomain}` });
  const tagged = () => ({ email: `${inviteeLocal}+${unique()}@${inviteeDomain}` });
  const mismatches: readonly Mismatch[] = [
    ['nothing alike', 'INVITEE', createInvitation],
    ['nothing alike, once it is sent', 'INVITEE', kit.sentInvitation],
    ['nothing alike, once it has bounced', 'INVITEE', kit.bouncedInvitation, 'BOUNCE_EMAIL'],
    ['the same local part elsewhere', 'INVITEE', () => createInvitation(elsewhere()), ofInvitee],
    ['a sub-address', 'INVITEE', () => createInvitation(tagged()), ofInvitee],
    ...jwtCallers.map((as) => [`asked by ${as}`, as, createInvitation] as const),
    ...invitingJwts.map(
      (as) => [`asked by ${as}, its own inviter`, as, () => createInvitation({ as })] as const,
    ),
    ...jwtCallers.map(
      (as) => [`asked by ${as} for the INVITEE's`, as, invitationForInvitee, ofInvitee] as const,
    ),
  ];
  for (const [title, as, make, ...own] of mismatches) {
    const needs = ['OWNER', as, ...own] as const;
    rule('accept.address-must-match', title, needs, async () => {
      const invitation = await make();
      expectRefusal(await accept(invitation.id, as));
      await expectUnchanged(invitation);
    });
    rule('accept.other-address', title, needs, async () => {
      const { id } = await make();
      expectStatus(await accept(id, as), 403);
    });
  }

  rule('accept.other-address', 'an address that it had before', invitee, async () => {
    const { id } = await changeAddress(await invitationForInvitee(), kit.address());
    expectStatus(await accept(id), 403);
  });
  for (const [title, change] of Object.entries(cases)) {
    rule('accept.letter-case', title, invitee, async () => {
      const { id } = await invitationForInvitee({ email: change(inviteeEmail) });
      expectInvitation(await accept(id), 200, { state: 'accepted' });
    });
  }

  for (const as of ['INVITEE', ...jwtCallers] as const) {
    rule('accept.missing', `an id that nothing has, by ${as}`, [as], async () => {
      expectStatus(await accept(randomUUID(), as), 404);
    });
  }
  for (const [title, make] of [
    ['one that was deleted', invitationForInvitee],
    ['one that was accepted and deleted', kit.acceptedInvitation],
  ] as const) {
    rule('accept.missing', title, invitee, async () => {
      const { id } = await make();
      await kit.withdraw(id);
      expectStatus(await accept(id), 404);
    });
  }

  rule('accept.accepted', 'a second and a third time', invitee, async () => {
    const accepted = await kit.acceptedInvitation();
    expectStatus(await accept(accepted.id), 404);
    expectStatus(await accept(accepted.id), 404);
    await expectUnchanged(accepted);
  });

  const expectAccepted = async (id: string): Promise<void> => {
    expectInvitation(await accept(id), 200, { state: 'accepted' });
    await kit.retrieve(id, { state: 'accepted' });
  };
  rule('accept.every-open-state', 'as soon as it is made', invitee, async () => {
    await expectAccepted((await invitationForInvitee()).id);
  });
  rule('accept.every-open-state', 'once it is sent', invitee, async () => {
    const { id } = await invitationForInvitee();
    await kit.whenState(id, 'sent');
    await expectAccepted(id);
  });
  rule('accept.every-open-state', 'as soon as it is resent', invitee, async () => {
    const { id } = await invitationForInvitee();
    await kit.whenState(id, 'sent');
    expectStatus(await send('invitations_resend_create', { as: 'OWNER', id }), 200);
    await expectAccepted(id);
  });
  rule('accept.every-open-state', 'as soon as it has the address', invitee, async () => {
    // The INVITEE's address is claimed before, so that it is free for the second update.
    const elsewhere = await changeAddress(await invitationForInvitee(), kit.address());
    await changeAddress(elsewhere, inviteeEmail);
    await expectAccepted(elsewhere.id);
  });
  rule('accept.every-open-state', 'once it has bounced', [...bouncing, 'TOKEN_URL'], async () => {
    const authorization = await kit.logIn(kit.settings.bounceEmail ?? '');
    const { id } = await kit.bouncedInvitation();
    const answer = await send('invitations_accept_create', { authorization, id });
    expectInvitation(answer, 200, { state: 'accepted' });
  });

  const expectRefused = async (
    make: () => Promise<Invitation>,
    as: Caller | 'NOBODY',
    status: number,
  ): Promise<void> => {
    const invitation = await make();
    expectDetail(await accept(invitation.id, as), status);
    await expectUnchanged(invitation);
  };
  for (const role of roles) {
    const as = `${role}_API_KEY` as const;
    rule('accept.api-key', `of ${role}`, ['OWNER', as], () =>
      expectRefused(createInvitation, as, 403),
    );
    rule('accept.api-key', `of ${role}, for the INVITEE`, ['OWNER', as, ofInvitee], () =>
      expectRefused(invitationForInvitee, as, 403),
    );
  }

  rule('accept.anonymous', 'an invitation to anybody', {}, () =>
    expectRefused(createInvitation, 'NOBODY', 401),
  );
  rule('accept.anonymous', 'an invitation to the INVITEE', invitee, () =>
    expectRefused(invitationForInvitee, 'NOBODY', 401),
  );
  rule('accept.anonymous', 'with an empty header', {}, async () => {
    const { id } = await createInvitation();
    expectDetail(await send('invitations_accept_create', { authorization: '', id }), 401);
  });
  rule('accept.anonymous', 'an id that nothing has', {}, async () => {
    expectDetail(await accept(randomUUID(), 'NOBODY'), 401);
  });

  rule('accept.new-jwt', 'lets its user in', [...invitee, 'TOKEN_URL'], async () => {
    await kit.logIn(inviteeEmail);
    const accepted = await kit.acceptedInvitation({ role: 'ADMIN' });
    const { user, organization, role } = await kit.membershipOf(accepted);
    if (role !== 'ADMIN') throw new NotExercised(`the INVITEE was a member before, as ${role}`);
    const authorization = await kit.logInTo(inviteeEmail, organizationIdIn(organization));
    const asMember = { authorization };
    const { id } = accepted;
    expectInvitation(await send('invitations_retrieve', { ...asMember, id }), 200, { id });
    const body = json({ email: kit.address(), role: 'CONTRIB' });
    const made = expectInvitation(await send('invitations_create', { ...asMember, body }), 201);
    if (pathIn(made.inviter) !== user)
      throw new Error(`The new member invites as ${made.inviter}.`);
    if (linkPath(made.organization) !== linkPath(accepted.organization)) {
      throw new Error(`The new member invites to ${made.organization}.`);
    }
    expectInvitation(await kit.request('GET', pathIn(made.url), asMember), 200, { id: made.id });
    // The INVITEE is left with the least role.
    await kit.withdraw(id);
    await kit.acceptedInvitation();
  });
});
