// /_mock/sandboxes/{name}/messages: the outbox. What left is read, awaited and removed here.
import type { Request } from 'express';
import { addressKey } from '../../domain/invitation.ts';
import { writeHead, writeMail, type Mailbox } from '../sandbox/message.ts';
import type { Matches, Message } from '../sandbox/outbox.ts';
import { replyEmpty, replyJson, type Reply } from '../web/reply.ts';
import type { SandboxContext, SandboxOperation } from './context.ts';
import { choice, readQuery, text, whole, type Input } from './input.ts';
import { pageAfter } from './page-after.ts';
import { notFound, problem } from './problem.ts';

/** Each of them holds a connection. */
const mostWaiting = 100;

/** As a header has it: quoted where it has to be. [RFC 5322, 3.4] */
const formatMailbox = ({ name, address }: Mailbox): string => {
  const isPlain = /^[^()<>[\]:;@\\,."]*$/.test(name);
  const shown = isPlain ? name : `"${name.replaceAll(/["\\]/g, '\\$&')}"`;
  return `${shown} <${address}>`;
};

const presentHead = ({ acceptTemplate }: SandboxContext, message: Message): object => {
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

const readFilter = (input: Input, { acceptTemplate }: SandboxContext): Matches => {
  const to = input.read('to', text(1, 254));
  const invitation = input.read('invitation', text(1, 100))?.toLowerCase();
  const outcome = input.read('outcome', choice(['sent', 'bounced']));
  const subject = input.read('subject', text(1, 500));
  return ({ letter, bounceReason }) =>
    (to === undefined || addressKey(letter.email) === addressKey(to)) &&
    (invitation === undefined || letter.invitationId === invitation) &&
    (outcome === undefined || (outcome === 'sent') === (bounceReason === null)) &&
    (subject === undefined || writeHead(letter, acceptTemplate()).subject.includes(subject));
};

const goneSignal = ({ socket }: Request): { readonly signal: AbortSignal; release: () => void } => {
  const controller = new AbortController();
  const abort = (): void => {
    controller.abort();
  };
  socket.once('close', abort);
  if (socket.destroyed) abort();
  return { signal: controller.signal, release: () => socket.off('close', abort) };
};

/** Undefined once there is something to show, or once the time is over. */
const awaitMatch = async (
  context: SandboxContext,
  request: Request,
  matches: Matches,
  seconds: number,
): Promise<Reply | undefined> => {
  const { name, outbox } = context.hosted.sandbox;
  if (seconds === 0 || outbox.list().some(matches)) return undefined;
  if (outbox.waiting() >= mostWaiting) {
    return problem(
      429,
      'Too Many Requests',
      `${mostWaiting} requests wait for messages of "${name}" already, the most that may. End some of them, or wait in another sandbox.`,
      { 'retry-after': '1' },
    );
  }
  const { signal, release } = goneSignal(request);
  const ending = await outbox.wait(matches, seconds * 1_000, signal);
  release();
  if (ending !== 'closed') return undefined;
  return context.isReady()
    ? notFound(`The sandbox "${name}" ended while you waited.`)
    : problem(503, 'Service Unavailable', 'The server is stopping; nothing more will be sent.');
};

/** The newest first. */
export const listMessages: SandboxOperation = async (context, request) => {
  const { sandbox } = context.hosted;
  const input = readQuery(request);
  const matches = readFilter(input, context);
  const limit = input.read('limit', whole(1, 1_000)) ?? 100;
  const after = input.read('after', text(1, 100))?.toLowerCase();
  const seconds = input.read('wait', whole(0, 60)) ?? 0;
  const refusal = input.refusal();
  if (refusal !== undefined) return refusal;
  sandbox.state();
  const refused = await awaitMatch(context, request, matches, seconds);
  if (refused !== undefined) return refused;
  const matching = sandbox.outbox.list().filter(matches).reverse();
  const page = pageAfter(
    matching.map((message) => ({ id: message.letter.id, message })),
    after,
    limit,
  );
  return replyJson(200, {
    count: matching.length,
    messages: page.map(({ message }) => presentHead(context, message)),
  });
};

export const clearMessages: SandboxOperation = ({ hosted }) => {
  hosted.sandbox.state();
  hosted.sandbox.outbox.clear();
  return replyEmpty(204);
};

const idIn = (request: Request): string => String(request.params['id']).toLowerCase();

const noSuchMessage = ({ hosted }: SandboxContext, request: Request): Reply => {
  const { name } = hosted.sandbox;
  return notFound(
    `There is no message ${idIn(request)} in "${name}"; GET /_mock/sandboxes/${name}/messages lists those that there are.`,
  );
};

const findMessage = ({ hosted }: SandboxContext, request: Request): Message | undefined => {
  hosted.sandbox.state();
  return hosted.sandbox.outbox.find(idIn(request));
};

export const showMessage: SandboxOperation = (context, request) => {
  const message = findMessage(context, request);
  if (message === undefined) return noSuchMessage(context, request);
  const mail = writeMail(message.letter, context.acceptTemplate());
  return replyJson(200, { ...presentHead(context, message), text: mail.text, html: mail.html });
};

/**
 * The message could be anybody's: it runs nothing, loads nothing, and is shown in no page of others. Its links open in
 * a window of their own, if the frame that it is shown in lets them (`allow-popups allow-popups-to-escape-sandbox`).
 */
const messagePolicy = [
  'sandbox allow-popups allow-popups-to-escape-sandbox',
  "default-src 'none'",
  "style-src 'unsafe-inline'",
  'img-src data:',
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'self'",
].join('; ');

export const showMessagePage: SandboxOperation = (context, request) => {
  const message = findMessage(context, request);
  if (message === undefined) return noSuchMessage(context, request);
  return {
    status: 200,
    headers: {
      'content-type': 'text/html; charset=utf-8',
      'content-security-policy': messagePolicy,
      'x-content-type-options': 'nosniff',
      'referrer-policy': 'no-referrer',
      'cache-control': 'no-store',
    },
    body: writeMail(message.letter, context.acceptTemplate()).html,
  };
};

export const deleteMessage: SandboxOperation = (context, request) => {
  const isRemoved = context.hosted.sandbox.outbox.remove(idIn(request));
  return isRemoved ? replyEmpty(204) : noSuchMessage(context, request);
};
