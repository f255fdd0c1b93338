// GET /_mock/sandboxes/{name}/traffic.har: the exchanges as a file for the network pane of a browser and for other tools.
import * as v from 'valibot';
import { replyJson } from '../web/reply.ts';
import { version } from '../version.ts';
import { attachment, sandboxEndpoint } from './endpoint.ts';
import { toHarEntry } from './har.ts';
import { named } from './schema/named.ts';
import { object } from './schema/object.ts';
import { moment } from './schema/values.ts';
import { inQuery } from './takes.ts';
import { afterAll } from './traffic.ts';
import { toTrafficFilter, trafficQuery } from './traffic-filter.ts';

const open = <Entries extends v.ObjectEntries>(entries: Entries) =>
  v.pipe(v.looseObject(entries), v.metadata({ additionalProperties: true }));

const Har = named(
  'Har',
  'A HAR 1.2 file.',
  object({
    log: open({
      version: v.literal('1.2'),
      creator: open({ name: v.string(), version: v.string() }),
      entries: v.array(
        open({
          startedDateTime: moment,
          time: v.number(),
          request: open({}),
          response: open({}),
          cache: open({}),
          timings: open({}),
        }),
      ),
    }),
  }),
);

export const exportHar = sandboxEndpoint({
  id: 'traffic_har',
  tag: 'traffic',
  summary: 'Save the exchanges as a HAR file',
  description: 'HAR 1.2, the oldest first, for the network pane of a browser and for other tools.',
  takes: inQuery(trafficQuery),
  answers: { 200: { description: 'The file.', schema: Har, headers: attachment } },
  before: afterAll,
  handle: ({ hosted, findRule }, query, { base }) => {
    const entries = hosted.sandbox.traffic
      .list()
      .filter(toTrafficFilter(query))
      .map((exchange) => toHarEntry(base, exchange, findRule(exchange.rule ?? '')));
    const creator = { name: 'invitations-mock', version: version() };
    const log = { version: '1.2', creator, pages: [], entries };
    // Names of sandboxes have nothing in them that a header would have to quote.
    const disposition = `attachment; filename="${hosted.sandbox.name}.har"`;
    return replyJson(200, { log }, { 'content-disposition': disposition });
  },
});
