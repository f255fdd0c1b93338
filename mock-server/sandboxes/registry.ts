// The sandboxes of a server, by name and by credential. `default` is always there; the others end when nobody uses them.
import { createHash, createHmac } from 'node:crypto';
import type { TrafficLimits } from '../sandbox/traffic.ts';
import { StaleError } from '../stores/store.ts';
import { hostSandbox, openAnew, type HostOptions } from './host.ts';
import type { HostedSandbox } from './hosted-sandbox.ts';
import type { SandboxPlan } from './sandbox-plan.ts';
import { createCollection, type Collection } from './collection.ts';
import type { Entrance } from './entrance.ts';
import { createMemory, weigh, weighPlan, type Memory } from './memory.ts';
import { openSandboxes, type Opened } from './opening.ts';

export const defaultName = 'default';

export type RegistryOptions = Omit<
  HostOptions,
  'openTraffic' | 'happened' | 'issued' | 'onFailure'
> & {
  /** What the secrets of all sandboxes are made from. */
  readonly secret: string;
  /** How many sandboxes there may be, with `default`. */
  readonly limit: number;
  /** In bytes; see `memory.ts`. */
  readonly memoryLimit: number;
  /** What the default sandbox is made from. */
  readonly plan: SandboxPlan;
  /** Told of what people have to know of, such as a store that takes nothing more. */
  readonly warn: (message: string) => void;
};

export type Put = { readonly hosted: HostedSandbox; readonly isNew: boolean };

export type Registry = Entrance & {
  readonly limit: number;
  readonly memory: Memory;
  /** What the keys of the sandbox of that name are made from. */
  readonly secretOf: (name: string) => string;
  /** The one that is called `default`. */
  readonly standard: HostedSandbox;
  /** See `Opened`. */
  readonly unreadable: () => number;
  /** `default` first, then in the order of their making. */
  readonly list: () => readonly HostedSandbox[];
  readonly find: (name: string) => HostedSandbox | undefined;
  /** Makes a sandbox, or makes the one that has the name new. */
  readonly put: (name: string, plan: SandboxPlan) => Promise<Put | 'too-many' | 'too-much'>;
  /** Makes a sandbox new from a plan; its credentials stay good where the plan gives the same people. */
  readonly openAnew: (hosted: HostedSandbox, plan: SandboxPlan) => Promise<'too-much' | 'done'>;
  /** Its keys may have changed. */
  readonly index: (hosted: HostedSandbox) => void;
  readonly remove: (hosted: HostedSandbox) => void;
  readonly close: () => void;
  /** See `Opened`. */
  readonly keepTraffic: () => Promise<void>;
};

const mostExchanges = 1_000;
/** Of one sandbox, and of all together; the latter no more than a part of what there is for sandboxes. */
const trafficCharacters = { one: 8_000_000, all: 256_000_000, part: 1 / 8 } as const;

/** Names give different people and ids, so that nothing of one sandbox can be taken for that of another. */
export const seedOf = (name: string): number =>
  createHash('sha256').update(name).digest().readUInt32BE(0);

const secretFor = (name: string, secret: string): string =>
  name === defaultName
    ? secret
    : createHmac('sha256', secret).update(`sandbox ${name}`).digest('hex');

/** Few sandboxes keep much of their traffic, many keep less each: the memory of the server is one. */
const shareTraffic = ({ size }: Collection, memoryLimit: number): TrafficLimits => {
  const { one, all, part } = trafficCharacters;
  const most = Math.min(all, memoryLimit * part);
  return { records: mostExchanges, characters: () => Math.min(one, most / size()) };
};

const createRenew =
  (host: HostOptions, all: Collection, memory: Memory): Registry['openAnew'] =>
  async (hosted, plan) => {
    const made = (): Promise<void> => openAnew(host, hosted, plan);
    const renewed = memory.within(weighPlan(plan), weigh(hosted), made);
    if (renewed === undefined) return 'too-much';
    await renewed;
    all.index(hosted);
    hosted.stream.describe();
    memory.changed();
    return 'done';
  };

type Putting = {
  readonly options: RegistryOptions;
  readonly host: HostOptions;
  readonly all: Collection;
  readonly memory: Memory;
  readonly renew: Registry['openAnew'];
};

/** How many may be made: of this process exactly as many as the limit says. */
const createPlaces = ({ limit, store }: RegistryOptions, { list }: Collection) => {
  /** By those that are on their way to being there. */
  const taken = new Set<string>();
  let ended = 0;
  return {
    leave: (name: string) => {
      taken.delete(name);
      ended += 1;
    },
    /** False where there is none. */
    take: async (name: string): Promise<boolean> => {
      for (;;) {
        const before = ended;
        const own = list().map(({ sandbox }) => sandbox.name);
        const there = store.sharing === undefined ? own : await store.names();
        // What came to its end meanwhile may be among them or not.
        if (ended !== before) continue;
        const isFree = new Set([...there, ...taken]).size < limit;
        if (isFree) taken.add(name);
        return isFree;
      }
    },
  };
};

const createPut = ({ options, host, all, memory, renew }: Putting): Registry['put'] => {
  const underWay = new Map<string, Promise<Put | 'too-many' | 'too-much'>>();
  const places = createPlaces(options, all);
  const make = async (name: string, plan: SandboxPlan): Promise<Put | 'too-many' | 'too-much'> => {
    if (!(await places.take(name))) return 'too-many';
    try {
      const hosted = await memory.within(weighPlan(plan), 0, () =>
        hostSandbox(host, name, plan, secretFor(name, options.secret)),
      );
      if (hosted === undefined) return 'too-much';
      all.add(hosted);
      memory.changed();
      return { hosted, isNew: true };
    } finally {
      places.leave(name);
    }
  };
  return async (name, plan) => {
    // One at a time may be made of a name, and what fails is the trouble of whoever asked for it.
    const isMade = underWay.has(name);
    while (underWay.has(name)) await underWay.get(name)?.catch(() => undefined);
    // Whoever comes again takes a turn in it.
    if (isMade && options.store.sharing !== undefined) {
      throw new StaleError(`"${name}" was just made.`);
    }
    const existing = all.find(name);
    if (existing !== undefined) {
      if ((await renew(existing, plan)) === 'too-much') return 'too-much';
      await existing.sandbox.kept();
      return { hosted: existing, isNew: false };
    }
    const making = make(name, plan);
    underWay.set(name, making);
    return making.finally(() => underWay.delete(name));
  };
};

/** The one that was there last, where there is none at the moment. */
const createStandard = ({ find }: Collection): (() => HostedSandbox) => {
  let latest: HostedSandbox | undefined;
  return () => {
    latest = find(defaultName) ?? latest;
    if (latest !== undefined) return latest;
    throw new Error('The default sandbox is gone, which nothing may remove.');
  };
};

export const createRegistry = async (options: RegistryOptions): Promise<Registry> => {
  const opened: { unload?: Opened['unload'] } = {};
  const all = createCollection((hosted) => {
    memory.added(hosted);
  });
  const standard = createStandard(all);
  const { memoryLimit } = options;
  const memory = createMemory({ limit: memoryLimit, list: all.list, unload: () => opened.unload });
  const { host, entrance, unload, unreadable, close, keepTraffic } = await openSandboxes(
    {
      ...options,
      name: defaultName,
      trafficLimits: shareTraffic(all, memoryLimit),
      happened: memory.happened,
    },
    all,
    standard,
  );
  opened.unload = unload;
  const index = (hosted: HostedSandbox): void => {
    all.index(hosted);
    hosted.stream.describe();
  };
  const renew = createRenew(host, all, memory);
  return {
    ...entrance,
    ...{ limit: options.limit, memory, unreadable },
    secretOf: (name) => secretFor(name, options.secret),
    get standard() {
      return standard();
    },
    // Those of other processes came in any order.
    list: () => [...all.list()].sort((one, other) => one.createdAt - other.createdAt),
    find: all.find,
    put: createPut({ options, host, all, memory, renew }),
    openAnew: renew,
    index,
    remove: (hosted) => {
      all.remove(hosted);
      memory.changed();
    },
    ...{ close, keepTraffic },
  };
};
