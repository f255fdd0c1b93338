// Reading an invitation, once, or again and again until its message has gone out: it is as the model has it, or not to be seen.
import {
  claimInvitation,
  drawOnSlot,
  refusedCredentials,
  refusedObject,
  drawAsker,
  slots,
} from './command.ts';
import type { CommandKind, Expectation, OnKnown } from './command.ts';
import { observe, claim, isAccepted, isOf, ruleOfOutcome } from './model.ts';
import fc from 'fast-check';
import { toInvitation } from '../../invitation.ts';
import { settle } from '../build-step.ts';

/** Also of what is looked at when a sequence has ended. */
export const expectRetrieve = ({
  known,
  asker,
}: Pick<OnKnown, 'known' | 'asker'>): Expectation => ({
  refusals: [...refusedCredentials(asker), ...refusedObject(known, asker)],
  status: 200,
  rule: 'retrieve.answer',
  take: (answer) => claimInvitation('retrieve.answer', answer, (seen) => observe(known, seen)),
});

export const retrieve: CommandKind = {
  weight: 6,
  draw: ({ askers }) => drawOnSlot('invitations_retrieve', askers),
};

/** With two messages on their way to different ends nobody knows what to wait for. */
export const isClear = ({ known, asker }: Pick<OnKnown, 'known' | 'asker'>): boolean =>
  !known.isGone && !isAccepted(known) && known.states.length <= 2 && isOf(known, asker);

export const expectWait = (subject: OnKnown): Expectation => {
  const expect = expectRetrieve(subject);
  if (!isClear(subject)) return expect;
  const { known } = subject;
  return {
    ...expect,
    take: (answer) => {
      const holds = toInvitation(answer.json)?.state === known.outcome;
      const expected = `the state ${known.outcome} in time (CONTRACT_TIMEOUT)`;
      return [claim(ruleOfOutcome(known), 'state', holds, expected), ...expect.take(answer)];
    },
  };
};

export const wait: CommandKind = {
  weight: 1,
  draw: ({ askers }) => {
    const asker = drawAsker(askers.filter(({ kind }) => kind === 'member'));
    return fc
      .record({ asker, slot: fc.constantFrom(...slots) })
      .map(({ asker: { name }, slot }) => settle(slot, name));
  },
};
