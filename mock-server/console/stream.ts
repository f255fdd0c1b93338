// The traffic of a sandbox as it happens. A page in the background lets go of its connection: browsers allow six to a
// server, and a seventh tab would wait for ever.
import { addressOf, pathOf } from './api.ts';
import type { Exchange } from './wire.ts';

export type Connection = 'connecting' | 'live' | 'lost';

type Following = {
  readonly sandbox: string;
  readonly hear: (exchange: Exchange) => void;
  readonly tell: (connection: Connection) => void;
  readonly signal: AbortSignal;
};

function isExchange(value: unknown): value is Exchange {
  return typeof value === 'object' && value !== null && 'sequence' in value && 'request' in value;
}

function listenTo(source: EventSource, { hear, tell }: Following): void {
  source.addEventListener('open', () => {
    tell('live');
  });
  source.addEventListener('error', () => {
    tell(source.readyState === EventSource.CLOSED ? 'lost' : 'connecting');
  });
  source.addEventListener('message', ({ data }: MessageEvent<string>) => {
    const exchange: unknown = JSON.parse(data);
    if (isExchange(exchange)) hear(exchange);
  });
}

export function followTraffic(following: Following): void {
  const { sandbox, tell, signal } = following;
  let source: EventSource | null = null;

  const follow = (): void => {
    const isSeen = document.visibilityState === 'visible';
    if (isSeen && source === null) {
      tell('connecting');
      source = new EventSource(addressOf(pathOf(sandbox, 'traffic', 'stream')));
      listenTo(source, following);
    } else if (!isSeen) {
      source?.close();
      source = null;
    }
  };

  document.addEventListener('visibilitychange', follow, { signal });
  signal.addEventListener('abort', () => source?.close());
  follow();
}
