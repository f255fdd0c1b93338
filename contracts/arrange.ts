// What checks need to be there: made through the public API only, under addresses of this run, and removed by itself when
// the check (or, inside `once`, the file) is done, also when it fails.
import { afterAll } from '@jest/globals';
import { json } from './body.ts';
import { createScope, currentCheck, runAs } from './check.ts';
import { send, type Answer } from './client.ts';
import { eventually, poll } from './eventually.ts';
import { toInvitation, toPage, type Invitation } from './invitation.ts';
import { NotExercised } from './not-exercised.ts';
import { readRecord, writeRecord } from './record.ts';
import { clear } from './removal.ts';
import { harness, runFolder, runId, settings } from './run.ts';
import type { Caller, Role } from './settings.ts';

/** An address that nobody has an invitation for; `prefix` is for checks that care how addresses sort. */
export const address = (as: Caller = 'OWNER', prefix = 'contract'): string => {
  harness.counters.addresses += 1;
  const email = `${prefix}-${runId}-${harness.counters.addresses}@${settings.emailDomain}`;
  currentCheck().scope.addresses.push(email);
  writeRecord(runFolder, { kind: 'address', email, as });
  return email;
};

/** A fresh address of exactly so many characters, within the limits of 64 for the local part and 63 for a label. */
export const addressOfLength = (length: number): string => {
  const short = address();
  const [local = '', domain = ''] = short.split('@');
  const wholeLocal = local.padEnd(64, 'x');
  let padding = length - wholeLocal.length - 1 - domain.length;
  if (padding < 2) throw new Error(`An address at ${domain} has no room for ${length} characters.`);
  const labels: string[] = [];
  while (padding > 0) {
    // A label takes its dot along; none may be left with a dot alone.
    const size = padding > 64 ? Math.min(64, padding - 2) : padding;
    labels.push(`${'x'.repeat(size - 1)}.`);
    padding -= size;
  }
  return `${wholeLocal}@${labels.join('')}${domain}`;
};

type Wish = { readonly as?: Caller; readonly role?: Role; readonly email?: string };

const tryToCreate = ({
  as = 'OWNER',
  role = 'VIEWER',
  email = address(as),
}: Wish): Promise<Answer> => send('invitations_create', { as, body: json({ email, role }) });

const expectMade = (answer: Answer, status: number): Invitation => {
  const invitation = toInvitation(answer.json);
  if (answer.status === status && invitation !== undefined) return invitation;
  throw new Error(
    `What the check needs could not be arranged: ${answer.asked} answered ${answer.status}, not ${status} with an invitation: ${answer.text.slice(0, 300)}`,
  );
};

/** An invitation, by default by the OWNER, to a fresh address, as VIEWER. */
export const createInvitation = async (wish: Wish = {}): Promise<Invitation> =>
  expectMade(await tryToCreate(wish), 201);

/** Which invitation for the address, made by this run, the target did not delete when it was asked to. */
const keptOf = async (email: string): Promise<Invitation | undefined> => {
  const { json: listed } = await send('invitations_list', { as: 'OWNER', query: { email } });
  const lines = readRecord(runFolder).filter(({ kind }) => kind === 'removed');
  const removed = new Set(lines.flatMap((line) => ('id' in line ? line.id : [])));
  return toPage(listed)?.results.find(({ id }) => removed.has(id));
};

/**
 * An invitation to an address that exists once: while another run has it invited, we wait; when it stays taken, the check
 * is not exercised.
 */
const claim = async (email: string, variable: string, wish: Wish): Promise<Invitation> => {
  const { held, value } = await poll(
    () => tryToCreate({ ...wish, email }),
    (answer) => answer.status !== 404,
    settings,
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
export const invitationForInvitee = (wish: Wish = {}): Promise<Invitation> =>
  claim(wish.email ?? settings.inviteeEmail ?? '', 'CONTRACT_INVITEE_EMAIL', wish);

/** Accepted by the INVITEE. Needs INVITEE and INVITEE_EMAIL. The membership stays: no operation removes it. */
export const acceptedInvitation = async (wish: Omit<Wish, 'email'> = {}): Promise<Invitation> => {
  const { id } = await invitationForInvitee(wish);
  return expectMade(await send('invitations_accept_create', { as: 'INVITEE', id }), 200);
};

/** The invitation as soon as it is in one of these states. */
export const whenState = (
  id: string,
  states: readonly string[],
  as: Caller = 'OWNER',
): Promise<Invitation> =>
  eventually(
    `invitation ${id} is ${states.join(' or ')}`,
    async () => expectMade(await send('invitations_retrieve', { as, id }), 200),
    ({ state }) => states.includes(state),
    settings,
  );

/** An invitation whose message has gone out. */
export const sentInvitation = async (wish: Wish = {}): Promise<Invitation> => {
  const { id } = await createInvitation(wish);
  return whenState(id, ['sent'], wish.as);
};

/** An invitation whose message came back. Needs BOUNCE_EMAIL. */
export const bouncedInvitation = async (wish: Omit<Wish, 'email'> = {}): Promise<Invitation> => {
  const { id } = await claim(settings.bounceEmail ?? '', 'CONTRACT_BOUNCE_EMAIL', wish);
  return whenState(id, ['bounced'], wish.as);
};

/**
 * What several checks of a file read and none of them changes: made by the first that asks for it, removed after the last.
 */
export const once = <T>(make: () => Promise<T>): (() => Promise<T>) => {
  const scope = createScope();
  let made: Promise<T> | undefined;
  afterAll(() => clear(scope, settings, runFolder));
  return () => (made ??= runAs({ ...currentCheck(), scope }, make));
};

/**
 * For checks that change a sent invitation each: so many are made at once, since waiting for all of them takes no longer
 * than waiting for one.
 */
export const stockOfSent = (size: number): (() => Promise<Invitation>) => {
  const stock = once(async () => {
    const made: Invitation[] = [];
    for (let i = 0; i < size; i += 1) made.push(await createInvitation());
    const sent: Invitation[] = [];
    for (const { id } of made) sent.push(await whenState(id, ['sent']));
    return sent;
  });
  return async () => (await stock()).pop() ?? sentInvitation();
};
