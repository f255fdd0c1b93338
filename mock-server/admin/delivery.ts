// /_mock/sandboxes/{name}/delivery: when messages leave, which come back, and where their links lead.
import * as v from 'valibot';
import { parseAcceptTemplate } from '../sandbox/accept-link.ts';
import type { Delivery as SandboxDelivery } from '../sandbox/delivery.ts';
import { deliveryModes, type DeliverySettings } from '../sandbox/delivery-settings.ts';
import { formatIsoDuration } from '../web/iso-duration.ts';
import { replyJson } from '../web/reply.ts';
import { sandboxEndpoint } from './endpoint.ts';
import { named } from './schema/named.ts';
import { choice, object } from './schema/object.ts';
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

const acceptTemplate = v.pipe(
  v.string('a text'),
  v.rawCheck(({ dataset, addIssue }) => {
    const parsed = dataset.typed ? parseAcceptTemplate(dataset.value) : { value: '' };
    if ('expected' in parsed) addIssue({ message: parsed.expected });
  }),
  v.metadata({ example: 'http://localhost:5173/accept?invitation={id}&email={email}' }),
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
  accept_url: maybe(
    'Where the link of a message leads, with {id}, {email}, {organization}, {role}, {sandbox} in it; null for where the server has all lead.',
    v.nullable(acceptTemplate),
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
    accept_url: told(
      'Where the link of a message leads; null for where the server has all lead.',
      v.nullable(v.string()),
    ),
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
  acceptTemplate: change.accept_url === undefined ? current.acceptTemplate : change.accept_url,
});

export const presentSettings = ({
  mode,
  delayMs,
  reads,
  bounceRules,
  acceptTemplate: template,
}: DeliverySettings) => ({
  mode,
  delay: formatIsoDuration(delayMs),
  reads,
  bounce_rules: [...bounceRules],
  accept_url: template,
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
