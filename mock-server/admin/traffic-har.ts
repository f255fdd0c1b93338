// GET /_mock/sandboxes/{name}/traffic.har: the exchanges as a file for the network pane of a browser and for other tools.
import { baseAddress } from '../web/base-address.ts';
import { replyJson } from '../web/reply.ts';
import { version } from '../version.ts';
import type { SandboxOperation } from './context.ts';
import { toHarEntry } from './har.ts';
import { readQuery } from './input.ts';
import { readTrafficFilter } from './traffic-filter.ts';

export const exportHar: SandboxOperation = (context, request) => {
  const { hosted, contract, trustProxy } = context;
  const input = readQuery(request);
  const accepts = readTrafficFilter(input, context);
  const refusal = input.refusal();
  if (refusal !== undefined) return refusal;
  const base = baseAddress(request, trustProxy);
  const entries = hosted.sandbox.traffic
    .list()
    .filter(accepts)
    .map((exchange) => toHarEntry(base, exchange, contract.findRule(exchange.rule ?? '')));
  const creator = { name: 'invitations-mock', version: version() };
  const log = { version: '1.2', creator, pages: [], entries };
  // Names of sandboxes have nothing in them that a header would have to quote.
  const disposition = `attachment; filename="${hosted.sandbox.name}.har"`;
  return replyJson(200, { log }, { 'content-disposition': disposition });
};
