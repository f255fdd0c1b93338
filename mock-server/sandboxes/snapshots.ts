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

export type Snapshots = {
  /** Oldest first. */
  readonly list: () => readonly Snapshot[];
  /** By id, or by label: then the newest that has it. */
  readonly find: (idOrLabel: string) => Snapshot | undefined;
  /** Undefined where there is no room for it. */
  readonly add: (label: string, image: WorldImage, now: number) => Snapshot | undefined;
  readonly remove: (snapshot: Snapshot) => void;
};

export const snapshotLimits = { snapshots: 20, events: 1_000_000 } as const;

export const createSnapshots = (): Snapshots => {
  let snapshots: readonly Snapshot[] = [];
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
      snapshots = [...snapshots, snapshot];
      return snapshot;
    },
    remove: (snapshot) => {
      snapshots = snapshots.filter((one) => one !== snapshot);
    },
  };
};
