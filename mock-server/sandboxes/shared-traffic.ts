// The traffic of sandboxes whose store has it: what this process saw goes there, and what is shown comes from there.
import {
  createTraffic,
  type Traffic,
  type OwnTraffic,
  type TrafficLimits,
  type TrafficRecord,
} from '../sandbox/traffic.ts';
import type { TrafficStore, TrafficTail } from '../stores/traffic.ts';
import { beatMs, createOutgoing } from './outgoing-traffic.ts';

const isRecord = (value: unknown): value is TrafficRecord =>
  ['request', 'response', 'findings'].every(
    (name) => typeof value === 'object' && value !== null && name in value,
  );

/** What is shown of a sandbox, as far as somebody looked. */
type Shown = { readonly name: string; readonly traffic: OwnTraffic; era: number };

const show = (shown: Shown, tail: TrafficTail | undefined): void => {
  // Whoever notices that a sandbox has ended tells those who follow it.
  if (tail === undefined) return;
  const { traffic, era } = shown;
  if (tail.era !== era || tail.from !== traffic.extent().clearedAt) traffic.clear(tail.from);
  shown.era = tail.era;
  for (const { sequence, text } of tail.exchanges) {
    const record: unknown = JSON.parse(text);
    if (isRecord(record)) traffic.record(record, sequence);
  }
};

/** As many sandboxes as are asked for at once: each may have all that is kept of one. */
const mostAsked = 20;

/** Few statements ask for all that somebody wants to see by then; one follows the other. */
const createIncoming = ({ read }: TrafficStore) => {
  let next: { readonly all: Set<Shown>; readonly done: Promise<void> } | undefined;
  let last = Promise.resolve();
  const ask = async (all: ReadonlySet<Shown>): Promise<void> => {
    for (const left = [...all]; left.length > 0;) {
      const asked = left.splice(0, mostAsked);
      const tails = await read(
        asked.map(({ name, traffic, era }) => ({ name, era, after: traffic.extent().next - 1 })),
      );
      asked.forEach((shown, place) => {
        show(shown, tails[place]);
      });
    }
  };
  return (shown: Shown): Promise<void> => {
    if (next === undefined) {
      const all = new Set<Shown>();
      const begin = (): Promise<void> => {
        next = undefined;
        return ask(all);
      };
      const done = last.then(begin);
      last = done.catch(() => undefined);
      next = { all, done };
    }
    next.all.add(shown);
    return next.done;
  };
};

/** Brings what comes to those who follow. */
const createFollowing = (refresh: (shown: Shown) => Promise<void>) => {
  const followed = new Set<Shown>();
  let timer: NodeJS.Timeout | undefined;
  const look = async (): Promise<void> => {
    for (const shown of followed) if (shown.traffic.listeners() === 0) followed.delete(shown);
    // Where the store cannot be reached, the next look tries again.
    await Promise.allSettled([...followed].map(refresh));
    timer = undefined;
    schedule();
  };
  const schedule = (): void => {
    if (followed.size > 0) timer ??= setTimeout(() => void look(), beatMs).unref();
  };
  return (shown: Shown): void => {
    followed.add(shown);
    schedule();
  };
};

export type Traffics = {
  readonly open: (name: string) => Traffic;
  /** Resolves when all that was seen here is kept, as far as it can be. */
  readonly keep: () => Promise<void>;
};

const openShared = (store: TrafficStore, limits: TrafficLimits): Traffics => {
  const outgoing = createOutgoing(store, limits);
  const refresh = createIncoming(store);
  const follow = createFollowing(refresh);
  return {
    keep: outgoing.send,
    open: (name) => {
      const traffic = createTraffic(limits);
      const shown: Shown = { name, traffic, era: -1 };
      return {
        ...traffic,
        record: (record) => {
          outgoing.add(name, record);
        },
        clear: async () => {
          outgoing.forget(name);
          await store.clear(name);
          await refresh(shown);
        },
        refresh: async () => {
          await outgoing.send();
          await refresh(shown);
        },
        subscribe: (listener) => {
          const leave = traffic.subscribe(listener);
          follow(shown);
          return leave;
        },
      };
    },
  };
};

/** Of sandboxes whose traffic no store has, each is on its own. */
export const openTraffics = (store: TrafficStore | undefined, limits: TrafficLimits): Traffics =>
  store === undefined
    ? { open: () => createTraffic(limits), keep: () => Promise.resolve() }
    : openShared(store, limits);
