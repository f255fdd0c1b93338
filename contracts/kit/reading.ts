// Reading an invitation back, to see what a request has done to it, or that it has done nothing.
import { disappoint, expectInvitation, expectStatus, linkPath } from '../expect.ts';
import { toPage, type Invitation } from '../invitation.ts';
import type { Answer } from './client.ts';
import type { Caller } from '../settings.ts';
import type { Listing } from './listing.ts';
import type { Base } from './base.ts';

/** Messages go out by themselves; any other state is left by request only. */
const mayHaveBecome = (before: string, now: string): boolean =>
  before === now || (before === 'pending' && (now === 'sent' || now === 'bounced'));

const linksOf = ({ url, inviter, organization }: Invitation): string =>
  [url, inviter, organization].map(linkPath).join(' ');

/** Whether two readings of an invitation say the same; the state may have moved on in between. */
export const isSame = (before: Invitation, now: Invitation): boolean =>
  before.id === now.id &&
  before.email === now.email &&
  before.role === now.role &&
  before.membership === now.membership &&
  linksOf(before) === linksOf(now) &&
  mayHaveBecome(before.state, now.state);

export const createReading = (kit: Listing & Base) => {
  const { list, page, send } = kit;

  const read = (id: string, as: Caller = 'OWNER'): Promise<Answer> =>
    send('invitations_retrieve', { as, id });

  /** The invitation as the next read shows it, which has to have these values. */
  const retrieve = async (
    id: string,
    values: Partial<Invitation> = {},
    as: Caller = 'OWNER',
  ): Promise<Invitation> => expectInvitation(await read(id, as), 200, values);

  /** That an answer has it as it was before. */
  const expectSame = (before: Invitation, answer: Answer): void => {
    if (isSame(before, expectInvitation(answer, 200))) return;
    disappoint(answer, `the invitation as it was: ${JSON.stringify(before)}`);
  };

  const expectUnchanged = async (before: Invitation, as: Caller = 'OWNER'): Promise<void> => {
    const answer = await read(before.id, as);
    if (isSame(before, expectInvitation(answer, 200))) return;
    disappoint(answer, `the invitation as it was before: ${JSON.stringify(before)}`);
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

  return { read, retrieve, expectSame, expectUnchanged, expectGone, expectNothingMade };
};

export type Reading = ReturnType<typeof createReading>;
