// Resending: the message goes out once more, unless the invitation is accepted.
import { claimInvitation, drawOnSlot, refusedChange, type CommandKind } from './command.ts';
import type { Expectation, OnKnown } from './command.ts';
import { allBy, claim, isSentAnew, observe, ruleOfOutcome } from './model.ts';

export const expectResend = ({ known, asker, model }: OnKnown): Expectation => ({
  refusals: refusedChange(known, asker, 'resend.accepted'),
  status: 200,
  rule: 'resend.answer',
  about: known,
  take: (answer) =>
    claimInvitation('resend.answer', answer, (seen) => {
      isSentAnew(known, model);
      const rule = 'resend.answer';
      known.by = { ...allBy(rule), state: ruleOfOutcome(known) };
      const isNewest = known.states.some((state) => state === seen.state);
      const expected = `the state ${known.states.join(' or ')}`;
      return [claim('resend.newest-state', 'state', isNewest, expected), ...observe(known, seen)];
    }),
});

export const resend: CommandKind = {
  weight: 4,
  draw: ({ askers }) => drawOnSlot('invitations_resend_create', askers),
};
