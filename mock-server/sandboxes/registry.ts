// The sandboxes of a server, by name and by credential. `default` is always there; the others end when nobody uses them.
import { createHash, createHmac } from 'node:crypto';
import { setTimeout } from 'node:timers/promises';
import type { TrafficLimits } from '../sandbox/traffic.ts';
import type { Authorization } from '../web/authorization.ts';
import { hostSandbox, loadSandbox, newTraffic, openAnew, type HostOptions } from './host.ts';
import type { HostedEvent, HostedSandbox } from './hosted-sandbox.ts';
import type { SandboxPlan } from './sandbox-plan.ts';
import { createMemory, weigh, weighPlan, type Memory } from './memory.ts';
import { createCollection, endSandbox, type Collection } from './collection.ts';

export const defaultName = 'default';

export type RegistryOptions = Omit<HostOptions, 'trafficLimits' | 'happened' | 'onFailure'> & {
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

export type Registry = {
  readonly limit: number;
  readonly memory: Memory;
  /** What the keys of the sandbox of that name are made from. */
  readonly secretOf: (name: string) => string;
  /** The one that is called `default`. */
  readonly standard: HostedSandbox;
  /** `default` first, then in the order of their making. */
  readonly list: () => readonly HostedSandbox[];
  readonly find: (name: string) => HostedSandbox | undefined;
  /** The sandbox that credentials belong to; `default` where they belong to none. Counts as use of it. */
  readonly select: (authorization: Authorization | undefined) => HostedSandbox;
  /** Makes a sandbox, or makes the one that has the name new. */
  readonly put: (name: string, plan: SandboxPlan) => Promise<Put | 'too-many' | 'too-much'>;
  /** Makes a sandbox new from a plan; its credentials stay good where the plan gives the same people. */
  readonly openAnew: (hosted: HostedSandbox, plan: SandboxPlan) => Promise<'too-much' | 'done'>;
  /** Its keys may have changed. */
  readonly index: (hosted: HostedSandbox) => void;
  readonly remove: (hosted: HostedSandbox) => void;
  readonly close: () => void;
};

const sweepMs = 1_000;
/** What is lost of its last use when the server dies. */
const tellUseMs = 10_000;
const reloadMs = 1_000;
/** Of one sandbox, and of all together; the latter no more than a part of what there is for sandboxes. */
const trafficCharacters = { one: 8_000_000, all: 256_000_000, part: 1 / 8 } as const;

/** Names give different people and ids, so that nothing of one sandbox can be taken for that of another. */
export const seedOf = (name: string): number =>
  createHash('sha256').update(name).digest().readUInt32BE(0);

const secretFor = (name: string, secret: string): string =>
  name === defaultName
    ? secret
    : createHmac('sha256', secret).update(`sandbox ${name}`).digest('hex');

const sweepRegularly = ({ list, remove }: Collection, now: () => number): (() => void) => {
  const told = new WeakMap<HostedSandbox, number>();
  const sweep = setInterval(() => {
    for (const hosted of list()) {
      const { plan, lastUsedAt: at, stream } = hosted;
      if (plan.timeToLiveMs !== null && at + plan.timeToLiveMs <= now()) remove(hosted);
      else if (at - (told.get(hosted) ?? hosted.createdAt) >= tellUseMs) {
        told.set(hosted, at);
        const used: HostedEvent = { type: 'SandboxUsed', at };
        stream.append(used);
      }
    }
  }, sweepMs);
  sweep.unref();
  return () => {
    clearInterval(sweep);
    for (const hosted of list()) endSandbox(hosted, 'The server stops.');
  };
};

/** What was not kept is undone: the sandbox as the store has it takes the place of the one that went on. */
const reload = async (
  host: HostOptions,
  { find, replace }: Collection,
  warn: RegistryOptions['warn'],
  hosted: HostedSandbox,
): Promise<void> => {
  const { name, traffic } = hosted.sandbox;
  hosted.sandbox.close();
  while (find(name) === hosted) {
    try {
      replace(hosted, await loadSandbox(host, name, traffic));
    } catch (error) {
      warn(`The sandbox "${name}" cannot be loaded, which is tried again: ${String(error)}`);
      await setTimeout(reloadMs, undefined, { ref: false });
    }
  }
};

/** Few sandboxes keep much of their traffic, many keep less each: the memory of the server is one. */
const shareTraffic = (
  { size }: Collection,
  memoryLimit: number,
): Pick<TrafficLimits, 'characters'> => {
  const { one, all, part } = trafficCharacters;
  const most = Math.min(all, memoryLimit * part);
  return { characters: () => Math.min(one, most / size()) };
};

/** `default` first: what the store keeps, or else what the plan makes. */
const openAll = async (
  { store, plan, secret }: RegistryOptions,
  host: HostOptions,
  { add, list }: Collection,
): Promise<void> => {
  const names = await store.names();
  const load = (name: string): Promise<HostedSandbox> => loadSandbox(host, name, newTraffic(host));
  const isKept = names.includes(defaultName);
  add(await (isKept ? load(defaultName) : hostSandbox(host, defaultName, plan, secret)));
  for (const name of names) if (name !== defaultName) add(await load(name));
  // What fell due while nobody was there happens now.
  for (const { sandbox } of list()) sandbox.state();
};

const createRenew =
  (host: HostOptions, all: Collection, memory: Memory): Registry['openAnew'] =>
  async (hosted, plan) => {
    const made = (): Promise<void> => openAnew(host, hosted, plan);
    const renewed = memory.within(weighPlan(plan), weigh(hosted), made);
    if (renewed === undefined) return 'too-much';
    await renewed;
    all.index(hosted);
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

const createPut = ({ options, host, all, memory, renew }: Putting): Registry['put'] => {
  const { find, size, add } = all;
  const underWay = new Map<string, Promise<HostedSandbox>>();
  return async (name, plan) => {
    // One at a time may be made of a name, and what fails is the trouble of whoever asked for it.
    while (underWay.has(name)) await underWay.get(name)?.catch(() => undefined);
    const existing = find(name);
    if (existing !== undefined) {
      if ((await renew(existing, plan)) === 'too-much') return 'too-much';
      await existing.sandbox.kept();
      return { hosted: existing, isNew: false };
    }
    if (size() + underWay.size >= options.limit) return 'too-many';
    const made = memory.within(weighPlan(plan), 0, () =>
      hostSandbox(host, name, plan, secretFor(name, options.secret)),
    );
    if (made === undefined) return 'too-much';
    underWay.set(name, made);
    try {
      const hosted = await made;
      add(hosted);
      memory.changed();
      return { hosted, isNew: true };
    } finally {
      underWay.delete(name);
    }
  };
};

export const createRegistry = async (options: RegistryOptions): Promise<Registry> => {
  const { limit, memoryLimit, now, warn } = options;
  const all = createCollection();
  const memory = createMemory(memoryLimit, all.list);
  const host: HostOptions = {
    ...options,
    trafficLimits: shareTraffic(all, memoryLimit),
    happened: memory.happened,
    onFailure: (hosted, { message }) => {
      const { name } = hosted.sandbox;
      warn(`What happened in the sandbox "${name}" was not kept: ${message}`);
      if (all.find(name) === hosted) void reload(host, all, warn, hosted);
    },
  };
  await openAll(options, host, all);
  const standard = (): HostedSandbox => {
    const hosted = all.find(defaultName);
    if (hosted !== undefined) return hosted;
    throw new Error('The default sandbox is gone, which nothing may remove.');
  };
  const renew = createRenew(host, all, memory);
  return {
    limit,
    memory,
    secretOf: (name) => secretFor(name, options.secret),
    get standard() {
      return standard();
    },
    list: all.list,
    find: all.find,
    select: (authorization) => {
      const hosted = (authorization && all.findByKey(authorization)) ?? standard();
      hosted.lastUsedAt = now();
      return hosted;
    },
    put: createPut({ options, host, all, memory, renew }),
    openAnew: renew,
    index: all.index,
    remove: (hosted) => {
      all.remove(hosted);
      memory.changed();
    },
    close: sweepRegularly(all, now),
  };
};
