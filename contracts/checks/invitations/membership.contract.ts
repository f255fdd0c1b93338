// The membership that comes of accepting: whose it is, and that a member who accepts again keeps it in another role.
import { disappoint, expectInvitation, linkPath, pathIn } from '../../expect.ts';
import type { Invitation } from '../../invitation.ts';
import { NotExercised } from '../../not-exercised.ts';
import { invitee, type Caller, type Role } from '../../settings.ts';
import { contract } from '../../engine/contract.ts';

const needs = invitee;
const keeps = 'accept.member-keeps-membership';

const membershipPath = ({ membership }: Invitation): string => pathIn(membership ?? '');

export const checks = contract('invitations/membership', (kit) => {
  const { accept, acceptedInvitation, emailOf, invitationForInvitee, membershipOf, rule } = kit;

  const expectInviting = async (accepted: Invitation, as?: Caller): Promise<void> => {
    const { organization } = await membershipOf(accepted, as);
    const invited = linkPath(accepted.organization);
    if (invited === '' || organization === invited) return;
    throw new Error(
      `Invited to ${accepted.organization}, but the membership is one of ${organization}.`,
    );
  };

  rule('accept.makes-membership', 'of the organization that invited', needs, async () =>
    expectInviting(await acceptedInvitation()),
  );
  rule('accept.makes-membership', 'of the user who accepted', needs, async () => {
    const accepted = await acceptedInvitation();
    const { user } = await membershipOf(accepted);
    if (user === pathIn(accepted.inviter))
      throw new Error('The membership is that of the inviter.');
    const email = await emailOf(user);
    if (email !== undefined && email.toLowerCase() !== kit.settings.inviteeEmail?.toLowerCase()) {
      throw new Error(
        `The membership is that of ${email}, and not of ${kit.settings.inviteeEmail ?? ''}.`,
      );
    }
  });
  rule('accept.makes-membership', 'the same wherever it is read', needs, async () => {
    const accepted = await acceptedInvitation();
    const [item] = (await kit.page({ email: accepted.email })).results;
    const read = await kit.retrieve(accepted.id);
    for (const one of [read, item]) {
      if (one === undefined || membershipPath(one) !== membershipPath(accepted)) {
        throw new Error(
          `The accept answered ${membershipPath(accepted)}, a read ${one?.membership ?? 'null'}.`,
        );
      }
    }
  });
  const ofBoth = [...needs, 'OUTSIDER'] as const;
  rule('accept.makes-membership', 'another one in each organization', ofBoth, async () => {
    const ours = await acceptedInvitation();
    const { id } = await invitationForInvitee({ as: 'OUTSIDER' });
    const theirs = expectInvitation(await accept(id), 200);
    await expectInviting(theirs, 'OUTSIDER');
    if (membershipPath(ours) === membershipPath(theirs)) {
      throw new Error(`Two organizations share the membership ${membershipPath(ours)}.`);
    }
  });

  /** Accepted, and taken out of the way of the next invitation. */
  const joinAs = async (role: Role): Promise<Invitation> => {
    const accepted = await acceptedInvitation({ role });
    await kit.withdraw(accepted.id);
    return accepted;
  };

  for (const role of ['VIEWER', 'CONTRIB'] as const) {
    rule(keeps, `accepting as ${role}, who was VIEWER`, needs, async () => {
      const first = await joinAs('VIEWER');
      const { id } = await invitationForInvitee({ role });
      const answer = await accept(id);
      const second = expectInvitation(answer, 200, { state: 'accepted' });
      if (membershipPath(first) !== membershipPath(second)) {
        disappoint(answer, `the membership ${membershipPath(first)}`);
      }
    });
  }

  // An owner who is invited as an owner loses nothing by accepting.
  rule(keeps, 'accepting with the scope of the organization', ['OWNER_JWT'], async () => {
    const as = 'OWNER_JWT';
    const { inviter } = await kit.createInvitation({ as });
    const email = await emailOf(pathIn(inviter), as);
    if (email === undefined) throw new NotExercised('the target does not show the OWNER a user');
    const made = await kit.create({ email, role: 'OWNER' }, as);
    if (made.status === 404) {
      throw new NotExercised("there is an invitation to the OWNER's address already");
    }
    const { id } = expectInvitation(made, 201);
    const accepted = expectInvitation(await accept(id, as), 200, { state: 'accepted' });
    const { user } = await membershipOf(accepted, as);
    if (user !== pathIn(inviter)) throw new Error(`The membership is that of ${user}.`);
  });

  const expectRole = (wanted: Role, { role }: { readonly role: string }): void => {
    if (role !== wanted) throw new Error("A member keeps another role than the invitation's.");
  };
  // VIEWER comes last, so that the INVITEE is left with it.
  for (const [before, after] of [
    ['VIEWER', 'ADMIN'],
    ['ADMIN', 'CONTRIB'],
    ['CONTRIB', 'OWNER'],
    ['OWNER', 'VIEWER'],
  ] as const) {
    rule('accept.member-takes-role', `${before} becomes ${after}`, needs, async () => {
      expectRole(before, await membershipOf(await joinAs(before)));
      expectRole(after, await membershipOf(await acceptedInvitation({ role: after })));
    });
  }
});
