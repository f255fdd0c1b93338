// /_mock/sandboxes/{name}/messages: the outbox. What left is read, awaited and removed here.
import { writeMail } from '../sandbox/message.ts';
import type { Message as SentMessage } from '../sandbox/outbox.ts';
import { mostWaiting } from '../sandboxes/entrance.ts';
import { defaultName } from '../sandboxes/registry.ts';
import { replyEmpty, replyJson, type Reply } from '../web/reply.ts';
import type { AdminRequest } from './admin-request.ts';
import type { AdminContext, SandboxContext } from './context.ts';
import { sandboxEndpoint } from './endpoint.ts';
import {
  Message,
  MessageList,
  messageQuery,
  Page,
  presentHead,
  presentMessage,
  toMessageFilter,
} from './message.ts';
import { pageAfter } from './page-after.ts';
import { notFound, problem } from './problem.ts';
import { afterId, limit, maybe, whole } from './schema/values.ts';
import { inQuery, nothing } from './takes.ts';

const goneSignal = ({
  onGone,
}: AdminRequest): { readonly signal: AbortSignal; release: () => void } => {
  const controller = new AbortController();
  const release = onGone(() => {
    controller.abort();
  });
  return { signal: controller.signal, release };
};

/** Undefined once there is something to show, or once the time is over. */
const awaitMatch = async (
  context: AdminContext,
  { wait = 0, ...wanted }: Parameters<typeof toMessageFilter>[0] & { readonly wait?: number },
  request: AdminRequest,
): Promise<Reply | undefined> => {
  if (wait === 0) return undefined;
  const name = String(request.params['name'] ?? defaultName);
  const { signal, release } = goneSignal(request);
  const { registry } = context;
  const ending = await registry
    .awaitMessage(name, toMessageFilter(wanted, context), wait * 1_000, signal)
    .finally(release);
  if (ending === 'too-many') {
    return problem(
      429,
      'Too Many Requests',
      `${mostWaiting} requests wait for messages of "${name}" already, the most that may. End some of them, or wait in another sandbox.`,
      { 'retry-after': '1' },
    );
  }
  if (ending !== 'closed') return undefined;
  return context.isReady()
    ? notFound(`The sandbox "${name}" ended while you waited.`)
    : problem(503, 'Service Unavailable', 'The server is stopping; nothing more will be sent.');
};

export const listMessages = sandboxEndpoint({
  id: 'messages_list',
  tag: 'messages',
  summary: 'List or await messages',
  description:
    'The newest first, without their texts. With `wait` the answer comes as soon as a message matches, or when the time is over, with none.',
  takes: inQuery({
    ...messageQuery,
    after: afterId,
    limit,
    wait: maybe(
      'For how many seconds of real time to wait for a first message that matches.',
      whole(0, 60),
    ),
  }),
  answers: {
    200: { description: 'The messages that match, the newest first.', schema: MessageList },
  },
  refusals: {
    429: 'As many clients as may wait here do so already.',
    503: 'The server is about to end.',
  },
  before: awaitMatch,
  handle: (context, { after, limit: most, ...wanted }) => {
    const { sandbox } = context.hosted;
    const matches = toMessageFilter(wanted, context);
    sandbox.state();
    const matching = sandbox.outbox.list().filter(matches).reverse();
    const page = pageAfter(
      matching.map((message) => ({ id: message.letter.id, message })),
      after?.toLowerCase(),
      most,
    );
    return replyJson(200, {
      count: matching.length,
      messages: page.map(({ message }) => presentHead(context, message)),
    });
  },
});

export const clearMessages = sandboxEndpoint({
  id: 'messages_clear',
  tag: 'messages',
  summary: 'Empty the outbox',
  takes: nothing,
  answers: { 204: { description: 'The outbox is empty. There is no body.' } },
  handle: ({ hosted }) => {
    hosted.sandbox.state();
    hosted.sandbox.outbox.clear();
    return replyEmpty(204);
  },
});

const idIn = (request: AdminRequest): string => String(request.params['id']).toLowerCase();

const noSuchMessage = ({ hosted }: SandboxContext, request: AdminRequest): Reply => {
  const { name } = hosted.sandbox;
  return notFound(
    `There is no message ${idIn(request)} in "${name}"; GET /_mock/sandboxes/${name}/messages lists those that there are.`,
  );
};

const findMessage = (
  { hosted }: SandboxContext,
  request: AdminRequest,
): SentMessage | undefined => {
  hosted.sandbox.state();
  return hosted.sandbox.outbox.find(idIn(request));
};

const refusals = { 404: 'There is no such sandbox, or it has no such message.' };

export const showMessage = sandboxEndpoint({
  id: 'messages_retrieve',
  tag: 'messages',
  summary: 'Read a message',
  description: 'With its texts and the link to accept with.',
  takes: nothing,
  answers: { 200: { description: 'The message.', schema: Message } },
  refusals,
  handle: (context, _, request) => {
    const message = findMessage(context, request);
    return message === undefined
      ? noSuchMessage(context, request)
      : replyJson(200, presentMessage(context, message));
  },
});

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

const showPage = (context: SandboxContext, request: AdminRequest): Reply => {
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

export const showMessagePage = sandboxEndpoint({
  id: 'messages_page',
  tag: 'messages',
  summary: 'Look at a message',
  description:
    'The message as its reader sees it, as a page for a frame. It runs nothing and loads nothing.',
  takes: nothing,
  answers: {
    200: {
      description: 'The page.',
      schema: Page,
      mediaType: 'text/html',
      headers: {
        'Content-Security-Policy': {
          description: 'What the page may do, which is next to nothing.',
          pattern: '(^|; )sandbox ',
          example: "sandbox allow-popups; default-src 'none'",
        },
      },
    },
  },
  refusals,
  handle: (context, _, request) => showPage(context, request),
});

export const deleteMessage = sandboxEndpoint({
  id: 'messages_destroy',
  tag: 'messages',
  summary: 'Remove a message',
  takes: nothing,
  answers: { 204: { description: 'The message is gone. There is no body.' } },
  refusals,
  handle: (context, _, request) => {
    const isRemoved = context.hosted.sandbox.outbox.remove(idIn(request));
    return isRemoved ? replyEmpty(204) : noSuchMessage(context, request);
  },
});
