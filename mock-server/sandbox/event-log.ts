// What happened in a sandbox since it opened, in order: the newest events, numbered, and word of each to those who listen.
import type { Event } from '../../domain/events.ts';

/** `sequence` grows by one with each event and is never given twice. */
export type LoggedEvent = { readonly sequence: number; readonly event: Event };

export type LogImage = { readonly next: number; readonly events: readonly Event[] };

export type EventLog = {
  readonly append: (event: Event) => void;
  readonly count: () => number;
  /** Oldest first. */
  readonly list: () => readonly LoggedEvent[];
  readonly clear: () => void;
  readonly image: () => LogImage;
  readonly restore: (image: LogImage) => void;
};

export const createEventLog = (limit: number): EventLog => {
  const ring: Event[] = [];
  let next = 1;
  let count = 0;
  const append = (event: Event): void => {
    ring[next % limit] = event;
    next += 1;
    count = Math.min(count + 1, limit);
  };
  const list = (): readonly LoggedEvent[] => {
    const logged: LoggedEvent[] = [];
    for (let sequence = next - count; sequence < next; sequence += 1) {
      const event = ring[sequence % limit];
      if (event !== undefined) logged.push({ sequence, event });
    }
    return logged;
  };
  const clear = (): void => {
    ring.length = 0;
    count = 0;
  };
  return {
    append,
    count: () => count,
    list,
    clear,
    image: () => ({ next, events: list().map(({ event }) => event) }),
    restore: (image) => {
      clear();
      next = image.next - image.events.length;
      image.events.forEach(append);
    },
  };
};
