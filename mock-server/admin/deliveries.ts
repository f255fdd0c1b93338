// POST /_mock/sandboxes/{name}/deliveries/{invitation}: what becomes of a message, decided by hand.
import * as v from 'valibot';
import { findInvitation } from '../../domain/state.ts';
import { replyJson } from '../web/reply.ts';
import { sandboxEndpoint } from './endpoint.ts';
import { presentInvitation, SandboxInvitation } from './invitations.ts';
import { conflict, notFound } from './problem.ts';
import { named } from './schema/named.ts';
import { kinds, object } from './schema/object.ts';
import { maybe, text } from './schema/values.ts';
import { inBody } from './takes.ts';

const DeliveryOutcome = named(
  'DeliveryOutcome',
  'What became of the message of a pending invitation.',
  kinds(
    'outcome',
    [
      object({ outcome: v.literal('sent') }),
      object({
        outcome: v.literal('bounced'),
        reason: maybe('What the other side said.', text(1, 500)),
      }),
    ],
    ['sent', 'bounced'],
  ),
);

/** Any invitation that is pending, whether its message waits for a time, for reads or for this hand. */
export const deliverByHand = sandboxEndpoint({
  id: 'deliveries_create',
  tag: 'time and delivery',
  summary: 'Deliver a message by hand',
  description: 'Possible in every mode, as long as the invitation is pending.',
  takes: inBody({
    schema: DeliveryOutcome,
    description: 'What became of the message.',
    required: true,
    examples: {
      mailboxFull: [
        'A full mailbox',
        { outcome: 'bounced', reason: '452 4.2.2 The mailbox is full.' },
      ],
    },
  }),
  answers: { 200: { description: 'The invitation in its new state.', schema: SandboxInvitation } },
  refusals: {
    404: 'There is no such sandbox, or it has no such invitation.',
    409: 'The invitation is not pending, so that no message of it is on its way.',
  },
  handle: ({ hosted: { sandbox } }, told, request) => {
    const invitationId = String(request.params['invitation']).toLowerCase();
    const state = sandbox.state();
    const before = findInvitation(state, invitationId);
    if (before === undefined) {
      return notFound(`There is no invitation ${invitationId} in "${sandbox.name}".`);
    }
    const bounceReason =
      told.outcome === 'sent' ? null : (told.reason ?? '550 5.0.0: bounced by hand');
    const at = sandbox.clock.now();
    const result = sandbox.execute({ type: 'DeliverInvitation', at, invitationId, bounceReason });
    const after = findInvitation(state, invitationId);
    if (result.kind === 'rejected' || after === undefined) {
      return conflict(
        `The invitation ${invitationId} is ${before.state}; only a pending one waits for news. Resend it first.`,
      );
    }
    return replyJson(200, presentInvitation(state, after));
  },
});
