// GET /_mock/sandboxes/{name}/traffic/stream: the exchanges as server-sent events, those that are kept and those that come.
// What a client has not read yet waits in the traffic itself, which is bounded, and not once more for each client.
import * as v from 'valibot';
import type { Traffic } from '../sandbox/traffic.ts';
import { openEventStream, toFrame, type EventStream } from '../web/event-stream.ts';
import type { Reply } from '../web/reply.ts';
import { writeReply } from '../web/write.ts';
import type { AdminRequest } from './admin-request.ts';
import type { SandboxContext } from './context.ts';
import type { SandboxStream } from './endpoint.ts';
import { countFollowers, joinFollowers } from './followers.ts';
import { createExchangePresenter, type PresentExchange } from './exchange.ts';
import { problem } from './problem.ts';
import { fromTexts } from './schema/from-texts.ts';
import { named } from './schema/named.ts';
import { object } from './schema/object.ts';
import { flag, maybe, whole } from './schema/values.ts';
import { check, readQuery } from './takes.ts';
import { toTrafficFilter, trafficQuery, type AcceptsExchange } from './traffic-filter.ts';

const mostStreams = 50;
const heartbeatMs = 15_000;
const backlogBytes = 262_144;

type AskedStream = {
  readonly tellsFollowers: boolean;
  readonly accepts: AcceptsExchange;
  /** The sequence of the last one that the client has. */
  readonly after: number;
};

const sequence = whole(0, Number.MAX_SAFE_INTEGER);

const query = {
  ...trafficQuery,
  after: maybe(
    'Leaves out the exchanges up to this sequence; `Last-Event-ID` counts more.',
    sequence,
  ),
  followers: maybe('Tells also how many clients follow the sandbox, whenever that changes.', flag),
};

const header = { 'Last-Event-ID': v.exactOptional(sequence) };

/** A browser that connects again says in `Last-Event-ID` what it has; the address still says what it had at first. */
const readAsked = (
  { isReady, hosted }: SandboxContext,
  request: AdminRequest,
): AskedStream | { readonly refused: Reply } => {
  const asked = readQuery(query, request);
  if ('refused' in asked) return asked;
  const id = String(request.headers['last-event-id'] ?? '');
  const last = check(object(header), fromTexts(header, { 'Last-Event-ID': id }));
  if ('refused' in last) return last;
  if (!isReady()) {
    return { refused: problem(503, 'Service Unavailable', 'The server is about to stop.') };
  }
  const { after: first = 0, followers: tellsFollowers = false, ...wanted } = asked.value;
  const { 'Last-Event-ID': after = first } = last.value;
  if (hosted.sandbox.traffic.listeners() < mostStreams) {
    return { accepts: toTrafficFilter(wanted), after, tellsFollowers };
  }
  const detail = `${mostStreams} clients follow the traffic of this sandbox already, as many as may. Close one of them.`;
  return { refused: problem(429, 'Too Many Requests', detail) };
};

type Position = {
  /** The sequence of the next one that the client shall see. */
  cursor: number;
  /** Up to where the client knows that all was forgotten. */
  clearedAt: number;
  /** How many the client knows that they are. */
  followers: number;
};

const unknown = -1;

const positionAfter = (traffic: Traffic, after: number): Omit<Position, 'followers'> => {
  const { first, next, clearedAt } = traffic.extent();
  if (after === 0) return { cursor: first, clearedAt };
  // It has seen more than there was: that was another server, of which nothing is left.
  if (after >= next) return { cursor: first, clearedAt: unknown };
  return { cursor: after + 1, clearedAt: after >= clearedAt ? clearedAt : unknown };
};

/** The sequence of the next one that is kept. */
const seek = (traffic: Traffic, { cursor }: Position): number => {
  const { first, next } = traffic.extent();
  let sequence = Math.max(cursor, first);
  while (sequence < next && traffic.find(sequence) === undefined) sequence += 1;
  return sequence;
};

/** As many frames as there is room for. */
const takeFrames = (
  traffic: Traffic,
  position: Position,
  { accepts, tellsFollowers }: AskedStream,
  present: PresentExchange,
  room: number,
): string => {
  let frames = '';
  while (frames.length < room) {
    const { clearedAt } = traffic.extent();
    if (position.clearedAt !== clearedAt) {
      frames += toFrame({ event: 'clear', data: {} });
      position.clearedAt = clearedAt;
      position.cursor = Math.max(position.cursor, clearedAt);
    }
    const kept = seek(traffic, position);
    if (position.cursor < kept) {
      frames += toFrame({ event: 'gap', data: { missed: kept - position.cursor } });
      position.cursor = kept;
    }
    const followers = countFollowers(traffic);
    if (tellsFollowers && position.followers !== followers) {
      frames += toFrame({ event: 'followers', data: { count: followers } });
      position.followers = followers;
    }
    const exchange = traffic.find(position.cursor);
    if (exchange === undefined) break;
    position.cursor += 1;
    if (!accepts(exchange)) continue;
    frames += toFrame({ event: 'exchange', id: exchange.sequence, data: present(exchange) });
  }
  return frames;
};

/** `pump` writes what there is; `schedule` does so soon, once for all that comes until then. */
const createPump = (
  stream: EventStream,
  take: (room: number) => string,
  fail: (error: unknown) => void,
) => {
  let isScheduled = false;
  const pump = (): void => {
    isScheduled = false;
    try {
      const frames = take(stream.room());
      if (frames !== '') stream.write(frames);
    } catch (error) {
      fail(error);
    }
  };
  return {
    pump,
    schedule: (): void => {
      if (isScheduled) return;
      isScheduled = true;
      setImmediate(pump);
    },
  };
};

const follow: SandboxStream['stream'] = (context, request, response, fail) => {
  const { traffic } = context.hosted.sandbox;
  const asked = readAsked(context, request);
  if ('refused' in asked) {
    writeReply(response, asked.refused);
    return;
  }
  const position: Position = { ...positionAfter(traffic, asked.after), followers: 1 };
  const present = createExchangePresenter(context, request);
  const stream = openEventStream(response, {
    heartbeatMs,
    backlogBytes,
    onRoom: () => {
      schedule();
    },
    onClose: () => {
      leave();
    },
  });
  const take = (room: number): string => takeFrames(traffic, position, asked, present, room);
  const { pump, schedule } = createPump(stream, take, fail);
  const ended = (reason: string): void => {
    pump();
    stream.end(toFrame({ event: 'end', data: { reason } }));
  };
  const unsubscribe = traffic.subscribe({ recorded: schedule, cleared: schedule, ended });
  const disjoin = joinFollowers(traffic, schedule);
  const leave = (): void => {
    unsubscribe();
    disjoin();
  };
  if (request.method === 'HEAD') response.end();
  else pump();
};

const EventStream = named(
  'EventStream',
  'Server-sent events. The `data` of each is an `Exchange`.',
  v.pipe(
    v.string(),
    v.regex(/^((:|id:|event:|data:|retry:).*)?(\r?\n|$)/),
    v.metadata({ example: 'id: 42\ndata: {}\n\n' }),
  ),
);

export const streamTraffic: SandboxStream = {
  id: 'traffic_stream',
  tag: 'traffic',
  summary: 'Follow the exchanges',
  description:
    'Server-sent events: what is kept, the oldest first, and then what comes. Of an `exchange` the `id` is its sequence and the `data` an `Exchange`. `clear` says that the list was emptied, `gap` how many exchanges are `missed` because they were no longer kept, `followers` how many clients follow the sandbox, this one included, and `end` why nothing more will come. Every 15 seconds there is a comment, so that a dead connection is noticed. At most 50 clients may follow a sandbox.',
  query,
  headers: {
    'Last-Event-ID':
      'The `id` of the last event that was read; what browsers send when they connect again.',
  },
  answers: {
    200: {
      description: 'The exchanges that match, as they come.',
      schema: EventStream,
      mediaType: 'text/event-stream',
    },
  },
  refusals: {
    429: 'As many clients as may follow here do so already.',
    503: 'The server is about to end.',
  },
  stream: follow,
};
