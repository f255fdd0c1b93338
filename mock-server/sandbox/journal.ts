// All that can happen in a sandbox, and where it is written down.
import type { Event } from '../../domain/events.ts';
import type { Readings } from '../../spec/vocabulary.ts';
import type { ClockChanged } from './clock.ts';
import type { DeliveryEvent, Waiting } from './delivery.ts';
import type { LogImage } from './event-log.ts';
import type { FaultsEvent } from './faults.ts';
import type { OutboxEvent } from './outbox.ts';

export type WorldEvent =
  /** Another world takes the place of the one that was. Its history follows. */
  | {
      readonly type: 'WorldOpened';
      readonly waiting: readonly Waiting[];
      readonly pageSize: number;
      /** Those that differ from the default. */
      readonly readings?: Partial<Readings>;
    }
  | { readonly type: 'HistoryTold'; readonly events: readonly Event[] }
  /** The newest events since the world opened, as they are numbered. */
  | ({ readonly type: 'LogKept' } & LogImage);

export const isWorldEvent = (event: { readonly type: string }): event is WorldEvent =>
  event.type === 'WorldOpened' || event.type === 'HistoryTold' || event.type === 'LogKept';

export type SandboxEvent =
  | Event
  | WorldEvent
  // What is there beside invitations, each in a file of its own.
  | ClockChanged
  | DeliveryEvent
  | OutboxEvent
  | FaultsEvent;

export type Journal = {
  readonly append: (event: SandboxEvent) => void;
  /** What was appended before counts no longer: the sandbox's image tells all that there is. */
  readonly restart: () => void;
  /** Undefined when all of it is kept; else it resolves once it is. Rejects with a `StoreError`. */
  readonly kept: () => Promise<void> | undefined;
  /** For what happens although nobody asked: on what is kept by now, whoever wrote it. May reject. */
  readonly turn: (kind: 'read' | 'write', work: () => void) => void | Promise<void>;
};
