// What is kept of a sandbox in rows: how it is read, and how it is written.
import { StoreError, type StoredEvent } from '../store.ts';
import type { Ask } from './database.ts';

/** Up to where a process knows a sandbox. An epoch is never given twice. */
export type Position = { readonly epoch: string; readonly version: number };

/** Sizes in characters: of the image, and of what came after it. */
export type Place = Position & { readonly imageSize: number; readonly tailSize: number };

/** What came after a position, as it was kept. */
export type Tail = Place & {
  /** Milliseconds since the epoch, by the clock of the database. */
  readonly now: number;
  /** Lists of events in JSON. Null where they are not all there any longer, or the sandbox began anew. */
  readonly bodies: readonly string[] | null;
};

export type Sought = Position & { readonly name: string };

type TailRow = {
  readonly name: string;
  readonly epoch: string;
  readonly version: number;
  readonly image_size: number;
  readonly tail_size: number;
  readonly now: number;
  readonly body: string | null;
};

const now = '(extract(epoch FROM clock_timestamp()) * 1000)::float8';

const tails = 'SELECT * FROM invitations_mock.tails($1, $2, $3)';

/** Of those that there are, by name: one moment for all. */
export const readTails = async (
  ask: Ask,
  sought: readonly Sought[],
): Promise<ReadonlyMap<string, Tail>> => {
  const rows = await ask<TailRow>(tails, [
    sought.map(({ name }) => name),
    sought.map(({ epoch }) => epoch),
    sought.map(({ version }) => version),
  ]);
  return toTails(rows, sought);
};

const toTails = (
  rows: readonly TailRow[],
  sought: readonly Sought[],
): ReadonlyMap<string, Tail> => {
  const positions = new Map(sought.map((one) => [one.name, one]));
  const found = new Map<string, Tail & { bodies: string[] | null }>();
  for (const {
    name,
    epoch,
    version,
    body,
    image_size: imageSize,
    tail_size: tailSize,
    now: at,
  } of rows) {
    const known = found.get(name);
    const bodies = body === null ? [] : [body];
    if (known !== undefined) known.bodies?.push(...bodies);
    else found.set(name, { epoch, version, now: Math.floor(at), imageSize, tailSize, bodies });
  }
  for (const [name, tail] of found) {
    const position = positions.get(name);
    const isWhole =
      tail.epoch === position?.epoch && tail.bodies?.length === tail.version - position.version;
    if (!isWhole) tail.bodies = null;
  }
  return found;
};

/** Nobody else writes to it until the transaction ends. Undefined where there is none. */
export const lockTail = async (ask: Ask, sought: Sought): Promise<Tail | undefined> => {
  const { name, epoch, version } = sought;
  const rows = await ask<TailRow>('SELECT * FROM invitations_mock.lock_tail($1, $2, $3)', [
    ...[name, epoch, version],
  ]);
  return toTails(rows, [sought]).get(name);
};

export const readNames = async (ask: Ask): Promise<readonly string[]> => {
  const rows = await ask<{ name: string }>('SELECT name FROM invitations_mock.world ORDER BY name');
  return rows.map(({ name }) => name);
};

export type Loaded = Position & { readonly now: number; readonly bodies: readonly string[] };

/** `ask` has to show one moment to all that it asks. */
export const readWorld = async (ask: Ask, name: string): Promise<Loaded | undefined> => {
  const [worlds, images, events] = await Promise.all([
    ask<{ epoch: string; version: number; now: number }>(
      `SELECT epoch, version::float8, ${now} AS now FROM invitations_mock.world WHERE name = $1`,
      [name],
    ),
    ask<{ body: string }>(
      `SELECT body FROM invitations_mock.image i JOIN invitations_mock.world w ON w.name = i.world AND w.epoch = i.epoch
       WHERE i.world = $1 ORDER BY i.part`,
      [name],
    ),
    ask<{ body: string }>(
      `SELECT e.body FROM invitations_mock.event e JOIN invitations_mock.world w ON w.name = e.world AND w.epoch = e.epoch
       WHERE e.world = $1 AND e.version > (SELECT coalesce(max(i.version), 0) FROM invitations_mock.image i
         WHERE i.world = w.name AND i.epoch = w.epoch)
       ORDER BY e.version`,
      [name],
    ),
  ]);
  const [world] = worlds;
  if (world === undefined) return undefined;
  const bodies = [...images, ...events].map(({ body }) => body);
  return { ...world, now: Math.floor(world.now), bodies };
};

const isEvent = (value: unknown): value is StoredEvent =>
  typeof value === 'object' && value !== null && 'type' in value && typeof value.type === 'string';

/** Throws a `StoreError` where somebody else has written what is kept. */
export const toEvents = (body: string): readonly StoredEvent[] => {
  const events: unknown = JSON.parse(body);
  if (Array.isArray(events) && events.every(isEvent)) return events;
  throw new StoreError('unavailable', 'A row in PostgreSQL is not what was written.');
};

/** Events in one part of an image. */
const partEvents = 20;

export const toParts = (image: readonly StoredEvent[]): readonly string[] => {
  const parts: string[] = [];
  for (let from = 0; from < image.length; from += partEvents) {
    parts.push(JSON.stringify(image.slice(from, from + partEvents)));
  }
  return parts;
};

const sizeOf = (parts: readonly string[]): number =>
  parts.reduce((size, part) => size + part.length, 0);

/** Where each begins, how long it is, and all of them in one piece: as a list of texts, each would have to be escaped. */
export const inOnePiece = (texts: readonly string[]) => {
  const pieces = texts.map((text) => Buffer.from(text));
  let start = 1;
  const starts = pieces.map(({ length }) => (start += length) - length);
  return [starts, pieces.map(({ length }) => length), Buffer.concat(pieces)] as const;
};

const insertImage = (
  ask: Ask,
  name: string,
  { epoch, version }: Position,
  parts: readonly string[],
): Promise<unknown> =>
  ask(
    `INSERT INTO invitations_mock.image (world, epoch, version, part, body)
     SELECT $1, $2, $3, p.part, convert_from(substring($6::bytea FROM p.start FOR p.bytes), 'UTF8')
     FROM unnest($4::integer[], $5::integer[]) WITH ORDINALITY AS p (start, bytes, part)`,
    [name, epoch, version, ...inOnePiece(parts)],
  );

/** Rejects with a `StaleError` where there is one. */
export const insertWorld = async (ask: Ask, name: string, epoch: string, at: number) =>
  ask(
    `WITH made AS (
       INSERT INTO invitations_mock.world (name, epoch, version, image_size, tail_size, used_at)
       VALUES ($1, $2, 0, 0, 0, $3)
     )
     INSERT INTO invitations_mock.traffic_head (world, cleared_time) VALUES ($1, $3)`,
    [name, epoch, at],
  );

/** It begins with these parts in another epoch, at version 0. */
export const writeImage = (
  ask: Ask,
  name: string,
  epoch: string,
  parts: readonly string[],
): readonly Promise<unknown>[] => [
  ask('DELETE FROM invitations_mock.event WHERE world = $1', [name]),
  ask('DELETE FROM invitations_mock.image WHERE world = $1', [name]),
  insertImage(ask, name, { epoch, version: 0 }, parts),
  ask(
    `UPDATE invitations_mock.world SET epoch = $2, version = 0, image_size = $3, tail_size = 0 WHERE name = $1`,
    [name, epoch, sizeOf(parts)],
  ),
];

/** `version` is the one that it gets. */
export const writeEvents = (
  ask: Ask,
  name: string,
  { epoch, version }: Position,
  body: string,
  { now: usedAt, waits }: { readonly now: number; readonly waits: boolean },
): Promise<unknown> =>
  ask('SELECT invitations_mock.append($1, $2, $3, $4, $5, $6, $7)', [
    ...[name, epoch, version, body, body.length, usedAt, waits],
  ]);

/** For those who are but a little behind. */
const keptVersions = 50;

/** What led to the version before is needed no longer. */
export const compact = (
  ask: Ask,
  name: string,
  position: Position,
  parts: readonly string[],
): readonly Promise<unknown>[] => [
  ask('DELETE FROM invitations_mock.image WHERE world = $1', [name]),
  ask('DELETE FROM invitations_mock.event WHERE world = $1 AND version <= $2', [
    name,
    position.version - keptVersions,
  ]),
  insertImage(ask, name, position, parts),
  ask(`UPDATE invitations_mock.world SET image_size = $2, tail_size = 0 WHERE name = $1`, [
    name,
    sizeOf(parts),
  ]),
];

export const writeDescription = (
  ask: Ask,
  name: string,
  keys: readonly string[],
  timeToLiveMs: number | null,
): readonly Promise<unknown>[] => [
  ask('DELETE FROM invitations_mock.credential WHERE world = $1', [name]),
  ask(
    `INSERT INTO invitations_mock.credential (digest, world) SELECT k, $1 FROM unnest($2::text[]) AS k
     ON CONFLICT (digest) DO UPDATE SET world = excluded.world`,
    [name, keys],
  ),
  ask('UPDATE invitations_mock.world SET time_to_live = $2 WHERE name = $1', [name, timeToLiveMs]),
];

export const deleteWorld = (ask: Ask, name: string): Promise<unknown> =>
  ask('DELETE FROM invitations_mock.world WHERE name = $1', [name]);
