// The sandboxes of a server, by name and by credential. `default` is always there; the others end when nobody uses them.
import { createHash, createHmac } from 'node:crypto';
import type { TrafficLimits } from '../sandbox/traffic.ts';
import type { Authorization } from '../web/authorization.ts';
import { hostSandbox, loadSandbox, newTraffic, openAnew, type HostOptions } from './host.ts';
import type { HostedEvent, HostedSandbox } from './hosted-sandbox.ts';
import type { SandboxPlan } from './sandbox-plan.ts';
import { createKeyIndex, type KeyIndex } from './key-index.ts';

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
  /** Resolves when all is kept that can be. */
  readonly close: () => Promise<void>;
};

const sweepMs = 1_000;
/** What is lost of its last use when the server dies. */
const tellUseMs = 10_000;
/** Of one sandbox, at most and at least, and of all together. */
const trafficCharacters = { most: 8_000_000, least: 100_000, all: 256_000_000 } as const;

/** Names give different people and ids, so that nothing of one sandbox can be taken for that of another. */
export const seedOf = (name: string): number =>
  createHash('sha256').update(name).digest().readUInt32BE(0);

const secretFor = (name: string, secret: string): string =>
  name === defaultName
    ? secret
    : createHmac('sha256', secret).update(`sandbox ${name}`).digest('hex');

const sweepRegularly = (
  hosts: ReadonlyMap<string, HostedSandbox>,
  remove: (hosted: HostedSandbox) => void,
  now: () => number,
): (() => Promise<void>) => {
  const told = new WeakMap<HostedSandbox, number>();
  const sweep = setInterval(() => {
    for (const hosted of hosts.values()) {
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
  return async () => {
    clearInterval(sweep);
    // What hangs would hold up the end of the server.
    for (const { sandbox } of hosts.values()) {
      sandbox.close();
      sandbox.faults.release();
      sandbox.traffic.end('The server stops.');
    }
    await Promise.all([...hosts.values()].map(({ stream }) => stream.close()));
  };
};

const createRemove =
  (byName: Map<string, HostedSandbox>, keys: KeyIndex): Registry['remove'] =>
  (hosted) => {
    const { sandbox, stream } = hosted;
    keys.remove(hosted);
    sandbox.close();
    sandbox.faults.release();
    sandbox.traffic.end(`The sandbox "${sandbox.name}" has ended.`);
    if (byName.get(sandbox.name) !== hosted) return;
    byName.delete(sandbox.name);
    stream.remove();
  };

/** What was not kept is undone: the sandbox as the store has it takes the place of the one that went on. */
const createReload =
  (
    host: HostOptions,
    byName: Map<string, HostedSandbox>,
    keys: KeyIndex,
    warn: RegistryOptions['warn'],
  ): HostOptions['onFailure'] =>
  (hosted, error) => {
    const { sandbox } = hosted;
    warn(`The sandbox "${sandbox.name}" was not kept: ${error.message}`);
    sandbox.close();
    const again = async (): Promise<void> => {
      const kept = await loadSandbox(host, sandbox.name, sandbox.traffic);
      if (byName.get(sandbox.name) !== hosted) return;
      byName.set(sandbox.name, kept);
      keys.remove(hosted);
      keys.add(kept);
    };
    again().catch((reason: unknown) => {
      warn(`The sandbox "${sandbox.name}" cannot be loaded: ${String(reason)}`);
    });
  };

/** Few sandboxes keep much of their traffic, many keep less each: the memory of the server is one. */
const shareTraffic = (sandboxes: { readonly size: number }): Pick<TrafficLimits, 'characters'> => {
  const { most, least, all } = trafficCharacters;
  return { characters: () => Math.max(least, Math.min(most, all / sandboxes.size)) };
};

export const createRegistry = async (options: RegistryOptions): Promise<Registry> => {
  const { limit, now, store, warn } = options;
  const byName = new Map<string, HostedSandbox>();
  const keys = createKeyIndex([]);
  const host: HostOptions = {
    ...options,
    trafficLimits: shareTraffic(byName),
    onFailure: (hosted, error) => {
      reload(hosted, error);
    },
  };
  const reload = createReload(host, byName, keys, warn);
  const keep = (hosted: HostedSandbox): void => {
    byName.set(hosted.sandbox.name, hosted);
    keys.add(hosted);
  };
  const names = await store.names();
  keep(
    names.includes(defaultName)
      ? await loadSandbox(host, defaultName, newTraffic(host))
      : await hostSandbox(host, defaultName, options.plan, options.secret),
  );
  for (const name of names) {
    if (name !== defaultName) keep(await loadSandbox(host, name, newTraffic(host)));
  }
  const standard = (): HostedSandbox => {
    const hosted = byName.get(defaultName);
    if (hosted !== undefined) return hosted;
    throw new Error('The default sandbox is gone, which nothing may remove.');
  };

  const remove = createRemove(byName, keys);
  const index = (hosted: HostedSandbox): void => {
    // Whatever was done to it took time, in which it may have ended.
    if (byName.get(hosted.sandbox.name) !== hosted) return;
    keys.remove(hosted);
    keys.add(hosted);
  };
  const renew: Registry['openAnew'] = async (hosted, plan) => {
    await openAnew(host, hosted, plan);
    index(hosted);
  };

  const put: Registry['put'] = async (name, plan) => {
    const existing = byName.get(name);
    if (existing !== undefined) {
      await renew(existing, plan);
      return { hosted: existing, isNew: false };
    }
    if (byName.size >= limit) return 'too-many';
    const hosted = await hostSandbox(host, name, plan, secretFor(name, options.secret));
    // Others may have been made in the meantime, also of this name.
    if (byName.has(name)) return put(name, plan);
    if (byName.size >= limit) return 'too-many';
    keep(hosted);
    return { hosted, isNew: true };
  };

  return {
    limit,
    secretOf: (name) => secretFor(name, options.secret),
    get standard() {
      return standard();
    },
    list: () => [...byName.values()],
    find: (name) => byName.get(name),
    select: (authorization) => {
      const hosted = (authorization && keys.find(authorization)) ?? standard();
      hosted.lastUsedAt = now();
      return hosted;
    },
    put,
    openAnew: renew,
    index,
    remove,
    close: sweepRegularly(byName, remove, now),
  };
};
