// /_mock/sandboxes/{name}/delivery and /deliveries/{invitation}: when messages leave, and what becomes of them.
import * as v from 'valibot';
import { findInvitation } from '../../domain/state.ts';
import type { Delivery as SandboxDelivery } from '../sandbox/delivery.ts';
import { deliveryModes, type DeliverySettings } from '../sandbox/delivery-settings.ts';
import { formatIsoDuration } from '../web/iso-duration.ts';
import { replyJson } from '../web/reply.ts';
import { sandboxEndpoint } from './endpoint.ts';
import { presentInvitation, SandboxInvitation } from './invitations.ts';
import { conflict, notFound } from './problem.ts';
import { named } from './schema/named.ts';
import { choice, kinds, object } from './schema/object.ts';
import { count, length, list, maybe, span, text, told, whole } from './schema/values.ts';
import { inBody, nothing } from './takes.ts';

const mostRules = 100;

export const DeliveryMode = named(
  'DeliveryMode',
  "When a message leaves: before the next read, after a delay on the sandbox's clock, after a number of reads of its invitation, or only by hand.",
  choice(deliveryModes),
);

const BounceRule = named(
  'BounceRule',
  'Which addresses send their messages back. The first rule that matches counts.',
  object({
    pattern: told(
      'Held against the whole address. `*` stands for any text; letter case does not count.',
      text(1, 254),
    ),
    reason: maybe(
      "What the other side says; null or absent for words of the server's own.",
      v.nullable(text(1, 500)),
    ),
  }),
);

const settings = {
  mode: v.exactOptional(DeliveryMode),
  delay: maybe("On the sandbox's clock; counts in `after-delay` alone.", span),
  reads: maybe(
    'After how many reads of its invitation a message leaves; counts in `after-reads` alone.',
    whole(1, 1_000),
  ),
  bounce_rules: maybe(
    'All rules; an empty list lets every message arrive.',
    list(BounceRule, mostRules),
  ),
};

export const DeliveryChange = named(
  'DeliveryChange',
  'Settings of delivery; what is left out stays.',
  object(settings),
);

export const Delivery = named(
  'Delivery',
  'How messages leave, and how many have not left.',
  object({
    mode: DeliveryMode,
    delay: told("On the sandbox's clock; counts in `after-delay` alone.", length),
    reads: told('Counts in `after-reads` alone.', whole(1, 1_000)),
    bounce_rules: list(BounceRule, mostRules),
    waiting: told('How many messages have not left.', count),
  }),
);

/** What is absent stays as it is in `current`. */
export const toSettings = (
  change: v.InferOutput<typeof DeliveryChange>,
  current: DeliverySettings,
): DeliverySettings => ({
  mode: change.mode ?? current.mode,
  delayMs: change.delay ?? current.delayMs,
  reads: change.reads ?? current.reads,
  bounceRules:
    change.bounce_rules?.map(({ pattern, reason = null }) => ({ pattern, reason })) ??
    current.bounceRules,
});

export const presentSettings = ({ mode, delayMs, reads, bounceRules }: DeliverySettings) => ({
  mode,
  delay: formatIsoDuration(delayMs),
  reads,
  bounce_rules: [...bounceRules],
});

export const presentDelivery = (delivery: SandboxDelivery): v.InferInput<typeof Delivery> => ({
  ...presentSettings(delivery.settings()),
  waiting: delivery.count(),
});

export const showDelivery = sandboxEndpoint({
  id: 'delivery_retrieve',
  tag: 'time and delivery',
  summary: 'Read how messages leave',
  takes: nothing,
  answers: { 200: { description: 'The settings, and how many messages wait.', schema: Delivery } },
  handle: ({ hosted }) => {
    hosted.sandbox.state();
    return replyJson(200, presentDelivery(hosted.sandbox.delivery));
  },
});

export const changeDelivery = sandboxEndpoint({
  id: 'delivery_update',
  tag: 'time and delivery',
  summary: 'Change how messages leave',
  description: 'What is left out stays as it is.',
  takes: inBody({
    schema: DeliveryChange,
    description: 'The settings to change.',
    required: false,
    examples: { byHand: ['Nothing leaves by itself', { mode: 'by-hand' }] },
  }),
  answers: { 200: { description: 'The settings then.', schema: Delivery } },
  handle: ({ hosted }, change) => {
    const { delivery, state } = hosted.sandbox;
    delivery.configure(toSettings(change, delivery.settings()));
    state();
    return replyJson(200, presentDelivery(delivery));
  },
});

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
