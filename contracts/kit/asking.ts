// What checks ask for, and how they look at what a request has done, or that it has done nothing: writing, resending and reading
// invitations, and each operation as a request that nothing is wrong with but what a check makes wrong.
import { randomUUID } from 'node:crypto';
import { json, type Body } from '../body.ts';
import type { Answer, Asking } from './client.ts';
import { disappoint, expectInvitation, expectStatus, idIn, linkPath } from '../expect.ts';
import { isRecord, toPage, type Invitation } from '../invitation.ts';
import { operations, type changingOperations, type OperationId } from '../operations.ts';
import { roles, type Caller } from '../settings.ts';
import type { Arranging } from './arrange.ts';
import type { Base } from './base.ts';
import type { Listing } from './listing.ts';

export const updates = ['invitations_update', 'invitations_partial_update'] as const;
export type Update = (typeof updates)[number];

/** For titles. */
export const methodOf = (operation: OperationId): string =>
  `${operations[operation].method}${operation === 'invitations_resend_create' ? ' resend' : ''}`;

export const isLinked = (operation: OperationId): boolean => !operation.startsWith('invitations_');

type Command = (typeof changingOperations)[number];
type Fields = Readonly<Record<string, unknown>>;
type Stays = Pick<Invitation, 'id' | 'email' | 'role'>;

/** What has to be sent so that this and nothing else changes: a PUT has to repeat what stays. */
export const fieldsFor = (
  operation: Update,
  { email, role }: Omit<Stays, 'id'>,
  change: Fields,
): Fields => (operation === 'invitations_update' ? { email, role, ...change } : change);

/** More about the state, for a person. */
export const detailIn = (answer: Answer): string => {
  const detail = isRecord(answer.json) ? answer.json['state_detail'] : undefined;
  return typeof detail === 'string' ? detail.trim() : '';
};

/** Messages go out by themselves; any other state is left by request only. */
const mayHaveBecome = (before: string, now: string): boolean =>
  before === now || (before === 'pending' && (now === 'sent' || now === 'bounced'));

/** What only an update changes, in two readings of an invitation. */
const keyOf = ({ id, email, role, url, inviter, organization }: Invitation): string =>
  [id, email, role, ...[url, inviter, organization].map(linkPath)].join(' ');

/** Whether two readings of an invitation say the same; the state may have moved on in between. */
export const isSame = (before: Invitation, now: Invitation): boolean =>
  keyOf(before) === keyOf(now) &&
  before.membership === now.membership &&
  mayHaveBecome(before.state, now.state);

const createWriting = ({ send }: Base) => {
  const create = (fields: Fields, as: Caller = 'OWNER'): Promise<Answer> =>
    send('invitations_create', { as, body: json(fields) });

  const patch = (
    { id }: Pick<Invitation, 'id'>,
    fields: Fields,
    as: Caller = 'OWNER',
  ): Promise<Answer> => send('invitations_partial_update', { as, id, body: json(fields) });

  const update = (
    operation: Update,
    { id, ...stays }: Stays,
    change: Fields,
    as: Caller = 'OWNER',
  ): Promise<Answer> =>
    send(operation, { as, id, body: json(fieldsFor(operation, stays, change)) });

  const command = (operation: Command, made: Stays, change: Fields, as?: Caller) =>
    operation === 'invitations_update' || operation === 'invitations_partial_update'
      ? update(operation, made, change, as)
      : send(operation, { as: as ?? 'OWNER', id: made.id });

  const destroy = ({ id }: Pick<Invitation, 'id'>, as: Caller = 'OWNER'): Promise<Answer> =>
    send('invitations_destroy', { as, id });

  const resend = (id: string, as: Caller = 'OWNER'): Promise<Answer> =>
    send('invitations_resend_create', { as, id });

  const changeAddress = async (of: Invitation, email: string): Promise<Invitation> =>
    expectInvitation(await patch(of, { email }), 200);

  return { create, patch, update, command, destroy, resend, changeAddress };
};

const createReading = ({ list, page, send }: Listing & Base) => {
  const read = (id: string, as: Caller = 'OWNER'): Promise<Answer> =>
    send('invitations_retrieve', { as, id });

  /** The invitation as the next read shows it, which has to have these values. */
  const retrieve = async (
    id: string,
    values: Partial<Invitation> = {},
    as: Caller = 'OWNER',
  ): Promise<Invitation> => expectInvitation(await read(id, as), 200, values);

  const expectSame = (before: Invitation, answer: Answer): void => {
    if (isSame(before, expectInvitation(answer, 200))) return;
    disappoint(answer, `the invitation as it was: ${JSON.stringify(before)}`);
  };

  /** But for its state, and where it is accepted its membership. */
  const expectSameBut = (before: Invitation, answer: Answer, isAccepted = false): void => {
    const now = expectInvitation(answer, 200);
    const isMember = isAccepted || now.membership === before.membership;
    if (keyOf(now) === keyOf(before) && isMember) return;
    disappoint(answer, `the invitation as it was but for its state: ${JSON.stringify(before)}`);
  };

  const expectUnchanged = async (before: Invitation, as: Caller = 'OWNER'): Promise<void> => {
    expectSame(before, await read(before.id, as));
  };

  /** Neither under its id nor in the list. */
  const expectGone = async ({ id, email }: Invitation, as: Caller = 'OWNER'): Promise<void> => {
    expectStatus(await read(id, as), 404);
    const { results } = await page({ email }, as);
    if (results.some((item) => item.id === id)) throw new Error(`The list has invitation ${id}.`);
  };

  /** Of a create that was refused. */
  const expectNothingMade = async (email: string, as: Caller = 'OWNER'): Promise<void> => {
    const answer = await list({ email }, as);
    if (toPage(answer.json)?.count !== 0) disappoint(answer, 'no invitation from a refused create');
  };

  return {
    read,
    retrieve,
    expectSame,
    expectSameBut,
    expectUnchanged,
    expectGone,
    expectNothingMade,
  };
};

type Reading = ReturnType<typeof createReading>;
type Writing = ReturnType<typeof createWriting>;

/**
 * A target may send before it answers, or show `pending` for a while: which of the two is found out by other commands than the
 * one that a check is about.
 */
const createSending = (kit: Arranging & Base & Reading & Writing) => {
  const { address, changeAddress, createInvitation, once, retrieve, sentInvitation } = kit;

  /**
   * What an answer to a command that sends may say, as a new address shows it: `pending` from a target that answers first
   * and sends then; `sent` too from one that does it the other way round.
   */
  const answersPending = once(async (): Promise<boolean> => {
    const { state } = await changeAddress(await sentInvitation(), address());
    return state === 'pending';
  });

  const staysPending = async (id: string): Promise<boolean> => {
    for (let reads = 0; reads < 3; reads += 1) {
      if ((await retrieve(id)).state !== 'pending') return false;
    }
    return true;
  };

  /** Whether `pending` lasts long enough for the next read to see it, as it does after a create and a new address. */
  const showsPending = once(async (): Promise<boolean> => {
    for (let round = 0; round < 2; round += 1) {
      const made = await createInvitation();
      if (!(await staysPending(made.id))) return false;
      await kit.whenState(made.id, 'sent');
      await changeAddress(made, address());
      if (!(await staysPending(made.id))) return false;
    }
    return true;
  });

  return { answersPending, showsPending };
};

const createRequests = (kit: Arranging & Base & Reading) => {
  const { address, createInvitation, once, read, send } = kit;

  const made = once(() => createInvitation());
  let known: Invitation | undefined;

  /** What an operation with an id in its path can be about, as it was when last looked at. */
  const existing = async (): Promise<Invitation> => (known ??= await made());

  /** Only the check that has changed it is to blame, and not those after it. */
  const expectExistingUnchanged = async (): Promise<void> => {
    const before = await existing();
    const answer = await read(before.id);
    known = expectInvitation(answer, 200);
    kit.expectSame(before, answer);
  };

  /**
   * An id that the operation finds: of an invitation that the OWNER made, or of what it links to. A pending invitation has
   * no membership, so that one is of nobody.
   */
  const idFor = async (operation: OperationId): Promise<string> => {
    if (operation === 'memberships_retrieve') return randomUUID();
    const { id, inviter, organization } = await existing();
    if (operation === 'users_retrieve') return idIn(inviter);
    if (operation === 'organizations_retrieve') return idIn(organization);
    return id;
  };

  const bodyFor = (operation: OperationId): Body | undefined => {
    if (operation === 'invitations_partial_update') return json({ role: 'VIEWER' });
    return operation === 'invitations_create' || operation === 'invitations_update'
      ? json({ email: address(), role: 'VIEWER' })
      : undefined;
  };

  const sendRight = async (operation: OperationId, asking: Asking): Promise<Answer> =>
    send(operation, { body: bodyFor(operation), ...asking, id: await idFor(operation) });

  /** One of each role by the OWNER, in the order of the roles, for checks that do not change them. */
  const teamOf = (make = createInvitation) =>
    once(async () => {
      const team: Invitation[] = [];
      for (const role of roles) team.push(await make({ role }));
      return team;
    });

  return { teamOf, existing, expectExistingUnchanged, idFor, bodyFor, sendRight };
};

export const createAsking = (kit: Listing & Arranging & Base) => {
  const asking = { ...kit, ...createWriting(kit), ...createReading(kit) };
  return { ...asking, ...createSending(asking), ...createRequests(asking) };
};
