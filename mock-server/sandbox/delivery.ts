// Which messages wait, and when each is due: a rule on the sandbox's clock and its reads, no timer.
import type { Event } from '../../domain/events.ts';
import type { DeliverySettings } from './delivery-settings.ts';

/** A message that has not arrived yet. */
export type Waiting = {
  readonly invitationId: string;
  /** Milliseconds since the epoch, of the sandbox's clock. */
  readonly since: number;
  /** Reads that were counted since then; none where it is absent. */
  readonly reads?: number;
};

export type Due = { readonly waiting: Waiting; readonly dueAt: number };

export type DeliveryEvent =
  | { readonly type: 'DeliveryConfigured'; readonly settings: DeliverySettings }
  /** Of invitations, while messages wait for reads. */
  | { readonly type: 'ReadCounted' };

export const isDeliveryEvent = (event: { readonly type: string }): event is DeliveryEvent =>
  event.type === 'DeliveryConfigured' || event.type === 'ReadCounted';

export type Delivery = {
  readonly settings: () => DeliverySettings;
  /** The new settings hold for the messages that are waiting too. */
  readonly configure: (settings: DeliverySettings) => void;
  /** Takes note of what makes a message leave, and of what makes it pointless. */
  readonly happen: (event: Event) => void;
  /** The same happens as when this was recorded. */
  readonly observe: (event: DeliveryEvent) => void;
  /** A read of invitations was answered. */
  readonly countRead: () => void;
  /** The next message that is due by `now`, each once. It waits until `observe` hears what became of it. */
  readonly takeDue: (now: number) => Due | undefined;
  /** Whether a read that comes at that time lets something happen. */
  readonly isTouched: (now: number) => boolean;
  /** Whether this very message is still waited for: none has replaced it. */
  readonly isWaiting: (waiting: Waiting) => boolean;
  readonly waiting: () => readonly Waiting[];
  readonly count: () => number;
  /** Begins anew with these messages waiting. */
  readonly restart: (waiting: readonly Waiting[]) => void;
};

type Entry = { readonly at: number; readonly waiting: Waiting };

/** The earliest first, and of two that are due together the one that came first. */
type Queue = {
  readonly add: (at: number, waiting: Waiting) => void;
  /** The earliest, if it is due by `limit`; it is no longer there afterwards. */
  readonly take: (limit: number) => Waiting | undefined;
  readonly isDue: (limit: number) => boolean;
};

const spentLimit = 4_096;

const createQueue = (): Queue => {
  // Entries before `head` are spent.
  let queue: Entry[] = [];
  let head = 0;
  const isDue = (limit: number): boolean => (queue[head]?.at ?? Infinity) <= limit;
  return {
    isDue,
    add: (at, waiting) => {
      let place = queue.length;
      while (place > head && (queue[place - 1]?.at ?? 0) > at) place -= 1;
      if (place === queue.length) queue.push({ at, waiting });
      else queue.splice(place, 0, { at, waiting });
    },
    take: (limit) => {
      const entry = queue[head];
      if (entry === undefined || !isDue(limit)) return undefined;
      head += 1;
      // Under a steady load the queue is never empty, and what is spent must not pile up.
      if (head === queue.length || head >= spentLimit) {
        queue = queue.slice(head);
        head = 0;
      }
      return entry.waiting;
    },
  };
};

type Schedule = {
  /** `counted` reads showed it already. */
  readonly add: (waiting: Waiting, settings: DeliverySettings, counted: number) => void;
  readonly countRead: () => void;
  readonly takeDue: (now: number) => Waiting | undefined;
  readonly isDue: (now: number) => boolean;
  /** As it would have to be added to a new schedule. */
  readonly withReads: (waiting: Waiting) => Waiting;
};

const createSchedule = (): Schedule => {
  const byTime = createQueue();
  const byReads = createQueue();
  const readsAt = new WeakMap<Waiting, number>();
  let reads = 0;
  return {
    add: (waiting, settings, counted) => {
      const { mode, delayMs } = settings;
      if (mode === 'at-once') byTime.add(waiting.since, waiting);
      else if (mode === 'after-delay') byTime.add(waiting.since + delayMs, waiting);
      else if (mode === 'after-reads') {
        const from = reads - counted;
        readsAt.set(waiting, from);
        byReads.add(from + settings.reads, waiting);
      }
    },
    countRead: () => {
      reads += 1;
    },
    takeDue: (now) => byTime.take(now) ?? byReads.take(reads),
    isDue: (now) => byTime.isDue(now) || byReads.isDue(reads),
    withReads: (waiting) => {
      const { invitationId, since } = waiting;
      const counted = reads - (readsAt.get(waiting) ?? reads);
      return counted === 0 ? { invitationId, since } : { invitationId, since, reads: counted };
    },
  };
};

/** When a message leaves that is due by `now`, and perhaps was before somebody looked. */
const leavesAt = ({ since }: Waiting, { mode, delayMs }: DeliverySettings, now: number): number => {
  if (mode === 'at-once') return since;
  return mode === 'after-delay' ? since + delayMs : now;
};

type Roll = Pick<
  Delivery,
  'isWaiting' | 'isTouched' | 'waiting' | 'count' | 'restart' | 'takeDue'
> & {
  readonly add: (waiting: Waiting) => void;
  readonly remove: (invitationId: string) => void;
  readonly countRead: () => void;
  /** The same messages, by other settings, as if none of their reads had been counted. */
  readonly reschedule: () => void;
};

const createRoll = (settings: () => DeliverySettings): Roll => {
  let schedule = createSchedule();
  const latest = new Map<string, Waiting>();

  const add = (waiting: Waiting, counted = 0): void => {
    // Removed first, so that the map stays in the order of waiting.
    latest.delete(waiting.invitationId);
    latest.set(waiting.invitationId, waiting);
    schedule.add(waiting, settings(), counted);
  };
  const isWaiting = (waiting: Waiting): boolean => latest.get(waiting.invitationId) === waiting;

  return {
    add,
    remove: (invitationId) => latest.delete(invitationId),
    countRead: () => {
      schedule.countRead();
    },
    reschedule: () => {
      schedule = createSchedule();
      for (const waiting of [...latest.values()]) add(waiting);
    },
    takeDue: (now) => {
      for (;;) {
        const waiting = schedule.takeDue(now);
        if (waiting === undefined) return undefined;
        // A later resend or a new address replaced this message, or nobody waits for it any more.
        if (isWaiting(waiting)) return { waiting, dueAt: leavesAt(waiting, settings(), now) };
      }
    },
    isWaiting,
    isTouched: (now) =>
      (settings().mode === 'after-reads' && latest.size > 0) || schedule.isDue(now),
    waiting: () => [...latest.values()].map(schedule.withReads),
    count: () => latest.size,
    restart: (waiting) => {
      latest.clear();
      schedule = createSchedule();
      for (const one of waiting) add(one, one.reads);
    },
  };
};

const starting: ReadonlySet<Event['type']> = new Set([
  'InvitationCreated',
  'InvitationResent',
  'InvitationReaddressed',
]);

const ending: ReadonlySet<Event['type']> = new Set([
  'InvitationSent',
  'InvitationBounced',
  'InvitationAccepted',
  'InvitationDestroyed',
]);

/** `record` is told of what changes here and does not follow from what else happens. */
export const createDelivery = (
  initial: DeliverySettings,
  record: (event: DeliveryEvent) => void,
): Delivery => {
  let settings = initial;
  const { add, remove, countRead, reschedule, ...roll } = createRoll(() => settings);

  const observe = (event: DeliveryEvent): void => {
    if (event.type === 'ReadCounted') {
      countRead();
      return;
    }
    ({ settings } = event);
    reschedule();
  };
  const tell = (event: DeliveryEvent): void => {
    record(event);
    observe(event);
  };

  return {
    ...roll,
    settings: () => settings,
    configure: (next) => {
      tell({ type: 'DeliveryConfigured', settings: next });
    },
    observe,
    happen: (event) => {
      if (!('invitationId' in event)) return;
      const { type, invitationId, at: since } = event;
      if (starting.has(type)) add({ invitationId, since });
      else if (ending.has(type)) remove(invitationId);
    },
    countRead: () => {
      if (settings.mode === 'after-reads' && roll.count() > 0) tell({ type: 'ReadCounted' });
    },
  };
};
