// The snapshots of one sandbox, bounded by their number and by what they hold.
import { randomUUID } from 'node:crypto';
import type { WorldImage } from './world-image.ts';

export type Snapshot = {
  readonly id: string;
  readonly label: string;
  /** Real time, in milliseconds since the epoch. */
  readonly createdAt: number;
  readonly image: WorldImage;
};

export type SnapshotsEvent =
  | { readonly type: 'SnapshotKept'; readonly snapshot: Snapshot }
  | { readonly type: 'SnapshotRemoved'; readonly id: string };

export const isSnapshotsEvent = (event: { readonly type: string }): event is SnapshotsEvent =>
  event.type === 'SnapshotKept' || event.type === 'SnapshotRemoved';

export type Snapshots = {
  /** Oldest first. */
  readonly list: () => readonly Snapshot[];
  /** By id, or by label: then the newest that has it. */
  readonly find: (idOrLabel: string) => Snapshot | undefined;
  /** Undefined where there is no room for it. */
  readonly add: (label: string, image: WorldImage, now: number) => Snapshot | undefined;
  readonly remove: (snapshot: Snapshot) => void;
  /** The same happens as when this was recorded. */
  readonly observe: (event: SnapshotsEvent) => void;
};

export const snapshotLimits = { snapshots: 20, events: 1_000_000 } as const;

/** `record` is told of each change. */
export const createSnapshots = (record: (event: SnapshotsEvent) => void): Snapshots => {
  let snapshots: readonly Snapshot[] = [];
  const observe = (event: SnapshotsEvent): void => {
    snapshots =
      event.type === 'SnapshotKept'
        ? [...snapshots, event.snapshot]
        : snapshots.filter(({ id }) => id !== event.id);
  };
  const tell = (event: SnapshotsEvent): void => {
    record(event);
    observe(event);
  };
  return {
    list: () => snapshots,
    find: (idOrLabel) =>
      snapshots.find(({ id }) => id === idOrLabel) ??
      snapshots.findLast(({ label }) => label === idOrLabel),
    add: (label, image, createdAt) => {
      const events = snapshots.reduce((sum, { image: { history } }) => sum + history.length, 0);
      const isFull =
        snapshots.length >= snapshotLimits.snapshots ||
        (snapshots.length > 0 && events + image.history.length > snapshotLimits.events);
      if (isFull) return undefined;
      const snapshot = { id: randomUUID(), label, createdAt, image };
      tell({ type: 'SnapshotKept', snapshot });
      return snapshot;
    },
    remove: ({ id }) => {
      tell({ type: 'SnapshotRemoved', id });
    },
    observe,
  };
};
