// GET /_mock/health/live and /_mock/health/ready: whether the process runs, and whether it takes requests.
import { replyJson } from '../web/reply.ts';
import { serverEndpoint } from './endpoint.ts';
import { named } from './schema/named.ts';
import { choice, object } from './schema/object.ts';
import { count, maybe } from './schema/values.ts';
import { nothing } from './takes.ts';

const Health = named(
  'Health',
  'How the process is.',
  object({
    status: choice(['live', 'ready', 'stopping', 'store-away']),
    unreadable_sandboxes: maybe(
      'How many sandboxes were asked for that this version of the program cannot read; they alone are answered with 503.',
      count,
    ),
  }),
);

export const live = serverEndpoint({
  id: 'health_live',
  tag: 'process',
  summary: 'Does the process run?',
  takes: nothing,
  answers: { 200: { description: 'It does.', schema: Health } },
  handle: () => replyJson(200, { status: 'live' }),
});

export const ready = serverEndpoint({
  id: 'health_ready',
  tag: 'process',
  summary: 'Does the server take requests?',
  description:
    'A sandbox that a later version has written to is refused with 503 until that version answers; that is counted here and does not make the server unready, for it would take all other sandboxes away.',
  takes: nothing,
  answers: {
    200: { description: 'It does.', schema: Health },
    503: { description: 'It is about to end, or its store cannot be used.', schema: Health },
  },
  handle: async ({ isReady, isStoreReady, registry }) => {
    if (!isReady()) return replyJson(503, { status: 'stopping' });
    const unreadable = { unreadable_sandboxes: registry.unreadable() };
    return (await isStoreReady())
      ? replyJson(200, { status: 'ready', ...unreadable })
      : replyJson(503, { status: 'store-away', ...unreadable }, { 'retry-after': '1' });
  },
});
