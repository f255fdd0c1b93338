// GET /_mock/health/live and /_mock/health/ready: whether the process runs, and whether it takes requests.
import { replyJson } from '../web/reply.ts';
import { serverEndpoint } from './endpoint.ts';
import { named } from './schema/named.ts';
import { choice, object } from './schema/object.ts';
import { nothing } from './takes.ts';

const Health = named(
  'Health',
  'How the process is.',
  object({ status: choice(['live', 'ready', 'stopping', 'store-away']) }),
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
  takes: nothing,
  answers: {
    200: { description: 'It does.', schema: Health },
    503: { description: 'It is about to end, or its store cannot be used.', schema: Health },
  },
  handle: async ({ isReady, isStoreReady }) => {
    if (!isReady()) return replyJson(503, { status: 'stopping' });
    return (await isStoreReady())
      ? replyJson(200, { status: 'ready' })
      : replyJson(503, { status: 'store-away' }, { 'retry-after': '1' });
  },
});
