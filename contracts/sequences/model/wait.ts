// Waiting, by reading again and again, for what comes of a message. It takes as long as the target takes to deliver.
import type { Answer } from '../../kit/client.ts';
import { toInvitation } from '../../invitation.ts';
import type { Asker } from './askers.ts';
import { drawOnSlot, type CommandKind, type Plan } from './command.ts';
import { isAccepted, isOf, ruleOfOutcome, type Known } from './model.ts';
import { planRetrieve } from './retrieve.ts';

const plan = (known: Known, asker: Asker): Omit<Plan, 'tell'> => {
  const { ask, expect } = planRetrieve(known, asker);
  // With two messages on their way to different ends nobody knows what to wait for.
  const isUnclear = known.states.length > 2;
  if (known.isGone || isAccepted(known) || isUnclear || !isOf(known, asker)) return { ask, expect };
  const { outcome } = known;
  const take = (answer: Answer) => {
    const holds = toInvitation(answer.json)?.state === outcome;
    const expected = `the state ${outcome} in time (CONTRACT_TIMEOUT)`;
    return [{ rule: ruleOfOutcome(known), holds, expected }, ...expect.take(answer)];
  };
  return {
    ask: { ...ask, until: (seen) => seen?.state !== 'pending' },
    expect: { ...expect, take },
  };
};

export const wait: CommandKind = {
  weight: 1,
  draw: ({ askers }) =>
    drawOnSlot({
      verb: 'waits for the message of',
      askers: askers.filter(({ kind }) => kind === 'member'),
      plan,
    }),
};
