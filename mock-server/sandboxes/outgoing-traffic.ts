// What a process saw of traffic that its store has, on its way there: now and then, and no request waits for it. What would
// be too much for that is left out and counted.
import {
  createRing,
  type Ring,
  type TrafficLimits,
  type TrafficRecord,
} from '../sandbox/traffic.ts';
import type { TrafficBatch, TrafficStore } from '../stores/traffic.ts';

/** How often a process tells what it saw, and whoever follows is told. */
export const beatMs = 200;
/** What is told at a time, of all sandboxes together; of each one at least. */
const most = { exchanges: 200, characters: 500_000 } as const;
/** The store has to have as many times the time that it took to do something else. */
const rest = 4;
/** After which part of what a sandbox keeps somebody looks whether there is too much. */
const trimPart = 1 / 8;

/** Of one sandbox, since this process told of it last. */
type Waiting = {
  readonly ring: Ring;
  /** When each was recorded, by its sequence. */
  readonly times: number[];
};

/** When a sandbox has to be looked at because of what was added to it. */
const createTrims = ({ records, characters }: TrafficLimits) => {
  const added = new Map<string, { exchanges: number; characters: number }>();
  return (name: string, texts: readonly string[]): TrafficBatch['bounds'] => {
    const sum = added.get(name) ?? { exchanges: 0, characters: 0 };
    const bounds = { exchanges: records, characters: characters() };
    sum.exchanges += texts.length;
    for (const { length } of texts) sum.characters += length;
    added.set(name, sum);
    const isMuch =
      sum.exchanges > records * trimPart || sum.characters > bounds.characters * trimPart;
    if (isMuch) added.delete(name);
    return isMuch ? bounds : undefined;
  };
};

type Waits = ReadonlyMap<string, Waiting>;

/** Gives and sends what waits. */
const createSend = ({ append }: TrafficStore, limits: TrafficLimits) => {
  const trim = createTrims(limits);
  /** How many of each sandbox came to nothing. */
  const missed = new Map<string, number>();
  const take = (name: string, { ring, times }: Waiting, share: number): TrafficBatch => {
    const kept = ring.list().slice(-share);
    const exchanges = kept.map((record) => ({
      at: times[record.sequence] ?? 0,
      text: JSON.stringify(record),
    }));
    const lost = (missed.get(name) ?? 0) + ring.extent().next - 1 - kept.length;
    missed.delete(name);
    const bounds = trim(
      name,
      exchanges.map(({ text }) => text),
    );
    return { name, missed: lost, exchanges, bounds };
  };
  return async (waiting: Waits): Promise<void> => {
    const share = Math.max(1, Math.floor(most.exchanges / waiting.size));
    const batches = Array.from(waiting, ([name, own]) => take(name, own, share));
    try {
      await append(batches);
    } catch {
      // It may be there for all that, and nothing may be there twice.
      for (const { name, missed: before, exchanges } of batches) {
        missed.set(name, (missed.get(name) ?? 0) + before + exchanges.length);
      }
    }
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
  let waiting = new Map<string, Waiting>();
  let timer: NodeJS.Timeout | undefined;
  let underWay: Promise<void> | undefined;
  let pauseMs = beatMs;

  const run = async (): Promise<void> => {
    const startedAt = performance.now();
    const taken = waiting;
    waiting = new Map();
    await send(taken);
    pauseMs = Math.max(beatMs, rest * (performance.now() - startedAt));
    underWay = undefined;
    schedule();
  };
  const start = (): Promise<void> => {
    clearTimeout(timer);
    timer = undefined;
    underWay = run();
    return underWay;
  };
  const schedule = (): void => {
    if (timer !== undefined || underWay !== undefined || waiting.size === 0) return;
    timer = setTimeout(() => void start(), pauseMs).unref();
  };
  const bounds: TrafficLimits = {
    records: limits.records,
    characters: () => Math.min(limits.characters(), most.characters / waiting.size),
  };
  return {
    add: (name, record) => {
      const own = waiting.get(name) ?? { ring: createRing(bounds), times: [] };
      waiting.set(name, own);
      own.times[own.ring.extent().next] = store.now();
      own.ring.record(record);
      schedule();
    },
    forget: (name) => {
      waiting.delete(name);
    },
    send: async () => {
      await underWay;
      if (waiting.size > 0) await start();
    },
  };
};
