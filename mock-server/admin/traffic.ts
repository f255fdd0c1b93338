// GET and DELETE /_mock/traffic: the last exchanges and what was found wrong in them.
import * as v from 'valibot';
import { replyEmpty, replyJson } from '../web/reply.ts';
import { defaultName } from '../sandboxes/registry.ts';
import type { AdminRequest } from './admin-request.ts';
import type { AdminContext } from './context.ts';
import { sandboxEndpoint } from './endpoint.ts';
import { createExchangePresenter, Exchange } from './exchange.ts';
import { named } from './schema/named.ts';
import { object } from './schema/object.ts';
import { afterId, countOfAll, limit } from './schema/values.ts';
import { inQuery, nothing } from './takes.ts';
import { toTrafficFilter, trafficQuery } from './traffic-filter.ts';

const ExchangeList = named(
  'ExchangeList',
  "A part of a sandbox's traffic.",
  object({ count: countOfAll, exchanges: v.array(Exchange) }),
);

/** What was answered before is in the list, whichever process answers. */
export const afterAll = async (
  { registry }: AdminContext,
  _asked: unknown,
  { params }: AdminRequest,
): Promise<undefined> => {
  await registry.refreshTraffic(String(params['name'] ?? defaultName), 'all');
};

/** `?after=ID` has those that came before it. */
export const listTraffic = sandboxEndpoint({
  id: 'traffic_list',
  tag: 'traffic',
  summary: 'List the exchanges',
  description: 'The newest first. The last 1,000 are kept.',
  takes: inQuery({ ...trafficQuery, limit, after: afterId }),
  answers: {
    200: { description: 'The exchanges that match, the newest first.', schema: ExchangeList },
  },
  before: afterAll,
  handle: (context, { limit: most, after, ...query }, request) => {
    const kept = context.hosted.sandbox.traffic.list();
    const matching = kept.filter(toTrafficFilter(query));
    // Clients may give an id twice; the oldest is meant, so that whoever turns the pages comes to an end.
    const last = after === undefined ? undefined : kept.find(({ id }) => id === after);
    const end = last?.sequence ?? (after === undefined ? Number.POSITIVE_INFINITY : 0);
    const page = matching
      .filter(({ sequence }) => sequence < end)
      .slice(-most)
      .reverse();
    const exchanges = page.map(createExchangePresenter(context, request));
    return replyJson(200, { count: matching.length, exchanges });
  },
});

export const clearTraffic = sandboxEndpoint({
  id: 'traffic_clear',
  tag: 'traffic',
  summary: 'Forget the exchanges',
  takes: nothing,
  answers: { 204: { description: 'The list is empty. There is no body.' } },
  handle: async ({ hosted }) => {
    await hosted.sandbox.traffic.clear();
    return replyEmpty(204);
  },
});
