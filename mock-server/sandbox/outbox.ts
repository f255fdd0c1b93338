// The messages that left a sandbox, the newest of them, and word of each to those who wait for it.
import type { Letter } from './message.ts';

export type Message = {
  readonly letter: Letter;
  /** Milliseconds since the epoch, of the sandbox's clock. */
  readonly at: number;
  /** Why it came back; null when it did not. */
  readonly bounceReason: string | null;
};

export type OutboxEvent =
  | { readonly type: 'MessageLeft'; readonly message: Message }
  | { readonly type: 'MessageRemoved'; readonly id: string }
  | { readonly type: 'MessagesCleared' };

export const isOutboxEvent = (event: { readonly type: string }): event is OutboxEvent =>
  event.type.startsWith('Message');

export type Matches = (message: Message) => boolean;

/** How waiting ended: with a match, without one in its time, or with the sandbox. */
export type Awaited = 'matched' | 'over' | 'closed';

export type Outbox = {
  readonly add: (message: Message) => void;
  /** The oldest first. */
  readonly list: () => readonly Message[];
  readonly count: () => number;
  readonly find: (id: string) => Message | undefined;
  /** Whether there was such a message. */
  readonly remove: (id: string) => boolean;
  readonly clear: () => void;
  /** What is there changes as it did when this was recorded. */
  readonly observe: (event: OutboxEvent) => void;
  /** Waits for a message that is yet to come. `stop` ends it before its time, as if that were over. */
  readonly wait: (matches: Matches, milliseconds: number, stop: AbortSignal) => Promise<Awaited>;
  /** How many wait. */
  readonly waiting: () => number;
  /** Nothing more will come. */
  readonly close: () => void;
};

export type OutboxLimits = { readonly messages: number; readonly characters: number };

const weigh = ({ letter, bounceReason }: Message): number => {
  const { email, inviterName, organizationName } = letter;
  return email.length + inviterName.length + organizationName.length + (bounceReason?.length ?? 0);
};

type Waits = Pick<Outbox, 'wait' | 'waiting' | 'close'> & {
  readonly announce: (message: Message) => void;
};

const createWaits = (onWait: () => void): Waits => {
  const waiting = new Map<(ending: Awaited) => void, Matches>();
  let isOpen = true;
  return {
    announce: (message) => {
      for (const [end, matches] of waiting) if (matches(message)) end('matched');
    },
    wait: (matches, milliseconds, stop) =>
      new Promise((resolve) => {
        const end = (ending: Awaited): void => {
          waiting.delete(end);
          clearTimeout(timer);
          stop.removeEventListener('abort', giveUp);
          resolve(ending);
        };
        const giveUp = (): void => {
          end('over');
        };
        const timer = setTimeout(giveUp, milliseconds);
        waiting.set(end, matches);
        stop.addEventListener('abort', giveUp);
        if (!isOpen) end('closed');
        else if (stop.aborted) giveUp();
        else onWait();
      }),
    waiting: () => waiting.size,
    close: () => {
      isOpen = false;
      for (const end of waiting.keys()) end('closed');
    },
  };
};

const spentLimit = 256;

type Shelf = Pick<Outbox, 'list' | 'count' | 'find' | 'observe'>;

const createShelf = (limits: OutboxLimits): Shelf => {
  // Far more are kept than are looked for, so they have no index. Those before `head` are spent.
  let messages: Message[] = [];
  let head = 0;
  let weight = 0;

  const count = (): number => messages.length - head;
  const placeOf = (id: string): number =>
    messages.findIndex(({ letter }, place) => place >= head && letter.id === id);
  const add = (message: Message): void => {
    messages.push(message);
    weight += weigh(message);
    // The newest stays, whatever it weighs.
    while (count() > 1 && (count() > limits.messages || weight > limits.characters)) {
      const oldest = messages[head];
      if (oldest !== undefined) weight -= weigh(oldest);
      head += 1;
    }
    if (head < spentLimit) return;
    messages = messages.slice(head);
    head = 0;
  };

  return {
    list: () => messages.slice(head),
    count,
    find: (id) => messages[placeOf(id)],
    observe: (event) => {
      switch (event.type) {
        case 'MessageLeft':
          add(event.message);
          return;
        case 'MessageRemoved':
          for (const removed of messages.splice(placeOf(event.id), 1)) weight -= weigh(removed);
          return;
        case 'MessagesCleared':
          messages = [];
          head = 0;
          weight = 0;
          return;
        default:
          event satisfies never;
      }
    },
  };
};

/** `onWait` is told when somebody begins to wait, `record` of each change. */
export const createOutbox = (
  limits: OutboxLimits,
  onWait: () => void,
  record: (event: OutboxEvent) => void,
): Outbox => {
  const { announce, wait, waiting, close } = createWaits(onWait);
  const shelf = createShelf(limits);
  const tell = (event: OutboxEvent): void => {
    record(event);
    shelf.observe(event);
  };
  return {
    ...shelf,
    add: (message) => {
      tell({ type: 'MessageLeft', message });
      announce(message);
    },
    remove: (id) => {
      if (shelf.find(id) === undefined) return false;
      tell({ type: 'MessageRemoved', id });
      return true;
    },
    clear: () => {
      tell({ type: 'MessagesCleared' });
    },
    wait,
    waiting,
    close,
  };
};
