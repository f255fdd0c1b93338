// Waiting, by reading again and again, for what comes of a message. It takes as long as the target takes to deliver.
import fc from 'fast-check';
import { toInvitation } from '../../invitation.ts';
import { settle } from '../build-step.ts';
import { drawAsker, slots, type CommandKind, type Expectation, type OnKnown } from './command.ts';
import { claim, isAccepted, isOf, ruleOfOutcome } from './model.ts';
import { expectRetrieve } from './retrieve.ts';

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
