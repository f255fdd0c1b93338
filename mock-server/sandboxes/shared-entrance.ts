// How requests come to the sandbox that they are for, where other processes have it too: what is here may be behind, and
// what is asked for may not be here yet.
import type { Traffic } from '../sandbox/traffic.ts';
import { StaleError, type Sharing } from '../stores/store.ts';
import type { Authorization } from '../web/authorization.ts';
import type { Collection } from './collection.ts';
import type { Entrance, Work } from './entrance.ts';
import { loadSandbox, newTraffic, type HostOptions } from './host.ts';
import type { HostedSandbox } from './hosted-sandbox.ts';
import { digestOf } from './key-index.ts';
import { createPollMessages } from './poll-messages.ts';

export type SharedEntranceOptions = {
  readonly host: HostOptions;
  readonly all: Collection;
  readonly sharing: Sharing;
  /** Where credentials lead that lead nowhere. */
  readonly defaultName: string;
};

/** To see what is there by now. */
const glance: Work<unknown, undefined> = {
  kind: 'read',
  prepare: () => Promise.resolve(),
  run: () => undefined,
};

export type SharedEntrance = Entrance & {
  /** This copy of a sandbox is good for nothing any longer; whoever asks for it next finds another one. */
  readonly drop: (hosted: HostedSandbox) => void;
  /** Undefined where there is none of that name. */
  readonly reach: (name: string) => Promise<HostedSandbox | undefined>;
  /** What is due in it by now happens. */
  readonly lookAt: (name: string) => Promise<void>;
  /** Nobody waits any longer. */
  readonly close: () => void;
};

/** How often something may be done again because another process was faster. */
const mostTries = 20;

const again = async <Given>(attempt: () => Promise<Given>): Promise<Given> => {
  for (let tries = 1; ; tries += 1) {
    try {
      return await attempt();
    } catch (error) {
      if (!(error instanceof StaleError) || tries === mostTries) throw error;
    }
  }
};

/** Gives sandboxes that are here, and loads those that are not. */
const createReach = ({ host, all }: SharedEntranceOptions) => {
  const loading = new Map<string, Promise<HostedSandbox | undefined>>();
  /** Of copies that were dropped; nobody who follows it notices. */
  const traffics = new Map<string, Traffic>();

  const load = async (name: string): Promise<HostedSandbox | undefined> => {
    const traffic = traffics.get(name) ?? newTraffic(host);
    try {
      const hosted = await loadSandbox(host, name, traffic);
      traffics.delete(name);
      all.add(hosted);
      return hosted;
    } catch (error) {
      if (!(error instanceof StaleError)) throw error;
      traffics.delete(name);
      traffic.end(`The sandbox "${name}" has ended.`);
      return undefined;
    } finally {
      loading.delete(name);
    }
  };
  const reach = (name: string): Promise<HostedSandbox | undefined> => {
    const hosted = all.find(name);
    if (hosted !== undefined) return Promise.resolve(hosted);
    const underWay = loading.get(name) ?? load(name);
    loading.set(name, underWay);
    return underWay;
  };
  const drop = (hosted: HostedSandbox): void => {
    const { name, traffic } = hosted.sandbox;
    if (all.find(name) === hosted) traffics.set(name, traffic);
    all.drop(hosted);
  };
  return { reach, drop };
};

const takeTurn = <Given>(
  hosted: HostedSandbox,
  { kind, run }: Work<HostedSandbox, Given>,
): Given | Promise<Given> => {
  hosted.lastUsedAt = Date.now();
  return hosted.stream.turn(kind, () => run(hosted));
};

export const createSharedEntrance = (options: SharedEntranceOptions): SharedEntrance => {
  const { host, all, sharing, defaultName } = options;
  const { reach, drop } = createReach(options);
  const closing = new AbortController();

  const nameFor = async (authorization: Authorization | undefined): Promise<string> => {
    if (authorization === undefined) return defaultName;
    const known = all.findByKey(authorization);
    if (known !== undefined) return known.sandbox.name;
    const digest = digestOf(authorization);
    return (digest === undefined ? undefined : await sharing.find(digest)) ?? defaultName;
  };

  const enterNamed: Entrance['enterNamed'] = async (name, work) => {
    await work.prepare();
    return again(async () => {
      const hosted = await reach(name);
      return hosted === undefined ? work.run(undefined) : takeTurn(hosted, work);
    });
  };

  return {
    drop,
    reach,
    enterNamed,
    lookAt: async (name) => enterNamed(name, glance),
    awaitMessage: createPollMessages(enterNamed, closing.signal),
    close: () => {
      closing.abort();
    },
    enter: async (authorization, work) => {
      await work.prepare();
      return again(async () => {
        const hosted = await reach(await nameFor(authorization));
        if (hosted === undefined) throw new StaleError('The sandbox has ended.');
        return takeTurn(hosted, work);
      });
    },
    refresh: async () => {
      const names = await host.store.names();
      await Promise.all(names.map(async (name) => enterNamed(name, glance)));
      const left = new Set(names);
      for (const hosted of all.list()) if (!left.has(hosted.sandbox.name)) drop(hosted);
    },
  };
};
