// A request to the testers' API, as its operations see it: with no socket and no Express behind it that they know of.
import type { Request } from 'express';
import { readBytes } from '../web/body.ts';
import type { HttpRequest } from '../web/exchange-port.ts';
import { toRequest } from '../web/node-port.ts';

export type AdminRequest = HttpRequest & {
  /** What the path has in the places of its names. */
  readonly params: Readonly<Record<string, string | readonly string[]>>;
  readonly readBytes: (limit: number) => Promise<Buffer | 'too-large'>;
  /** Calls `listener` once the client has gone; gives what ends that. */
  readonly onGone: (listener: () => void) => () => void;
};

export const fromExpress = (request: Request, trustProxy: boolean): AdminRequest => ({
  ...toRequest(request, trustProxy),
  target: request.originalUrl,
  params: request.params,
  readBytes: (limit) => readBytes(request, limit),
  onGone: (listener) => {
    const { socket } = request;
    socket.once('close', listener);
    if (socket.destroyed) listener();
    return () => socket.off('close', listener);
  },
});
