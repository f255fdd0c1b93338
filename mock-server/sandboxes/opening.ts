// Opens the sandboxes of a server: those that its store keeps, with the ways into them, and what is done about those that
// could not be kept.
import { setTimeout } from 'node:timers/promises';
import { StaleError, type Sharing, type StoreError } from '../stores/store.ts';
import type { Collection } from './collection.ts';
import { createEntrance, type Entrance } from './entrance.ts';
import { hostSandbox, loadSandbox, newTraffic, type HostOptions } from './host.ts';
import type { HostedSandbox } from './hosted-sandbox.ts';
import type { Unload } from './memory.ts';
import type { SandboxPlan } from './sandbox-plan.ts';
import { createSharedEntrance, type SharedEntrance } from './shared-entrance.ts';
import { shareCourier } from './shared-courier.ts';
import { sweepRegularly, sweepShared } from './sweep.ts';

export type OpeningOptions = Omit<HostOptions, 'onFailure'> & {
  /** Of the sandbox that is always there. */
  readonly name: string;
  readonly plan: SandboxPlan;
  readonly secret: string;
  /** Told of what people have to know of, such as a store that takes nothing more. */
  readonly warn: (message: string) => void;
};

const reloadMs = 1_000;

/** What was not kept is undone: the sandbox as the store has it takes the place of the one that went on. */
const reload = async (
  host: HostOptions,
  { find, replace }: Collection,
  warn: OpeningOptions['warn'],
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

/** `default` first: what the store keeps, or else what the plan makes. */
const openAll = async (
  { store, plan, secret, name: standardName }: OpeningOptions,
  host: HostOptions,
  { add, list }: Collection,
): Promise<void> => {
  const names = await store.names();
  const load = (name: string): Promise<HostedSandbox> => loadSandbox(host, name, newTraffic(host));
  const isKept = names.includes(standardName);
  add(await (isKept ? load(standardName) : hostSandbox(host, standardName, plan, secret)));
  for (const name of names) if (name !== standardName) add(await load(name));
  // What fell due while nobody was there happens now.
  for (const { sandbox } of list()) sandbox.state();
};

/** `default` alone: the others come when they are asked for. */
const openShared = async (
  { plan, secret, name }: OpeningOptions,
  host: HostOptions,
  { add }: Collection,
  { reach }: SharedEntrance,
): Promise<void> => {
  while ((await reach(name)) === undefined) {
    try {
      add(await hostSandbox(host, name, plan, secret));
    } catch (error) {
      // Another process made it at the same time.
      if (!(error instanceof StaleError)) throw error;
    }
  }
};

/** `close` ends all sandboxes. */
export type Opened = {
  readonly host: HostOptions;
  readonly entrance: Entrance;
  /** Undefined where what is not in memory would not come again. */
  readonly unload: Unload | undefined;
  readonly close: () => void;
};

/** The store is this process's own. */
const openAlone = async (
  options: OpeningOptions,
  host: HostOptions,
  all: Collection,
  standard: () => HostedSandbox,
): Promise<Opened> => {
  const { now } = options;
  await openAll(options, host, all);
  const entrance = createEntrance({
    select: (authorization) => {
      const hosted = (authorization && all.findByKey(authorization)) ?? standard();
      hosted.lastUsedAt = now();
      return hosted;
    },
    find: all.find,
  });
  return { host, entrance, unload: undefined, close: sweepRegularly(all, now) };
};

/** Of what was lost, and not of what another process has changed. */
const tell = (
  warn: OpeningOptions['warn'],
  { sandbox }: HostedSandbox,
  error: StoreError,
): void => {
  if (error instanceof StaleError) return;
  warn(`What happened in the sandbox "${sandbox.name}" was not kept: ${error.message}`);
};

/** The store is shared with other processes. */
const openTogether = async (
  options: OpeningOptions,
  all: Collection,
  sharing: Sharing,
): Promise<Opened> => {
  const courier = shareCourier(options.courier, sharing);
  const host: HostOptions = {
    ...options,
    courier,
    onFailure: (hosted, error) => {
      tell(options.warn, hosted, error);
      shared.drop(hosted);
    },
  };
  const shared = createSharedEntrance({ host, all, sharing, defaultName: options.name });
  await openShared(options, host, all, shared);
  // Where messages go nowhere, it is enough that they have left when somebody looks.
  const wake = courier.isPrompt ? shared.lookAt : () => Promise.resolve();
  const endSweep = sweepShared(all, sharing, shared.drop, wake);
  const close = (): void => {
    shared.close();
    endSweep();
  };
  const unload: Unload = (hosted) => {
    if (hosted.sandbox.name === options.name) return false;
    all.drop(hosted);
    return true;
  };
  return { host, entrance: shared, unload, close };
};

/** `standard` gives the sandbox that is always there. */
export const openSandboxes = async (
  options: OpeningOptions,
  all: Collection,
  standard: () => HostedSandbox,
): Promise<Opened> => {
  const { warn, store } = options;
  if (store.sharing !== undefined) return openTogether(options, all, store.sharing);
  const host: HostOptions = {
    ...options,
    onFailure: (hosted, error) => {
      tell(warn, hosted, error);
      if (all.find(hosted.sandbox.name) === hosted) void reload(host, all, warn, hosted);
    },
  };
  return openAlone(options, host, all, standard);
};
