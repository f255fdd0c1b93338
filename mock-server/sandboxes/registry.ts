// The sandboxes of a server, by name and by credential. `default` is always there; the others end when nobody uses them.
import { createHash, createHmac } from 'node:crypto';
import { setTimeout } from 'node:timers/promises';
import type { TrafficLimits } from '../sandbox/traffic.ts';
import type { Authorization } from '../web/authorization.ts';
import { hostSandbox, loadSandbox, newTraffic, openAnew, type HostOptions } from './host.ts';
import type { HostedEvent, HostedSandbox } from './hosted-sandbox.ts';
import type { SandboxPlan } from './sandbox-plan.ts';
import { createCollection, endSandbox, type Collection } from './collection.ts';

export const defaultName = 'default';

export type RegistryOptions = Omit<HostOptions, 'trafficLimits' | 'onFailure'> & {
  /** What the secrets of all sandboxes are made from. */
  readonly secret: string;
  /** How many sandboxes there may be, with `default`. */
  readonly limit: number;
  /** What the default sandbox is made from. */
  readonly plan: SandboxPlan;
  /** Told of what people have to know of, such as a store that takes nothing more. */
  readonly warn: (message: string) => void;
};

export type Put = { readonly hosted: HostedSandbox; readonly isNew: boolean };

export type Registry = {
  readonly limit: number;
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
  readonly put: (name: string, plan: SandboxPlan) => Promise<Put | 'too-many'>;
  /** Makes a sandbox new from a plan; its credentials stay good where the plan gives the same people. */
  readonly openAnew: (hosted: HostedSandbox, plan: SandboxPlan) => Promise<void>;
  /** Its keys may have changed. */
  readonly index: (hosted: HostedSandbox) => void;
  readonly remove: (hosted: HostedSandbox) => void;
  readonly close: () => void;
};

const sweepMs = 1_000;
/** What is lost of its last use when the server dies. */
const tellUseMs = 10_000;
const reloadMs = 1_000;
/** Of one sandbox, at most and at least, and of all together. */
const trafficCharacters = { most: 8_000_000, least: 100_000, all: 256_000_000 } as const;

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
const shareTraffic = ({ size }: Collection): Pick<TrafficLimits, 'characters'> => {
  const { most, least, all } = trafficCharacters;
  return { characters: () => Math.max(least, Math.min(most, all / size())) };
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

const createPut = (
  options: RegistryOptions,
  host: HostOptions,
  { find, size, add }: Collection,
  renew: Registry['openAnew'],
): Registry['put'] => {
  const underWay = new Map<string, Promise<HostedSandbox>>();
  return async (name, plan) => {
    // One at a time may be made of a name, and what fails is the trouble of whoever asked for it.
    while (underWay.has(name)) await underWay.get(name)?.catch(() => undefined);
    const existing = find(name);
    if (existing !== undefined) {
      await renew(existing, plan);
      await existing.sandbox.kept();
      return { hosted: existing, isNew: false };
    }
    if (size() + underWay.size >= options.limit) return 'too-many';
    const made = hostSandbox(host, name, plan, secretFor(name, options.secret));
    underWay.set(name, made);
    try {
      const hosted = await made;
      add(hosted);
      return { hosted, isNew: true };
    } finally {
      underWay.delete(name);
    }
  };
};

export const createRegistry = async (options: RegistryOptions): Promise<Registry> => {
  const { limit, now, warn } = options;
  const all = createCollection();
  const host: HostOptions = {
    ...options,
    trafficLimits: shareTraffic(all),
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
  const renew: Registry['openAnew'] = async (hosted, plan) => {
    await openAnew(host, hosted, plan);
    all.index(hosted);
  };
  return {
    limit,
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
    put: createPut(options, host, all, renew),
    openAnew: renew,
    index: all.index,
    remove: all.remove,
    close: sweepRegularly(all, now),
  };
};
