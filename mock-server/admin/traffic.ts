// GET and DELETE /_mock/traffic: the last exchanges and what was found wrong in them.
import { replyEmpty, replyJson } from '../web/reply.ts';
import type { SandboxOperation } from './context.ts';
import { readQuery, text, whole } from './input.ts';
import { createExchangePresenter } from './present-exchange.ts';
import { readTrafficFilter } from './traffic-filter.ts';

/** The newest come first. `?after=ID` has those that came before it. */
export const listTraffic: SandboxOperation = (context, request) => {
  const input = readQuery(request);
  const accepts = readTrafficFilter(input, context);
  const limit = input.read('limit', whole(1, 1_000)) ?? 100;
  const after = input.read('after', text(1, 100));
  const refusal = input.refusal();
  if (refusal !== undefined) return refusal;
  const kept = context.hosted.sandbox.traffic.list();
  const matching = kept.filter(accepts);
  // Clients may give an id twice; the oldest is meant, so that whoever turns the pages comes to an end.
  const last = after === undefined ? undefined : kept.find(({ id }) => id === after);
  const end = last?.sequence ?? (after === undefined ? Number.POSITIVE_INFINITY : 0);
  const page = matching
    .filter(({ sequence }) => sequence < end)
    .slice(-limit)
    .reverse();
  const exchanges = page.map(createExchangePresenter(context, request));
  return replyJson(200, { count: matching.length, exchanges });
};

export const clearTraffic: SandboxOperation = ({ hosted }) => {
  hosted.sandbox.traffic.clear();
  return replyEmpty(204);
};
