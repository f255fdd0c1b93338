// Server-sent events: how one is framed, and an answer that carries them for as long as both sides want.
import type { ServerResponse } from 'node:http';

export type ServerEvent = {
  readonly event: string;
  /** What a client that connects again says that it has. */
  readonly id?: number;
  readonly data: object;
};

export type EventStream = {
  /** How many more bytes may be written before the client has to read some. */
  readonly room: () => number;
  readonly write: (frames: string) => void;
  /** Says a last thing and lets the client go. */
  readonly end: (frame: string) => void;
};

export type EventStreamOptions = {
  /** After so long without a word a comment is sent, so that a dead connection is noticed. */
  readonly heartbeatMs: number;
  /** What waits for a client that does not read. */
  readonly backlogBytes: number;
  readonly onRoom: () => void;
  readonly onClose: () => void;
};

/** A client that reads nothing more would hold up the end of the server. */
const farewellMs = 1_000;

const headers = {
  'content-type': 'text/event-stream',
  'cache-control': 'no-store',
  // Proxies would gather events before they pass them on.
  'x-accel-buffering': 'no',
  'x-content-type-options': 'nosniff',
} as const;

/** JSON has no line break in it; what some clients take for one beyond the standard is escaped. */
export const toFrame = ({ event, id, data }: ServerEvent): string => {
  const json = JSON.stringify(data).replace(
    /[\u0085\u2028\u2029]/g,
    (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );
  return `${id === undefined ? '' : `id: ${id}\n`}event: ${event}\ndata: ${json}\n\n`;
};

export const openEventStream = (
  response: ServerResponse,
  { heartbeatMs, backlogBytes, onRoom, onClose }: EventStreamOptions,
): EventStream => {
  const heartbeat = setInterval(() => {
    if (response.writableLength === 0) response.write(':\n\n');
  }, heartbeatMs);
  heartbeat.unref();
  response.on('drain', onRoom);
  const close = (): void => {
    clearInterval(heartbeat);
    onClose();
  };
  // Of a client that has gone nobody says so again.
  if (response.destroyed) process.nextTick(close);
  else response.on('close', close);
  response.writeHead(200, headers);
  response.write(':\n\n');
  return {
    room: () => backlogBytes - response.writableLength,
    write: (frames) => {
      if (!response.writableEnded && !response.destroyed) response.write(frames);
    },
    end: (frame) => {
      clearInterval(heartbeat);
      const cutOff = setTimeout(() => response.destroy(), farewellMs);
      response.on('close', () => {
        clearTimeout(cutOff);
      });
      response.end(frame);
    },
  };
};
