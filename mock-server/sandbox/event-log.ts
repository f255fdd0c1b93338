// What happened in a sandbox since it opened, in order: the newest events, numbered, and word of each to those who listen.
import type { Event } from '../../domain/events.ts';

/** `sequence` grows by one with each event and is never given twice. */
export type LoggedEvent = { readonly sequence: number; readonly event: Event };

export type EventLog = {
  readonly append: (event: Event) => void;
  /** Oldest first. */
  readonly list: () => readonly LoggedEvent[];
  readonly clear: () => void;
};

export const createEventLog = (limit: number): EventLog => {
  const ring: Event[] = [];
  let next = 1;
  let count = 0;
  return {
    append: (event) => {
      ring[next % limit] = event;
      next += 1;
      count = Math.min(count + 1, limit);
    },
    list: () => {
      const logged: LoggedEvent[] = [];
      for (let sequence = next - count; sequence < next; sequence += 1) {
        const event = ring[sequence % limit];
        if (event !== undefined) logged.push({ sequence, event });
      }
      return logged;
    },
    clear: () => {
      ring.length = 0;
      count = 0;
    },
  };
};
