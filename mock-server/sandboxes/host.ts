// Makes hosted sandboxes from plans or from what a store keeps of them, and makes them new from their plans.
import type { Callers } from '../../fixtures/scenario.ts';
import type { Courier } from '../sandbox/courier.ts';
import { createSandbox } from '../sandbox/sandbox.ts';
import type { Traffic } from '../sandbox/traffic.ts';
import { UnreadableError, type Store, type Stream } from '../stores/store.ts';
import type { BuildScenario, HostedEvent, HostedSandbox } from './hosted-sandbox.ts';
import type { SandboxPlan } from './sandbox-plan.ts';
import { rebuild } from './keep-world.ts';
import { createSnapshots, isSnapshotsEvent } from './snapshots.ts';
import { subjectOf, toHostedEvents, type Heard } from './subject.ts';
import type { CreateTokens } from './tokens.ts';

export type HostOptions = Heard & {
  readonly buildScenario: BuildScenario;
  readonly createTokens: CreateTokens;
  readonly courier: Courier;
  readonly store: Store;
  /** Of the sandbox of that name. */
  readonly openTraffic: (name: string) => Traffic;
  /** Real time, in milliseconds since the epoch. */
  readonly now: () => number;
  /** Told of each event that is written down. */
  readonly happened: (event: HostedEvent) => void;
};

/** What a sandbox is made of before anything is in it. */
type Made = {
  readonly name: string;
  readonly plan: SandboxPlan;
  readonly callers: Callers;
  readonly secret: string;
  readonly at: number;
  readonly traffic: Traffic;
};

/** What a plan says of the clock and of what goes wrong, once the sandbox is open. */
const begin = ({ sandbox: { clock, faults } }: HostedSandbox, plan: SandboxPlan): void => {
  if (plan.frozen) {
    clock.freeze();
    if (plan.startTime !== null) clock.set(plan.startTime);
  }
  if (plan.faults.length > 0) faults.replace(plan.faults, plan.seed);
};

/** With nothing in it. */
const make = async (options: HostOptions, made: Made): Promise<HostedSandbox> => {
  const { createTokens, courier, now, store } = options;
  const { name, secret, at, traffic } = made;
  let { plan, callers } = made;
  const tokens = await createTokens(secret);
  const stream: Stream = store.open(
    name,
    subjectOf(name, () => hosted, options),
  );
  const append = (event: HostedEvent): void => {
    stream.append(event);
    options.happened(event);
    if (event.type !== 'ApiKeyIssued') return;
    options.issued(hosted, event.key);
    stream.describe();
  };
  const { delivery, startTime } = plan;
  const { restart, kept, turn } = stream;
  const sandbox = createSandbox({
    ...{ name, now: stream.now ?? now, startTime, delivery, courier, traffic },
    journal: { append, restart, kept, turn },
  });
  const snapshots = createSnapshots(append);
  const hosted: HostedSandbox = {
    ...{ sandbox, tokens, secret, snapshots, stream, createdAt: at, lastUsedAt: at },
    get plan() {
      return plan;
    },
    get callers() {
      return callers;
    },
    choose: (nextPlan, nextCallers) => {
      append({ type: 'SandboxPlanned', plan: nextPlan, callers: nextCallers });
      [plan, callers] = [nextPlan, nextCallers];
    },
    observe: (event) => {
      // What it was made from was known before anything else.
      if (event.type === 'SandboxMade') return;
      if (event.type === 'SandboxPlanned') ({ plan, callers } = event);
      else if (event.type === 'SandboxUsed') hosted.lastUsedAt = event.at;
      else if (isSnapshotsEvent(event)) snapshots.observe(event);
      else sandbox.observe(event);
    },
  };
  return hosted;
};

export const hostSandbox = async (
  options: HostOptions,
  name: string,
  plan: SandboxPlan,
  secret: string,
): Promise<HostedSandbox> => {
  const at = options.now();
  const { events, callers } = await options.buildScenario(plan, secret, plan.startTime ?? at);
  const hosted = await make(options, {
    name,
    plan,
    callers,
    secret,
    at,
    traffic: options.openTraffic(name),
  });
  hosted.sandbox.open({
    history: events,
    state: await rebuild(events),
    waiting: [],
    pageSize: plan.pageSize,
    readings: plan.readings,
  });
  begin(hosted, plan);
  hosted.stream.describe();
  await hosted.sandbox.kept();
  return hosted;
};

/** As a store keeps it. Rejects where the store does, and where it holds what this version does not know. */
export const loadSandbox = async (
  options: HostOptions,
  name: string,
  traffic: Traffic,
): Promise<HostedSandbox> => {
  const events = toHostedEvents(name, await options.store.load(name));
  const made = events.find((event) => event.type === 'SandboxMade');
  const chosen = events.findLast((event) => event.type === 'SandboxPlanned');
  if (made === undefined || chosen === undefined) {
    throw new UnreadableError(`What is kept of the sandbox "${name}" has no beginning.`);
  }
  const { secret, at } = made;
  const { plan, callers } = chosen;
  // Aside: who closes the store or lets sandboxes end meets none that is half there.
  const told = events.flatMap((event) => (event.type === 'HistoryTold' ? event.events : []));
  const state = await rebuild(told);
  const hosted = await make(options, { name, plan, callers, secret, at, traffic });
  for (const event of events) {
    if (event.type === 'WorldOpened') hosted.sandbox.observe(event, state);
    else if (event.type !== 'HistoryTold') hosted.observe(event);
  }
  return hosted;
};

/** As it was when it was made from the plan: its world, its clock, its settings. Nothing of before is left in it. */
export const openAnew = async (
  options: HostOptions,
  hosted: HostedSandbox,
  plan: SandboxPlan,
): Promise<void> => {
  const { sandbox, secret, stream } = hosted;
  const now = stream.now ?? options.now;
  const startAt = plan.startTime ?? now();
  const { events: history, callers } = await options.buildScenario(plan, secret, startAt);
  const state = await rebuild(history);
  sandbox.clock.release();
  if (plan.startTime === null) sandbox.clock.toPresent();
  else sandbox.clock.set(plan.startTime);
  sandbox.delivery.configure(plan.delivery);
  sandbox.open({ history, state, waiting: [], pageSize: plan.pageSize, readings: plan.readings });
  // All else is as new, also where traffic of before stays.
  const cleared = sandbox.traffic.clear()?.catch(() => undefined);
  sandbox.faults.clear();
  begin(hosted, plan);
  hosted.choose(plan, callers);
  await cleared;
};
