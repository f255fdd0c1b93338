// What a process saw of traffic that its store has, on its way there: now and then, and no request waits for it. Of what
// is too much for that the oldest are left out and counted.
import {
  createRing,
  type Ring,
  type TrafficLimits,
  type TrafficRecord,
} from '../sandbox/traffic.ts';
import type { TrafficBatch, TrafficStore } from '../stores/traffic.ts';

/** How often a process tells what it saw, and whoever follows is told. */
export const beatMs = 200;
/** What is told at a time, of all sandboxes together; of each one at least. What is more waits for the next time. */
const most = { exchanges: 200, characters: 500_000 } as const;
const mostRounds = 30;
/** The store has to have as many times the time that it took to do something else. */
const rest = 4;
/** After which part of what a sandbox keeps somebody looks whether there is too much. */
const trimPart = 1 / 8;
/** Of how many sandboxes it is known how much was added to them. */
const mostNames = 10_000;

/** Of one sandbox: what of it is on its way. */
type Waiting = {
  readonly ring: Ring;
  /** When each was recorded, by its sequence as far as the ring has it. */
  readonly times: number[];
  /** The sequence of the last that was sent. */
  sent: number;
  /** How many before the next came to nothing. */
  missed: number;
};

const isWaiting = ({ ring, sent }: Waiting): boolean => ring.extent().next - 1 > sent;

/** When a sandbox has to be looked at because of what was added to it. */
const createTrims = ({ records, characters }: TrafficLimits) => {
  const added = new Map<string, { exchanges: number; characters: number }>();
  return (name: string, texts: readonly string[]): TrafficBatch['bounds'] => {
    const sum = added.get(name) ?? { exchanges: 0, characters: 0 };
    const bounds = { exchanges: records, characters: characters() };
    sum.exchanges += texts.length;
    for (const { length } of texts) sum.characters += length;
    // Those that had something last are the last to be forgotten.
    added.delete(name);
    added.set(name, sum);
    const [oldest = name] = added.size > mostNames ? added.keys() : [];
    if (oldest !== name) added.delete(oldest);
    const isMuch =
      sum.exchanges > records * trimPart || sum.characters > bounds.characters * trimPart;
    if (isMuch) added.delete(name);
    return isMuch ? bounds : undefined;
  };
};

type Share = { readonly exchanges: number; readonly characters: number };

/** The oldest that wait, as many as may be. */
const take = (waiting: Waiting, share: Share): TrafficBatch['exchanges'] => {
  const { ring, times } = waiting;
  const { first, next } = ring.extent();
  const taken: { at: number; text: string }[] = [];
  waiting.missed += Math.max(0, first - 1 - waiting.sent);
  waiting.sent = Math.max(first - 1, waiting.sent);
  for (let characters = 0; taken.length < share.exchanges && waiting.sent < next - 1;) {
    const sequence = waiting.sent + 1;
    const text = JSON.stringify(ring.find(sequence));
    characters += text.length;
    if (taken.length > 0 && characters > share.characters) break;
    taken.push({ at: times[sequence % times.length] ?? 0, text });
    waiting.sent = sequence;
  }
  return taken;
};

/** Sends some of each, and forgets those of which nothing is left. False where the store did not take it. */
const createSend = ({ append }: TrafficStore, limits: TrafficLimits) => {
  const trim = createTrims(limits);
  return async (all: Map<string, Waiting>): Promise<boolean> => {
    // What came to nothing is told with what others have, so that nothing is left of sandboxes that have ended.
    const asked = [...all];
    const share = {
      exchanges: Math.max(1, Math.floor(most.exchanges / asked.length)),
      characters: most.characters / asked.length,
    };
    const batches = asked.map(([name, waiting]): TrafficBatch => {
      const exchanges = take(waiting, share);
      const { missed } = waiting;
      waiting.missed = 0;
      const bounds = trim(
        name,
        exchanges.map(({ text }) => text),
      );
      return { name, missed, exchanges, bounds };
    });
    try {
      await append(batches);
    } catch {
      // It may be there for all that, and nothing may be there twice.
      asked.forEach(([, waiting], place) => {
        const { missed = 0, exchanges = [] } = batches[place] ?? {};
        waiting.missed += missed + exchanges.length;
      });
      return false;
    }
    for (const [name, waiting] of asked) {
      if (!isWaiting(waiting) && waiting.missed === 0 && all.get(name) === waiting)
        all.delete(name);
    }
    return true;
  };
};

export type Outgoing = {
  readonly add: (name: string, record: TrafficRecord) => void;
  /** Of what was added and is not there yet. */
  readonly forget: (name: string) => void;
  /** Resolves when all that was added is there, as far as that can be. */
  readonly send: () => Promise<void>;
};

export const createOutgoing = (store: TrafficStore, limits: TrafficLimits): Outgoing => {
  const send = createSend(store, limits);
  const all = new Map<string, Waiting>();
  let timer: NodeJS.Timeout | undefined;
  let underWay: Promise<boolean> | undefined;
  let pauseMs = beatMs;
  const hasMore = (): boolean => [...all.values()].some(isWaiting);

  const run = async (): Promise<boolean> => {
    const startedAt = performance.now();
    const isThere = await send(all);
    pauseMs = Math.max(beatMs, rest * (performance.now() - startedAt));
    underWay = undefined;
    if (hasMore()) schedule();
    return isThere;
  };
  const start = (): Promise<boolean> => {
    clearTimeout(timer);
    timer = undefined;
    underWay = run();
    return underWay;
  };
  const schedule = (): void => {
    if (underWay === undefined) timer ??= setTimeout(() => void start(), pauseMs).unref();
  };
  const begin = (name: string): Waiting => {
    const times = Array<number>(limits.records).fill(0);
    const waiting = { ring: createRing(limits), times, sent: 0, missed: 0 };
    all.set(name, waiting);
    return waiting;
  };
  return {
    add: (name, record) => {
      const { ring, times } = all.get(name) ?? begin(name);
      times[ring.extent().next % times.length] = store.now();
      ring.record(record);
      schedule();
    },
    forget: (name) => {
      all.delete(name);
    },
    send: async () => {
      // Others may add to it all the time; and a store that is away is not asked again and again.
      for (let left = mostRounds; left > 0 && (underWay !== undefined || hasMore()); left -= 1)
        if (!(await (underWay ?? start()))) return;
    },
  };
};
