// Opens the sandboxes of a server: those that its store keeps, with the ways into them, and what is done about those that
// could not be kept.
import { createTraffic, type TrafficLimits } from '../sandbox/traffic.ts';
import { StaleError, UnreadableError, type Sharing, type StoreError } from '../stores/store.ts';
import type { Collection } from './collection.ts';
import { createEntrance, type Entrance } from './entrance.ts';
import { hostSandbox, loadSandbox, type HostOptions } from './host.ts';
import type { HostedSandbox } from './hosted-sandbox.ts';
import type { Unload } from './memory.ts';
import type { SandboxPlan } from './sandbox-plan.ts';
import { createSharedEntrance, type SharedEntrance } from './shared-entrance.ts';
import { shareCourier } from './shared-courier.ts';
import { openTraffics } from './shared-traffic.ts';
import { sweepRegularly, sweepShared } from './sweep.ts';

export type OpeningOptions = Omit<HostOptions, 'issued' | 'onFailure' | 'openTraffic'> & {
  /** What the traffic of one sandbox may hold. */
  readonly trafficLimits: TrafficLimits;
  /** Of the sandbox that is always there. */
  readonly name: string;
  readonly plan: SandboxPlan;
  readonly secret: string;
  /** Told of what people have to know of, such as a store that takes nothing more. */
  readonly warn: (message: string) => void;
};

/** Reads all of those that the store cannot find otherwise, one after the other: there may be more than fit into memory. */
const findAll = async (
  host: HostOptions,
  sharing: Sharing,
  onUnreadable: (name: string, error: UnreadableError) => void,
): Promise<void> => {
  for (const name of sharing.unfound()) {
    try {
      const { sandbox, stream } = await loadSandbox(host, name, host.openTraffic(name));
      sandbox.close();
      stream.leave();
    } catch (error) {
      if (!(error instanceof UnreadableError)) throw error;
      onUnreadable(name, error);
    }
  }
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
  /** How many sandboxes are kept that this version of the program cannot read, of those that were asked for. */
  readonly unreadable: () => number;
  readonly close: () => void;
  /** Resolves when the traffic by now is kept as far as it can be. */
  readonly keepTraffic: () => Promise<void>;
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

/** All that there is is in memory. */
const openAlone = async (
  options: OpeningOptions,
  all: Collection,
  standard: () => HostedSandbox,
): Promise<Opened> => {
  const { name, now, plan, secret, trafficLimits } = options;
  const host: HostOptions = {
    ...options,
    openTraffic: () => createTraffic(trafficLimits),
    issued: all.learn,
    onFailure: (hosted, error) => {
      tell(options.warn, hosted, error);
    },
  };
  all.add(await hostSandbox(host, name, plan, secret));
  const entrance = createEntrance({
    select: (authorization) => {
      const hosted = (authorization && all.findByKey(authorization)) ?? standard();
      hosted.lastUsedAt = now();
      return hosted;
    },
    find: all.find,
    list: all.list,
  });
  const close = sweepRegularly(all, now);
  const keepTraffic = (): Promise<void> => Promise.resolve();
  return { host, entrance, unload: undefined, unreadable: () => 0, close, keepTraffic };
};

/** What is not in memory is in the store, and other processes may change it. */
const openTogether = async (
  options: OpeningOptions,
  all: Collection,
  sharing: Sharing,
): Promise<Opened> => {
  const { claims } = sharing;
  const traffics = openTraffics(sharing.traffic, options.trafficLimits);
  const courier = claims === undefined ? options.courier : shareCourier(options.courier, claims);
  const host: HostOptions = {
    ...options,
    courier,
    openTraffic: traffics.open,
    issued: all.learn,
    onFailure: (hosted, error) => {
      tell(options.warn, hosted, error);
      if (error instanceof UnreadableError) shared.unreadable.add(hosted.sandbox.name);
      shared.drop(hosted);
    },
  };
  const shared = createSharedEntrance({ host, all, sharing, defaultName: options.name });
  await findAll(host, sharing, (name, { message }) => {
    shared.unreadable.add(name);
    options.warn(`The sandbox "${name}" answers 503: ${message}`);
  });
  await openShared(options, host, all, shared);
  // Where messages go nowhere, it is enough that they have left when somebody looks.
  const wake = courier.isPrompt ? shared.lookAt : () => Promise.resolve();
  const { unreadable } = shared;
  const sweep: Sharing['sweep'] = async (used) => {
    const left = await sharing.sweep(used);
    for (const name of unreadable) if (!left.all.has(name)) unreadable.delete(name);
    return left;
  };
  const endSweep = sweepShared(all, { ...sharing, sweep }, shared.end, wake);
  const close = (): void => {
    shared.close();
    endSweep();
  };
  const unload: Unload = (hosted) => {
    const { name, delivery } = hosted.sandbox;
    // A message that is on its way would leave again.
    if (name === options.name || (courier.isPrompt && delivery.count() > 0)) return false;
    all.drop(hosted);
    return true;
  };
  const { keep: keepTraffic } = traffics;
  return { host, entrance: shared, unload, unreadable: () => unreadable.size, close, keepTraffic };
};

/** `standard` gives the sandbox that is always there. */
export const openSandboxes = async (
  options: OpeningOptions,
  all: Collection,
  standard: () => HostedSandbox,
): Promise<Opened> => {
  const { sharing } = options.store;
  return sharing === undefined
    ? openAlone(options, all, standard)
    : openTogether(options, all, sharing);
};
