// How requests come to the sandbox that they are for, where a store has it: what is asked for may not be here yet, and what
// is here may be behind what other processes did.
import { setTimeout } from 'node:timers/promises';
import type { Traffic } from '../sandbox/traffic.ts';
import { StaleError, UnreadableError, type Sharing } from '../stores/store.ts';
import type { Authorization } from '../web/authorization.ts';
import type { Collection } from './collection.ts';
import type { Entrance, Work } from './entrance.ts';
import { loadSandbox, type HostOptions } from './host.ts';
import type { HostedSandbox } from './hosted-sandbox.ts';
import { digestOf } from './key-index.ts';
import { createPollMessages } from './poll-messages.ts';
import { beatMs } from './outgoing-traffic.ts';

export type SharedEntranceOptions = {
  readonly host: HostOptions;
  readonly all: Collection;
  readonly sharing: Sharing;
  /** Where credentials lead that lead nowhere. */
  readonly defaultName: string;
};

export type SharedEntrance = Entrance & {
  /** This copy of a sandbox is good for nothing any longer; whoever asks for it next finds another one. */
  readonly drop: (hosted: HostedSandbox) => void;
  /** As `drop`, of a sandbox that has ended elsewhere. */
  readonly end: (hosted: HostedSandbox) => void;
  /** Undefined where there is none of that name. */
  readonly reach: (name: string) => Promise<HostedSandbox | undefined>;
  /** The names of those that could not be loaded, as this version does not know what is kept of them. */
  readonly unreadable: Set<string>;
  /** What is due in it by now happens. */
  readonly lookAt: (name: string) => Promise<void>;
  /** Nobody waits any longer. */
  readonly close: () => void;
};

/** How often something may be done again because another process was faster. */
const mostTries = 20;
/** Of copies that were dropped last, also where nobody follows: who brought it up to date may be about to look. */
const mostUnfollowed = 20;

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
  const unreadable = new Set<string>();
  const loading = new Map<string, Promise<HostedSandbox | undefined>>();
  /** Of copies that were dropped; nobody who follows it notices. */
  const traffics = new Map<string, Traffic>();

  const load = async (name: string): Promise<HostedSandbox | undefined> => {
    const traffic = traffics.get(name) ?? host.openTraffic(name);
    try {
      const hosted = await loadSandbox(host, name, traffic);
      traffics.delete(name);
      unreadable.delete(name);
      all.add(hosted);
      return hosted;
    } catch (error) {
      if (error instanceof UnreadableError) unreadable.add(name);
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
    const old = [...traffics].slice(0, -mostUnfollowed);
    for (const [other, { listeners }] of old) if (listeners() === 0) traffics.delete(other);
    all.drop(hosted);
  };
  const end = (hosted: HostedSandbox): void => {
    drop(hosted);
    hosted.sandbox.traffic.end(`The sandbox "${hosted.sandbox.name}" has ended.`);
  };
  return { reach, drop, end, unreadable };
};

const takeTurn = <Given>(
  hosted: HostedSandbox,
  { kind, run }: Work<HostedSandbox, Given>,
): Given | Promise<Given> => {
  hosted.lastUsedAt = Date.now();
  return hosted.stream.turn(kind, () => run(hosted));
};

type Reach = SharedEntrance['reach'];

/** Who looks at all sandboxes sees those that can be seen. */
const passOver = (error: unknown): readonly never[] => {
  if (error instanceof UnreadableError) return [];
  throw error;
};

/** Looks are use of no sandbox: those that were loaded for one alone are the first to be unloaded. */
const createLooks = (
  { host, all }: SharedEntranceOptions,
  reach: Reach,
  end: SharedEntrance['end'],
) => {
  /** Nothing where there is none of that name. */
  const lookInto = <Given>(
    name: string,
    look: (hosted: HostedSandbox) => Given,
  ): Promise<readonly Given[]> =>
    again(async () => {
      const hosted = await reach(name);
      return hosted === undefined ? [] : hosted.stream.turn('read', () => [look(hosted)]);
    });

  const each = async <Given>(look: (hosted: HostedSandbox) => Given): Promise<readonly Given[]> => {
    const before = all.list();
    const names = await host.store.names();
    const left = new Set(names);
    for (const hosted of before) if (!left.has(hosted.sandbox.name)) end(hosted);
    const isHere = (name: string): boolean => all.find(name) !== undefined;
    const [here, away] = [names.filter(isHere), names.filter((name) => !isHere(name))];
    const show = async (name: string): Promise<readonly Given[]> => {
      await (await reach(name))?.sandbox.traffic.refresh();
      return lookInto(name, look);
    };
    const seen = await Promise.all(here.map((name) => show(name).catch(passOver)));
    // They may not fit into memory together.
    for (const name of away) seen.push(await show(name).catch(passOver));
    return seen.flat();
  };
  return { lookInto, each };
};

export const createSharedEntrance = (options: SharedEntranceOptions): SharedEntrance => {
  const { all, sharing, defaultName } = options;
  const { reach, drop, end, unreadable } = createReach(options);
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
  const { lookInto, each } = createLooks(options, reach, end);

  return {
    ...{ drop, end, reach, unreadable, enterNamed },
    lookAt: async (name) => {
      await lookInto(name, (hosted) => {
        hosted.sandbox.state();
      });
    },
    awaitMessage: createPollMessages(enterNamed, closing.signal),
    refreshTraffic: async (name, whose) => {
      const hosted = await reach(name);
      // Others tell what they saw as often.
      if (whose === 'all' && sharing.claims !== undefined) await setTimeout(beatMs);
      await hosted?.sandbox.traffic.refresh();
    },
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
    each,
  };
};
