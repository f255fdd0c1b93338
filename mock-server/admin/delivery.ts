// /_mock/sandboxes/{name}/delivery and /deliveries/{invitation}: when messages leave, and what becomes of them.
import { findInvitation } from '../../domain/state.ts';
import type { Delivery } from '../sandbox/delivery.ts';
import {
  deliveryModes,
  type BounceRule,
  type DeliverySettings,
} from '../sandbox/delivery-settings.ts';
import { formatIsoDuration } from '../web/iso-duration.ts';
import { replyJson, type Reply } from '../web/reply.ts';
import type { SandboxOperation } from './context.ts';
import {
  choice,
  createInput,
  list,
  object,
  orNull,
  readFields,
  span,
  text,
  whole,
  type Input,
} from './input.ts';
import { presentInvitation } from './invitations.ts';
import { badRequest, conflict, notFound } from './problem.ts';

const mostRules = 100;

const bounceRule = object<BounceRule>((input) => ({
  pattern: input.read('pattern', text(1, 254)) ?? '',
  reason: input.read('reason', orNull(text(1, 500))) ?? null,
}));

/** What is absent stays as it is in `current`. */
export const readDelivery = (input: Input, current: DeliverySettings): DeliverySettings => ({
  mode: input.read('mode', choice(deliveryModes)) ?? current.mode,
  delayMs: input.read('delay', span) ?? current.delayMs,
  reads: input.read('reads', whole(1, 1_000)) ?? current.reads,
  bounceRules: input.read('bounce_rules', list(mostRules, bounceRule)) ?? current.bounceRules,
});

export const presentSettings = (settings: DeliverySettings): object => {
  const { mode, delayMs, reads, bounceRules } = settings;
  return { mode, delay: formatIsoDuration(delayMs), reads, bounce_rules: bounceRules };
};

export const presentDelivery = (delivery: Delivery): object => ({
  ...presentSettings(delivery.settings()),
  waiting: delivery.count(),
});

export const showDelivery: SandboxOperation = ({ hosted }) => {
  hosted.sandbox.state();
  return replyJson(200, presentDelivery(hosted.sandbox.delivery));
};

export const changeDelivery: SandboxOperation = async ({ hosted, bodyLimits }, request) => {
  const { delivery, state } = hosted.sandbox;
  const body = await readFields(request, bodyLimits);
  if ('refused' in body) return body.refused;
  const input = createInput(body.fields);
  const settings = readDelivery(input, delivery.settings());
  const refusal = input.refusal();
  if (refusal !== undefined) return refusal;
  delivery.configure(settings);
  state();
  return replyJson(200, presentDelivery(delivery));
};

/** Any invitation that is pending, whether its message waits for a time, for reads or for this hand. */
export const deliverByHand: SandboxOperation = async (context, request): Promise<Reply> => {
  const { sandbox } = context.hosted;
  const body = await readFields(request, context.bodyLimits);
  if ('refused' in body) return body.refused;
  const input = createInput(body.fields);
  const outcome = input.read('outcome', choice(['sent', 'bounced']));
  const reason = input.read('reason', text(1, 500));
  const refusal = input.refusal();
  if (refusal !== undefined) return refusal;
  if (outcome === undefined) return badRequest('The body needs "outcome": sent or bounced.');
  if (outcome === 'sent' && reason !== undefined) {
    return badRequest('"reason" says why a message bounced; one that is sent has none.');
  }
  const invitationId = String(request.params['id']).toLowerCase();
  const state = sandbox.state();
  const before = findInvitation(state, invitationId);
  if (before === undefined) {
    return notFound(`There is no invitation ${invitationId} in "${sandbox.name}".`);
  }
  const bounceReason = outcome === 'sent' ? null : (reason ?? '550 5.0.0: bounced by hand');
  const at = sandbox.clock.now();
  const result = sandbox.execute({ type: 'DeliverInvitation', at, invitationId, bounceReason });
  const after = findInvitation(state, invitationId);
  if (result.kind === 'rejected' || after === undefined) {
    return conflict(
      `The invitation ${invitationId} is ${before.state}; only a pending one waits for news. Resend it first.`,
    );
  }
  return replyJson(200, presentInvitation(state, after));
};
