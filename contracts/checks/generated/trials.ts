// Sends what was drawn: what is right has to be accepted, what is wrong refused in a documented way and without a trace.
import type { Kit } from '../../kit/kit.ts';
import type { Body } from '../../body.ts';
import type { Answer } from '../../kit/client.ts';
import { disappoint, expectInvitation } from '../../expect.ts';
import { toInvitation, toPage, type Invitation } from '../../invitation.ts';
import { isSame } from '../../kit/asking.ts';
import type { MakeBody } from './bodies.ts';
import type { Described } from './described.ts';

export const expectDocumentedRefusal = (answer: Answer, { refusals }: Described): void => {
  if (!refusals.includes(answer.status)) disappoint(answer, `one of ${refusals.join(', ')}`);
};

const accuse = ({ exchange }: Answer, trace: string): never => {
  throw new Error(`A refused request has left a trace, ${trace}. It was:\n${exchange.text}`);
};

export const createTrials = (kit: Kit) => {
  const { address, createInvitation, list, send } = kit;

  /** Neither the address nor what was sent in its place has an invitation. */
  const expectNothingMade = async (emails: readonly unknown[], refused: Answer): Promise<void> => {
    for (const email of new Set(emails)) {
      if (typeof email !== 'string' || email.trim() === '') continue;
      const { json } = await list({ email });
      // A filter by what is no address may itself be refused.
      const [found] = toPage(json)?.results ?? [];
      if (found !== undefined) accuse(refused, `the invitation ${found.id} for ${found.email}`);
    }
  };

  const expectUntouched = async (before: Invitation, refused: Answer): Promise<void> => {
    const { json, text } = await send('invitations_retrieve', { as: 'OWNER', id: before.id });
    const now = toInvitation(json);
    if (now !== undefined && isSame(before, now)) return;
    accuse(refused, `for ${JSON.stringify(before)} is now ${text}`);
  };

  const sendTo = (described: Described, body: Body, id: string | undefined): Promise<Answer> =>
    send(described.operation, { as: 'OWNER', body, ...(id === undefined ? {} : { id }) });

  /** An update is tried on an invitation of its own, so that a trace is told from what an earlier one left. */
  const expectBodyRefused = async (described: Described, make: MakeBody): Promise<void> => {
    const before = described.hasId ? await createInvitation() : undefined;
    const fresh = address();
    const { body, values } = make(fresh);
    const answer = await sendTo(described, body, before?.id);
    expectDocumentedRefusal(answer, described);
    if (before !== undefined) await expectUntouched(before, answer);
    await expectNothingMade([fresh, values['email']], answer);
  };

  const expectBodyAccepted = async (described: Described, make: MakeBody): Promise<void> => {
    const before = described.hasId ? await createInvitation() : undefined;
    const { body, values } = make(address());
    const answer = await sendTo(described, body, before?.id);
    const seen = expectInvitation(answer, described.method === 'POST' ? 201 : 200);
    const { email, role } = values;
    const isRight = seen.role === role && seen.email.toLowerCase() === String(email).toLowerCase();
    if (!isRight) disappoint(answer, `the email ${String(email)} and the role ${String(role)}`);
  };

  return { expectBodyRefused, expectBodyAccepted };
};
