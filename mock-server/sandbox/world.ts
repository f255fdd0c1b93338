// What follows from a sandbox's events: a state, a clock, deliveries, messages and faults. It decides nothing.
import { defaultReadings, type Readings } from '../../spec/vocabulary.ts';
import { distill } from '../../domain/distill.ts';
import type { Event } from '../../domain/events.ts';
import { evolve } from '../../domain/evolve.ts';
import { createState, type State } from '../../domain/state.ts';
import { createClock, type Clock } from './clock.ts';
import type { DeliverySettings } from './delivery-settings.ts';
import { createDelivery, isDeliveryEvent, type Delivery, type Waiting } from './delivery.ts';
import { createEventLog, type EventLog } from './event-log.ts';
import { createFaults, isFaultsEvent, type Faults } from './faults.ts';
import { isWorldEvent, type Journal, type SandboxEvent, type WorldEvent } from './journal.ts';
import { createOutbox, isOutboxEvent, type Outbox } from './outbox.ts';

export type WorldOptions = {
  /** Real time, in milliseconds since the epoch. */
  readonly now: () => number;
  /** What the clock shows first; null: real time. */
  readonly startTime: number | null;
  readonly delivery: DeliverySettings;
  readonly journal: Journal;
};

export type World = {
  readonly clock: Clock;
  readonly delivery: Delivery;
  readonly outbox: Outbox;
  readonly faults: Faults;
  readonly events: EventLog;
  readonly state: () => State;
  readonly pageSize: () => number;
  readonly readings: () => Readings;
  /** Another state takes the place of the one that was, and messages of its time. */
  readonly replace: (
    state: State,
    opening: {
      readonly waiting: readonly Waiting[];
      readonly pageSize: number;
      readonly readings?: Partial<Readings>;
    },
  ) => void;
  /** The same happens as when this was recorded. */
  readonly observe: (event: SandboxEvent, state?: State) => void;
  /** Something happened to invitations or to people. */
  readonly happen: (event: Event) => void;
  /** Events that lead from nothing to all that there is now. */
  readonly image: () => readonly SandboxEvent[];
};

const keptEvents = 10_000;
const holdLimits = { answers: 1_000, characters: 64_000_000 } as const;
const outboxLimits = { messages: 1_000, characters: 1_000_000 } as const;
const toldAtOnce = 500;

const tellHistory = (state: State): readonly SandboxEvent[] => {
  const history = distill(state);
  const told: SandboxEvent[] = [];
  for (let from = 0; from < history.length; from += toldAtOnce) {
    told.push({ type: 'HistoryTold', events: history.slice(from, from + toldAtOnce) });
  }
  return told;
};

const tellClock = (clock: Clock): SandboxEvent => ({
  type: 'ClockChanged',
  offset: clock.offset(),
  frozenAt: clock.isFrozen() ? clock.now() : null,
});

type Contents = Pick<World, 'state' | 'pageSize' | 'readings' | 'replace' | 'happen' | 'events'> & {
  readonly observe: (event: WorldEvent, state?: State) => void;
};

/** What changes with the world that is open; the clock, the settings and the faults stay. */
const createContents = (delivery: Delivery, outbox: Outbox): Contents => {
  const events = createEventLog(keptEvents);
  let state = createState();
  let pageSize = 0;
  let readings = defaultReadings;

  const replace: World['replace'] = (next, opening) => {
    state = next;
    pageSize = opening.pageSize;
    readings = { ...defaultReadings, ...opening.readings };
    delivery.restart(opening.waiting);
    events.clear();
    outbox.observe({ type: 'MessagesCleared' });
  };
  return {
    events,
    state: () => state,
    pageSize: () => pageSize,
    readings: () => readings,
    replace,
    happen: (event) => {
      evolve(state, event);
      delivery.happen(event);
      events.append(event);
    },
    observe: (event, built = createState()) => {
      if (event.type === 'WorldOpened') replace(built, event);
      else if (event.type === 'LogKept') events.restore(event);
      else for (const told of event.events) evolve(state, told);
    },
  };
};

/** `onWait` is told when somebody begins to wait for a message. */
export const createWorld = (options: WorldOptions, onWait: () => void): World => {
  const { now, startTime, journal } = options;
  const clock = createClock(now, startTime, journal.append);
  const delivery = createDelivery(options.delivery, journal.append);
  const outbox = createOutbox(outboxLimits, onWait, journal.append);
  const faults = createFaults(holdLimits, journal.append);
  const contents = createContents(delivery, outbox);
  const { events, state, pageSize, readings, replace, happen } = contents;

  return {
    ...{ clock, delivery, outbox, faults, events, state, pageSize, readings, replace, happen },
    observe: (event, built) => {
      if (isOutboxEvent(event)) outbox.observe(event);
      else if (isFaultsEvent(event)) faults.observe(event);
      else if (isDeliveryEvent(event)) delivery.observe(event);
      else if (isWorldEvent(event)) contents.observe(event, built);
      else if (event.type === 'ClockChanged') clock.observe(event);
      else happen(event);
    },
    image: () => [
      tellClock(clock),
      { type: 'DeliveryConfigured', settings: delivery.settings() },
      {
        type: 'WorldOpened',
        waiting: delivery.waiting(),
        pageSize: pageSize(),
        readings: readings(),
      },
      ...tellHistory(state()),
      { type: 'LogKept', ...events.image() },
      ...outbox.list().map((message) => ({ type: 'MessageLeft', message }) as const),
      ...(faults.areSet() ? faults.image() : []),
    ],
  };
};
