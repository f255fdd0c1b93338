// The messages that left a sandbox, the newest of them, and word of each to those who wait for it.
import type { Letter } from './message.ts';

export type Message = {
  readonly letter: Letter;
  /** Milliseconds since the epoch, of the sandbox's clock. */
  readonly at: number;
  /** Why it came back; null when it did not. */
  readonly bounceReason: string | null;
};

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
  /** Waits for a message that is yet to come. `stop` ends it before its time, as if that were over. */
  readonly wait: (matches: Matches, milliseconds: number, stop: AbortSignal) => Promise<Awaited>;
  /** How many wait. */
  readonly waiting: () => number;
  /** Nothing more will come. */
  readonly close: () => void;
};

export type OutboxLimits = { readonly messages: number; readonly characters: number };

function weigh({ letter, bounceReason }: Message): number {
  const { email, inviterName, organizationName } = letter;
  return email.length + inviterName.length + organizationName.length + (bounceReason?.length ?? 0);
}

type Queue = Pick<Outbox, 'wait' | 'waiting' | 'close'> & {
  readonly announce: (message: Message) => void;
};

function createQueue(onWait: () => void): Queue {
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
}

/** `onWait` is told when somebody begins to wait. */
export function createOutbox(limits: OutboxLimits, onWait: () => void): Outbox {
  const byId = new Map<string, Message>();
  const { announce, wait, waiting, close } = createQueue(onWait);
  let weight = 0;

  const remove = (id: string): boolean => {
    const message = byId.get(id);
    if (message === undefined) return false;
    weight -= weigh(message);
    return byId.delete(id);
  };
  // It goes on where it stood: from the start it would pass by all that has gone, again and again.
  const oldest = byId.keys();
  const shrink = (): void => {
    // The newest stays, whatever it weighs.
    while (byId.size > 1 && (byId.size > limits.messages || weight > limits.characters)) {
      const next = oldest.next();
      if (next.done === true) return;
      remove(next.value);
    }
  };

  return {
    add: (message) => {
      byId.set(message.letter.id, message);
      weight += weigh(message);
      shrink();
      announce(message);
    },
    list: () => [...byId.values()],
    count: () => byId.size,
    find: (id) => byId.get(id),
    remove,
    clear: () => {
      byId.clear();
      weight = 0;
    },
    wait,
    waiting,
    close,
  };
}
