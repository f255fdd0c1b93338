// Messages of invitations: resending them, and what a target shows of their way. A target may send before it answers, or
// show `pending` for a while: which of the two is found out by other commands than the one that a check is about.
import { json } from '../body.ts';
import type { Answer } from './client.ts';
import { expectInvitation } from '../expect.ts';
import { isRecord, type Invitation } from '../invitation.ts';
import type { Caller } from '../settings.ts';
import type { Arranging } from './arrange.ts';
import type { Base } from './base.ts';
import type { Reading } from './reading.ts';

/** More about the state, for a person. */
export const detailIn = (answer: Answer): string => {
  const detail = isRecord(answer.json) ? answer.json['state_detail'] : undefined;
  return typeof detail === 'string' ? detail.trim() : '';
};

export const createSending = (kit: Arranging & Base & Reading) => {
  const { address, createInvitation, once, retrieve, send, sentInvitation, whenState } = kit;

  const resend = (id: string, as: Caller = 'OWNER'): Promise<Answer> =>
    send('invitations_resend_create', { as, id });

  const changeAddress = async ({ id }: Invitation, email: string): Promise<Invitation> =>
    expectInvitation(
      await send('invitations_partial_update', { as: 'OWNER', id, body: json({ email }) }),
      200,
    );

  /**
   * What an answer to a command that sends may say, as a new address shows it: `pending` from a target that answers first
   * and sends then; `sent` too from one that does it the other way round.
   */
  const answersPending = once(async (): Promise<boolean> => {
    const { state } = await changeAddress(await sentInvitation(), address());
    return state === 'pending';
  });

  /** Whether `pending` lasts long enough for the next read to see it, as it does after a create and a new address. */
  const showsPending = once(async (): Promise<boolean> => {
    for (let round = 0; round < 2; round += 1) {
      const made = await createInvitation();
      for (let reads = 0; reads < 3; reads += 1) {
        if ((await retrieve(made.id)).state !== 'pending') return false;
      }
      await whenState(made.id, 'sent');
      await changeAddress(made, address());
      for (let reads = 0; reads < 3; reads += 1) {
        if ((await retrieve(made.id)).state !== 'pending') return false;
      }
    }
    return true;
  });

  return { resend, changeAddress, answersPending, showsPending };
};
