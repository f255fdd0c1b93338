// GET /_mock/sandboxes/{name}/traffic/stream: the exchanges as server-sent events, those that are kept and those that come.
// What a client has not read yet waits in the traffic itself, which is bounded, and not once more for each client.
import type { Request } from 'express';
import type { Traffic } from '../sandbox/traffic.ts';
import { openEventStream, toFrame, type EventStream } from '../web/event-stream.ts';
import type { Reply } from '../web/reply.ts';
import { writeReply } from '../web/write.ts';
import type { SandboxContext, SandboxStream } from './context.ts';
import { createInput, readQuery, whole } from './input.ts';
import { createExchangePresenter, type PresentExchange } from './present-exchange.ts';
import { problem } from './problem.ts';
import { readTrafficFilter, type AcceptsExchange } from './traffic-filter.ts';

const mostStreams = 50;
const heartbeatMs = 15_000;
const backlogBytes = 262_144;

type Asked = {
  readonly accepts: AcceptsExchange;
  /** The sequence of the last one that the client has. */
  readonly after: number;
};

/** A browser that connects again says in `Last-Event-ID` what it has; the address still says what it had at first. */
const readAsked = (
  context: SandboxContext,
  request: Request,
): Asked | { readonly refused: Reply } => {
  const { isReady, hosted } = context;
  const query = readQuery(request);
  const accepts = readTrafficFilter(query, context);
  const sequence = whole(0, Number.MAX_SAFE_INTEGER);
  const first = query.read('after', sequence) ?? 0;
  const id = request.headers['last-event-id'];
  const header = createInput(id === undefined || id === '' ? {} : { 'Last-Event-ID': id });
  const after = header.read('Last-Event-ID', sequence) ?? first;
  const refused = query.refusal() ?? header.refusal();
  if (refused !== undefined) return { refused };
  if (!isReady()) {
    return { refused: problem(503, 'Service Unavailable', 'The server is about to stop.') };
  }
  if (hosted.sandbox.traffic.listeners() < mostStreams) return { accepts, after };
  const detail = `${mostStreams} clients follow the traffic of this sandbox already, as many as may. Close one of them.`;
  return { refused: problem(429, 'Too Many Requests', detail) };
};

type Position = {
  /** The sequence of the next one that the client shall see. */
  cursor: number;
  /** Up to where the client knows that all was forgotten. */
  clearedAt: number;
};

const unknown = -1;

const positionAfter = (traffic: Traffic, after: number): Position => {
  const { first, next, clearedAt } = traffic.extent();
  if (after === 0) return { cursor: first, clearedAt };
  // It has seen more than there was: that was another server, of which nothing is left.
  if (after >= next) return { cursor: first, clearedAt: unknown };
  return { cursor: after + 1, clearedAt: after >= clearedAt ? clearedAt : unknown };
};

/** As many frames as there is room for. */
const takeFrames = (
  traffic: Traffic,
  position: Position,
  { accepts }: Asked,
  present: PresentExchange,
  room: number,
): string => {
  let frames = '';
  while (frames.length < room) {
    const { first, next, clearedAt } = traffic.extent();
    if (position.clearedAt !== clearedAt) {
      frames += toFrame({ event: 'clear', data: {} });
      position.clearedAt = clearedAt;
      position.cursor = Math.max(position.cursor, clearedAt);
    }
    if (position.cursor < first) {
      frames += toFrame({ event: 'gap', data: { missed: first - position.cursor } });
      position.cursor = first;
    }
    if (position.cursor >= next) break;
    const exchange = traffic.find(position.cursor);
    position.cursor += 1;
    if (exchange === undefined || !accepts(exchange)) continue;
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

export const streamTraffic: SandboxStream = (context, request, response, fail) => {
  const { traffic } = context.hosted.sandbox;
  const asked = readAsked(context, request);
  if ('refused' in asked) {
    writeReply(response, asked.refused);
    return;
  }
  const position = positionAfter(traffic, asked.after);
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
  const leave = traffic.subscribe({ recorded: schedule, cleared: schedule, ended });
  if (request.method === 'HEAD') response.end();
  else pump();
};
