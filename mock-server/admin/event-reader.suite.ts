// How tests read server-sent events: over a real socket, as a browser would take them apart.
import { request, type IncomingMessage } from 'node:http';

export type Received = {
  readonly event: string;
  readonly id: string | undefined;
  readonly data: unknown;
};

export type EventReader = {
  readonly response: IncomingMessage;
  /** The next event; null where the server has ended the stream. */
  readonly next: () => Promise<Received | null>;
  /** The next so many. */
  readonly take: (count: number) => Promise<readonly Received[]>;
  readonly close: () => void;
};

const parseFrame = (frame: string): Received | undefined => {
  const fields = new Map<string, string>();
  for (const line of frame.split(/\r\n|\r|\n/)) {
    const [, name = '', value = ''] = /^([^:]*):? ?(.*)$/s.exec(line) ?? [];
    if (name !== '') fields.set(name, value);
  }
  const data = fields.get('data');
  if (data === undefined) return undefined;
  const event = fields.get('event') ?? 'message';
  return { event, id: fields.get('id'), data: JSON.parse(data) };
};

// eslint-disable-next-line func-style -- There are no arrow functions that yield.
async function* eventsIn(response: IncomingMessage): AsyncGenerator<Received, undefined> {
  let text = '';
  response.setEncoding('utf8');
  for await (const chunk of response) {
    text += String(chunk);
    const frames = text.split('\n\n');
    text = frames.pop() ?? '';
    for (const frame of frames) {
      const received = parseFrame(frame);
      if (received !== undefined) yield received;
    }
  }
}

/** Nothing is read before the first `next`. */
export const readEvents = async (
  url: string,
  headers: Readonly<Record<string, string>> = {},
): Promise<EventReader> => {
  const response = await new Promise<IncomingMessage>((resolve, reject) => {
    const outgoing = request(url, { agent: false, headers });
    outgoing.on('error', reject);
    outgoing.on('response', resolve);
    outgoing.end();
  });
  const events = eventsIn(response);
  const next = async (): Promise<Received | null> => {
    const { value } = await events.next();
    return value ?? null;
  };
  return {
    response,
    next,
    take: async (count) => {
      const received: Received[] = [];
      while (received.length < count) {
        const one = await next();
        if (one === null) throw new Error(`The stream ended after ${received.length} events.`);
        received.push(one);
      }
      return received;
    },
    close: () => {
      response.destroy();
    },
  };
};
