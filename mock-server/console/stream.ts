// The traffic of a sandbox as it happens. A page in the background lets go of its connection: browsers allow six to a
// server, and a seventh tab would wait for ever.
import { addressOf, pathOf } from './api.ts';
import type { Exchange } from './wire.ts';

export type Connection = 'connecting' | 'live' | 'lost';

type Following = {
  readonly sandbox: string;
  readonly hear: (exchange: Exchange) => void;
  /** All that was heard has been forgotten by the server. */
  readonly clear: () => void;
  readonly tell: (connection: Connection) => void;
  /** How many follow it, this page included. */
  readonly count: (followers: number) => void;
  /** Nothing will come any more, and why. */
  readonly end: (reason: string) => void;
  readonly signal: AbortSignal;
};

/** A browser tries again by itself after a broken connection, but not after an answer that was a refusal. */
const againMs = 3_000;

const isExchange = (value: unknown): value is Exchange =>
  typeof value === 'object' && value !== null && 'sequence' in value && 'request' in value;

const reasonIn = (value: unknown): string =>
  typeof value === 'object' && value !== null && 'reason' in value ? String(value.reason) : '';

const countIn = (value: unknown): number =>
  typeof value === 'object' && value !== null && 'count' in value ? Number(value.count) : 1;

const listenTo = (
  source: EventSource,
  { hear, clear, tell, count, end }: Following,
  again: () => void,
): void => {
  source.addEventListener('open', () => {
    tell('live');
  });
  source.addEventListener('error', () => {
    if (source.readyState !== EventSource.CLOSED) {
      tell('connecting');
      return;
    }
    tell('lost');
    setTimeout(again, againMs);
  });
  source.addEventListener('clear', clear);
  source.addEventListener('followers', ({ data }: MessageEvent<string>) => {
    count(countIn(JSON.parse(data)));
  });
  source.addEventListener('end', ({ data }: MessageEvent<string>) => {
    end(reasonIn(JSON.parse(data)));
  });
  source.addEventListener('exchange', ({ data }: MessageEvent<string>) => {
    const exchange: unknown = JSON.parse(data);
    if (isExchange(exchange)) hear(exchange);
  });
};

export const followTraffic = (following: Following): void => {
  const { sandbox, clear, tell, count, signal } = following;
  let source: EventSource | null = null;

  const leave = (): void => {
    source?.close();
    source = null;
  };
  const follow = (): void => {
    if (signal.aborted || document.visibilityState !== 'visible') {
      leave();
      return;
    }
    if (source !== null && source.readyState !== EventSource.CLOSED) return;
    // A connection begins with all that is kept.
    clear();
    count(1);
    tell('connecting');
    source = new EventSource(`${addressOf(pathOf(sandbox, 'traffic', 'stream'))}?followers=true`);
    listenTo(source, following, follow);
  };

  document.addEventListener('visibilitychange', follow, { signal });
  signal.addEventListener('abort', leave);
  follow();
};
