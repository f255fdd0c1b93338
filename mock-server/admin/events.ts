// GET /_mock/sandboxes/{name}/events: what happened since the sandbox opened, in order.
import * as v from 'valibot';
import type { LoggedEvent } from '../sandbox/event-log.ts';
import { replyJson } from '../web/reply.ts';
import { sandboxEndpoint } from './endpoint.ts';
import { Event, EventType, presentFact } from './event.ts';
import { named } from './schema/named.ts';
import { object } from './schema/object.ts';
import { count, countOfAll, limit, maybe, told, whole } from './schema/values.ts';
import { inQuery } from './takes.ts';

const EventList = named(
  'EventList',
  'A part of what happened.',
  object({
    count: countOfAll,
    first: told(
      'The sequence of the oldest event that is kept; null when there is none.',
      v.nullable(count),
    ),
    last: told(
      'The sequence of the newest event that is kept; null when there is none.',
      v.nullable(count),
    ),
    events: v.array(Event),
  }),
);

const presentEvent = ({ sequence, event }: LoggedEvent): v.InferInput<typeof Event> => ({
  sequence,
  ...presentFact(event),
});

export const listEvents = sandboxEndpoint({
  id: 'events_list',
  tag: 'contents',
  summary: 'List what happened',
  description:
    'The facts of which the state is made, the oldest first, each with a number that grows by one. Those of the scenario are not among them; the newest 10,000 are kept.',
  takes: inQuery({
    after: maybe('Leaves out the events up to this sequence.', whole(0, Number.MAX_SAFE_INTEGER)),
    limit,
    type: maybe('Keeps only the events of this type.', EventType),
  }),
  answers: { 200: { description: 'The events, the oldest first.', schema: EventList } },
  handle: ({ hosted }, { after = 0, limit: most, type }) => {
    hosted.sandbox.state();
    const kept = hosted.sandbox.events.list();
    const matching = kept.filter(
      ({ sequence, event }) => sequence > after && (type === undefined || event.type === type),
    );
    return replyJson(200, {
      count: matching.length,
      first: kept[0]?.sequence ?? null,
      last: kept.at(-1)?.sequence ?? null,
      events: matching.slice(0, most).map(presentEvent),
    });
  },
});
