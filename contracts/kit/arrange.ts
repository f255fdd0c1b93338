// What checks need to be there: made through the public API only, under addresses of this run, and removed by itself when
// the check (or, inside `once`, the file) is done, also when it fails.
import { json } from '../body.ts';
import type { Answer } from './client.ts';
import { toInvitation, toPage, type Invitation } from '../invitation.ts';
import { CouldNotRun, NotArranged } from '../engine/could-not-run.ts';
import { NotExercised } from '../not-exercised.ts';
import type { Caller, Role } from '../settings.ts';
import type { RuleId } from '../../spec/vocabulary.ts';
import { lateness, type Base } from './base.ts';

type Wish = { readonly as?: Caller; readonly role?: Role; readonly email?: string };

/** A target that never sends is told by these, and by no check that only needs what has been sent. */
const afterCreate: readonly RuleId[] = ['lifecycle.becomes-sent', 'lifecycle.becomes-bounced'];
const aboutSending: readonly RuleId[] = [
  ...afterCreate,
  ...(['resend.goes-out-again', 'update.new-address-is-sent-to'] as const),
  'update.role-alone-keeps-state',
];

/** Whoever the OWNER is, what is arranged is within what it may do. */
const expectMade = (answer: Answer, status: number): Invitation => {
  const invitation = toInvitation(answer.json);
  if (answer.status === status && invitation !== undefined) return invitation;
  const isDue = / as (?:OWNER|INVITEE)$/.test(answer.asked);
  throw new NotArranged(answer, `${status} with an invitation`, isDue);
};

export const createArranging = (kit: Base) => {
  const { aside, counters, currentCheck, made, once, poll, runId, send, settings } = kit;

  /** An address that nobody has an invitation for; `prefix` is for checks that care how addresses sort. */
  const address = (as: Caller = 'OWNER', prefix = 'contract'): string => {
    counters.addresses += 1;
    const email = `${prefix}-${runId}-${counters.addresses}@${settings.emailDomain}`;
    made.give(email, as, currentCheck().scope);
    return email;
  };

  /** A fresh address of exactly so many characters, within the limits of 64 for the local part and 63 for a label. */
  const addressOfLength = (length: number): string => {
    const short = address();
    const [local = '', domain = ''] = short.split('@');
    const wholeLocal = local.padEnd(64, 'x');
    let padding = length - wholeLocal.length - 1 - domain.length;
    if (padding < 2)
      throw new Error(`An address at ${domain} has no room for ${length} characters.`);
    const labels: string[] = [];
    while (padding > 0) {
      // A label takes its dot along; none may be left with a dot alone.
      const size = padding > 64 ? Math.min(64, padding - 2) : padding;
      labels.push(`${'x'.repeat(size - 1)}.`);
      padding -= size;
    }
    return `${wholeLocal}@${labels.join('')}${domain}`;
  };

  const tryToCreate = ({
    as = 'OWNER',
    role = 'VIEWER',
    email = address(as),
  }: Wish): Promise<Answer> => send('invitations_create', { as, body: json({ email, role }) });

  /** An invitation, by default by the OWNER, to a fresh address, as VIEWER. */
  const createInvitation = async (wish: Wish = {}): Promise<Invitation> =>
    expectMade(await tryToCreate(wish), 201);

  /** Which invitation for the address, made by this run, the target did not delete when it was asked to. */
  const keptOf = async (email: string): Promise<Invitation | undefined> => {
    const { json: listed } = await send('invitations_list', { as: 'OWNER', query: { email } });
    return toPage(listed)?.results.find(({ id }) => made.wasRemoved(id));
  };

  /**
   * An invitation to an address that exists once: while another run has it invited, we wait; when it stays taken, the check
   * is not exercised.
   */
  const claim = async (email: string, variable: string, wish: Wish): Promise<Invitation> => {
    const { as = 'OWNER' } = wish;
    const { held, value } = await poll(
      () => made.claim(email, as, currentCheck().scope, () => tryToCreate({ ...wish, email })),
      (answer) => answer.status !== 404,
      settings,
      variable,
    );
    if (held) return expectMade(value, 201);
    const ours = await keptOf(email);
    if (ours?.state === 'accepted') {
      // [destroy.every-state] is assumed.
      throw new NotExercised(
        `${variable} stays taken by invitation ${ours.id}: the target does not delete what is accepted`,
      );
    }
    if (ours !== undefined) {
      throw new Error(
        `${variable} (${email}) is still taken by invitation ${ours.id}, which this run made and deleted.`,
      );
    }
    throw new NotExercised(
      `${variable} (${email}) has an invitation already; delete that one, or give another address`,
    );
  };

  /** An invitation to the address that the INVITEE may accept, perhaps in other letter case. Needs INVITEE_EMAIL. */
  const invitationForInvitee = (wish: Wish = {}): Promise<Invitation> =>
    claim(wish.email ?? settings.inviteeEmail ?? '', 'CONTRACT_INVITEE_EMAIL', wish);

  /** Accepted by the INVITEE. Needs INVITEE and INVITEE_EMAIL. The membership stays: no operation removes it. */
  const acceptedInvitation = async (wish: Omit<Wish, 'email'> = {}): Promise<Invitation> => {
    const { id } = await invitationForInvitee(wish);
    return expectMade(await send('invitations_accept_create', { as: 'INVITEE', id }), 200);
  };

  /** The invitation as soon as it is in the state, which only checks of these rules are about. */
  const whenState = async (
    id: string,
    state: 'sent' | 'bounced',
    as: Caller = 'OWNER',
    rules: readonly string[] = aboutSending,
  ): Promise<Invitation> => {
    const { held, value } = await poll(
      async () => expectMade(await send('invitations_retrieve', { as, id }), 200),
      (invitation) => invitation.state === state,
      settings,
      `state ${state}`,
    );
    if (held) return value;
    const late = lateness(`invitation ${id} is ${state}`, value, settings);
    const { id: rule } = currentCheck().rule;
    if (rules.includes(rule)) {
      // One that sends nothing at all is told once.
      if (!afterCreate.some((one) => one === rule) && state === 'sent')
        await aside(() => sentInvitation());
      throw new Error(late);
    }
    throw new CouldNotRun(`${late} That is told by lifecycle.becomes-${state}.`);
  };

  const sentInvitation = async (wish: Wish = {}): Promise<Invitation> => {
    const { id } = await createInvitation(wish);
    return whenState(id, 'sent', wish.as, afterCreate);
  };

  /** An invitation whose message came back. Needs BOUNCE_EMAIL. */
  const bouncedInvitation = async (wish: Omit<Wish, 'email'> = {}): Promise<Invitation> => {
    const { id } = await claim(settings.bounceEmail ?? '', 'CONTRACT_BOUNCE_EMAIL', wish);
    return whenState(id, 'bounced', wish.as, afterCreate);
  };

  /**
   * For checks that change a sent invitation each: so many are made at once, since waiting for all of them takes no longer
   * than waiting for one.
   */
  const stockOfSent = (size: number): (() => Promise<Invitation>) => {
    const stock = once(async () => {
      const created: Invitation[] = [];
      for (let i = 0; i < size; i += 1) created.push(await createInvitation());
      const sent: Invitation[] = [];
      for (const { id } of created) sent.push(await whenState(id, 'sent', 'OWNER', afterCreate));
      return sent;
    });
    return async () => (await stock()).pop() ?? sentInvitation();
  };

  return {
    address,
    addressOfLength,
    createInvitation,
    invitationForInvitee,
    acceptedInvitation,
    whenState,
    sentInvitation,
    bouncedInvitation,
    stockOfSent,
  };
};

export type Arranging = ReturnType<typeof createArranging>;
