// A message on the wire: its shapes, which of them somebody wants to see, and how one is shown.
import * as v from 'valibot';
import { addressKey } from '../../domain/invitation.ts';
import { writeHead, writeMail, type Mailbox } from '../sandbox/message.ts';
import type { Matches, Message as SentMessage } from '../sandbox/outbox.ts';
import type { AdminContext, SandboxContext } from './context.ts';
import { named } from './schema/named.ts';
import { object } from './schema/object.ts';
import { countOfAll, maybe, moment, Outcome, text, told, uuid } from './schema/values.ts';

const head = {
  id: text(1, 128),
  at: moment,
  to: v.string(),
  from: v.string(),
  subject: v.string(),
  accept_url: told('Where the message sends its reader to accept.', v.string()),
  invitation: uuid,
  outcome: Outcome,
  reason: told('Why it came back; null when it did not.', v.nullable(v.string())),
};

export const MessageSummary = named('MessageSummary', 'A message without its texts.', object(head));

export const Message = named(
  'Message',
  'A message that went out for an invitation.',
  object({ ...head, text: v.string(), html: v.string() }),
);

export const MessageList = named(
  'MessageList',
  'Messages, without their texts.',
  object({ count: countOfAll, messages: v.array(MessageSummary) }),
);

export const Page = named(
  'Page',
  'An HTML page.',
  v.pipe(
    v.string(),
    v.regex(/^<!(doctype|DOCTYPE) html>/),
    v.metadata({ example: '<!doctype html><p>Accept</p>' }),
  ),
);

/** As a header has it: quoted where it has to be. [RFC 5322, 3.4] */
const formatMailbox = ({ name, address }: Mailbox): string => {
  const isPlain = /^[^()<>[\]:;@\\,."]*$/.test(name);
  const shown = isPlain ? name : `"${name.replaceAll(/["\\]/g, '\\$&')}"`;
  return `${shown} <${address}>`;
};

export const presentHead = (
  { acceptTemplate }: SandboxContext,
  message: SentMessage,
): v.InferInput<typeof MessageSummary> => {
  const { letter, at, bounceReason } = message;
  const { from, to, subject, acceptUrl } = writeHead(letter, acceptTemplate());
  return {
    id: letter.id,
    at: new Date(at).toISOString(),
    to,
    from: formatMailbox(from),
    subject,
    accept_url: acceptUrl,
    invitation: letter.invitationId,
    outcome: bounceReason === null ? 'sent' : 'bounced',
    reason: bounceReason,
  };
};

export const presentMessage = (
  context: SandboxContext,
  message: SentMessage,
): v.InferInput<typeof Message> => {
  const mail = writeMail(message.letter, context.acceptTemplate());
  return { ...presentHead(context, message), text: mail.text, html: mail.html };
};

export const messageQuery = {
  to: maybe(
    'Keeps only the messages to this address, whatever the case of its letters.',
    text(1, 254),
  ),
  invitation: maybe('Keeps only the messages of this invitation.', text(1, 100)),
  outcome: maybe('Keeps only the messages with this outcome.', Outcome),
  subject: maybe('Keeps only the messages whose subject contains this text.', text(1, 500)),
};

const filterSchema = v.object(messageQuery);

export const toMessageFilter = (
  { to, invitation, outcome, subject }: v.InferOutput<typeof filterSchema>,
  { acceptTemplate }: AdminContext,
): Matches => {
  const id = invitation?.toLowerCase();
  return ({ letter, bounceReason }) =>
    (to === undefined || addressKey(letter.email) === addressKey(to)) &&
    (id === undefined || letter.invitationId === id) &&
    (outcome === undefined || (outcome === 'sent') === (bounceReason === null)) &&
    (subject === undefined || writeHead(letter, acceptTemplate()).subject.includes(subject));
};
