// What was appended and is not kept yet, and how it becomes rows.
import { randomUUID } from 'node:crypto';
import type { Description, StoredEvent } from '../store.ts';
import type { Ask } from './database.ts';
import {
  compact,
  deleteWorld,
  insertWorld,
  toParts,
  writeDescription,
  writeEvents,
  writeImage,
  type Place,
  type Position,
} from './rows.ts';

export type Draft = {
  /** The parts of the image that it begins anew with. */
  parts: readonly string[] | undefined;
  events: StoredEvent[];
  /** Of what it has when it is written. */
  description: (() => Description) | undefined;
  isRemoved: boolean;
};

export const emptyDraft = (): Draft => ({
  parts: undefined,
  events: [],
  description: undefined,
  isRemoved: false,
});

export const isEmpty = ({ parts, events, description, isRemoved }: Draft): boolean =>
  parts === undefined && events.length === 0 && description === undefined && !isRemoved;

/** What is kept already, and what all of it leads to. */
export type Base = {
  readonly name: string;
  readonly place: Place;
  readonly image: () => readonly StoredEvent[];
  readonly now: number;
  /** Whether something is yet to happen by itself. */
  readonly waits: boolean;
};

export type Written = {
  readonly position: Position;
  readonly statements: readonly Promise<unknown>[];
};

/** Characters by which what leads to a sandbox grows before an image takes the place of it, where the image is shorter. */
const leastTail = 1_000_000;

const writeChanges = (
  ask: Ask,
  { name, image, place, now, waits }: Base,
  from: Position,
  { parts, events }: Draft,
): Written => {
  if (events.length === 0) return { position: from, statements: [] };
  const position = { epoch: from.epoch, version: from.version + 1 };
  const body = JSON.stringify(events);
  const statements = [writeEvents(ask, name, position, body, { now, waits })];
  const isLong = place.tailSize + body.length > Math.max(leastTail, place.imageSize);
  if (isLong && parts === undefined) {
    statements.push(...compact(ask, name, position, toParts(image())));
  }
  return { position, statements };
};

/** Sends the statements that keep it. */
export const writeDraft = (ask: Ask, base: Base, draft: Draft): Written => {
  const { name } = base;
  const { parts, description, isRemoved } = draft;
  if (isRemoved) return { position: base.place, statements: [deleteWorld(ask, name)] };
  const statements: Promise<unknown>[] = [];
  const from = parts === undefined ? base.place : { epoch: randomUUID(), version: 0 };
  if (parts !== undefined) statements.push(...writeImage(ask, name, from.epoch, parts));
  const changes = writeChanges(ask, base, from, draft);
  statements.push(...changes.statements);
  if (description !== undefined) {
    const { keys, timeToLiveMs } = description();
    statements.push(...writeDescription(ask, name, keys, timeToLiveMs));
  }
  return { position: changes.position, statements };
};

/** Of a sandbox that is not kept yet. Rejects with a `StaleError` where another process makes it at the same time. */
export const writeNew = (ask: Ask, base: Omit<Base, 'place'>, draft: Draft): Written => {
  const place = { epoch: randomUUID(), version: 0, imageSize: 0, tailSize: 0 };
  const made = insertWorld(ask, base.name, place.epoch, base.now);
  const written = writeDraft(ask, { ...base, place }, draft);
  return { ...written, statements: [made, ...written.statements] };
};
