// When an invitation's message leaves: a rule on the sandbox's clock and its reads, no timer.
import type { Event } from '../../domain/events.ts';
import { defaultBounceRules, type BounceRule } from './bounce-rules.ts';
import { createDueQueue } from './due-queue.ts';

export const deliveryModes = ['at-once', 'after-delay', 'after-reads', 'by-hand'] as const;

export type DeliveryMode = (typeof deliveryModes)[number];

export const isDeliveryMode = (value: unknown): value is DeliveryMode =>
  deliveryModes.some((mode) => mode === value);

export type DeliverySettings = {
  readonly mode: DeliveryMode;
  /** Counts in `after-delay` alone. */
  readonly delayMs: number;
  /** Counts in `after-reads` alone: so many reads show the invitation as pending. */
  readonly reads: number;
  readonly bounceRules: readonly BounceRule[];
};

export const defaultDelivery: DeliverySettings = {
  mode: 'at-once',
  delayMs: 2_000,
  reads: 3,
  bounceRules: defaultBounceRules,
};

/** A message that has not arrived yet. */
export type Waiting = {
  readonly invitationId: string;
  /** Milliseconds since the epoch, of the sandbox's clock. */
  readonly since: number;
};

export type Delivery = {
  readonly settings: () => DeliverySettings;
  /** The new settings hold for the messages that are waiting too. */
  readonly configure: (settings: DeliverySettings) => void;
  /** Takes note of what makes a message leave, and of what makes it pointless. */
  readonly observe: (event: Event) => void;
  /** A read of invitations was answered. */
  readonly countRead: () => void;
  /** The next message that is due by `now`, each once. It waits until `observe` hears what became of it. */
  readonly takeDue: (
    now: number,
  ) => { readonly waiting: Waiting; readonly dueAt: number } | undefined;
  /** Whether this very message is still waited for: none has replaced it. */
  readonly isWaiting: (waiting: Waiting) => boolean;
  readonly waiting: () => readonly Waiting[];
  readonly count: () => number;
  /** Begins anew with these messages waiting. */
  readonly restart: (waiting: readonly Waiting[]) => void;
};

type Concerning<Type extends Event['type']> = Extract<Event, { readonly type: Type }>;

const starting: ReadonlySet<Event['type']> = new Set([
  'InvitationCreated',
  'InvitationResent',
  'InvitationReaddressed',
]);

const startsDelivery = (
  event: Event,
): event is Concerning<'InvitationCreated' | 'InvitationResent' | 'InvitationReaddressed'> =>
  starting.has(event.type);

const ending: ReadonlySet<Event['type']> = new Set([
  'InvitationSent',
  'InvitationBounced',
  'InvitationAccepted',
  'InvitationDestroyed',
]);

const endsDelivery = (
  event: Event,
): event is Concerning<
  'InvitationSent' | 'InvitationBounced' | 'InvitationAccepted' | 'InvitationDestroyed'
> => ending.has(event.type);

type Schedule = {
  readonly add: (waiting: Waiting, settings: DeliverySettings) => void;
  readonly countRead: () => void;
  readonly takeDue: (now: number) => Waiting | undefined;
};

const createSchedule = (): Schedule => {
  const byTime = createDueQueue<Waiting>();
  const byReads = createDueQueue<Waiting>();
  let reads = 0;
  return {
    add: (waiting, settings) => {
      const { mode, delayMs } = settings;
      if (mode === 'at-once') byTime.add({ at: waiting.since, item: waiting });
      else if (mode === 'after-delay') byTime.add({ at: waiting.since + delayMs, item: waiting });
      else if (mode === 'after-reads') byReads.add({ at: reads + settings.reads, item: waiting });
    },
    countRead: () => {
      reads += 1;
    },
    takeDue: (now) => (byTime.take(now) ?? byReads.take(reads))?.item,
  };
};

/** When a message leaves that is due by `now`, and perhaps was before somebody looked. */
const leavesAt = ({ since }: Waiting, { mode, delayMs }: DeliverySettings, now: number): number => {
  if (mode === 'at-once') return since;
  return mode === 'after-delay' ? since + delayMs : now;
};

export const createDelivery = (initial: DeliverySettings): Delivery => {
  let settings = initial;
  let schedule = createSchedule();
  const latest = new Map<string, Waiting>();

  const wait = (waiting: Waiting): void => {
    // Removed first, so that the map stays in the order of waiting.
    latest.delete(waiting.invitationId);
    latest.set(waiting.invitationId, waiting);
    schedule.add(waiting, settings);
  };
  const restart = (waiting: readonly Waiting[]): void => {
    latest.clear();
    schedule = createSchedule();
    waiting.forEach(wait);
  };
  const isWaiting = (waiting: Waiting): boolean => latest.get(waiting.invitationId) === waiting;

  return {
    settings: () => settings,
    configure: (next) => {
      settings = next;
      restart([...latest.values()]);
    },
    observe: (event) => {
      if (startsDelivery(event)) wait({ invitationId: event.invitationId, since: event.at });
      else if (endsDelivery(event)) latest.delete(event.invitationId);
    },
    countRead: () => {
      schedule.countRead();
    },
    takeDue: (now) => {
      for (;;) {
        const waiting = schedule.takeDue(now);
        if (waiting === undefined) return undefined;
        // A later resend or a new address replaced this message, or nobody waits for it any more.
        if (isWaiting(waiting)) return { waiting, dueAt: leavesAt(waiting, settings, now) };
      }
    },
    isWaiting,
    waiting: () => [...latest.values()],
    count: () => latest.size,
    restart,
  };
};
