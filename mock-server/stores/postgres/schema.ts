// The tables of the store, and how those of earlier versions become today's: once, whichever process comes first, and
// forward alone.
import { setTimeout } from 'node:timers/promises';
import { StaleError, StoreError } from '../store.ts';
import type { Database } from './database.ts';
import { functions } from './functions.ts';

/**
 * `world`: a sandbox; `epoch` changes when it begins anew, `version` grows by one with all that is appended together.
 * `image`: what leads to a version, in parts. `event`: what was appended together, as a list. `traffic`: exchanges in the
 * order of `seq`, with the characters of all up to each as its `total`; what the `traffic_head` of a sandbox tells is up to
 * where they go, and since when they were not cleared: as a place, and as milliseconds since the epoch.
 */
const migrations: readonly string[] = [
  `CREATE TABLE invitations_mock.world (
    name text PRIMARY KEY,
    epoch text NOT NULL,
    version bigint NOT NULL,
    image_size bigint NOT NULL,
    tail_size bigint NOT NULL,
    time_to_live bigint,
    used_at bigint NOT NULL,
    waits boolean NOT NULL DEFAULT false
  );
  CREATE TABLE invitations_mock.image (
    world text NOT NULL REFERENCES invitations_mock.world ON DELETE CASCADE,
    epoch text NOT NULL,
    version bigint NOT NULL,
    part integer NOT NULL,
    body text NOT NULL,
    PRIMARY KEY (world, epoch, version, part)
  );
  CREATE TABLE invitations_mock.event (
    world text NOT NULL REFERENCES invitations_mock.world ON DELETE CASCADE,
    epoch text NOT NULL,
    version bigint NOT NULL,
    body text NOT NULL,
    PRIMARY KEY (world, epoch, version)
  );
  CREATE TABLE invitations_mock.credential (
    digest text PRIMARY KEY,
    world text NOT NULL REFERENCES invitations_mock.world ON DELETE CASCADE
  );
  CREATE INDEX credential_world ON invitations_mock.credential (world);
  CREATE TABLE invitations_mock.claim (
    key text PRIMARY KEY,
    id text NOT NULL,
    until timestamptz NOT NULL
  );`,
  `CREATE TABLE invitations_mock.traffic_head (
    world text PRIMARY KEY REFERENCES invitations_mock.world ON DELETE CASCADE,
    next bigint NOT NULL DEFAULT 1,
    size bigint NOT NULL DEFAULT 0,
    cleared_at bigint NOT NULL DEFAULT 1,
    cleared_time bigint NOT NULL DEFAULT 0
  );
  CREATE TABLE invitations_mock.traffic (
    world text NOT NULL REFERENCES invitations_mock.traffic_head ON DELETE CASCADE,
    seq bigint NOT NULL,
    total bigint NOT NULL,
    body text NOT NULL,
    PRIMARY KEY (world, seq)
  );
  INSERT INTO invitations_mock.traffic_head (world) SELECT name FROM invitations_mock.world;
  ${functions}`,
];

/** To compress exchanges, or to take short ones apart, costs more than they are worth. Nothing rests on it. */
const tuning =
  'ALTER TABLE invitations_mock.traffic ALTER COLUMN body SET STORAGE EXTERNAL, SET (toast_tuple_target = 8160)';

/** Two that make the same table at the same time hear of it by one error or another. */
const tries = 20;
const pauseMs = 100;

const create = async (database: Database): Promise<void> => {
  await database.ask('CREATE SCHEMA IF NOT EXISTS invitations_mock');
  await database.ask(
    'CREATE TABLE IF NOT EXISTS invitations_mock.schema_version (id integer PRIMARY KEY, version integer NOT NULL)',
  );
};

const prepare = async (database: Database): Promise<void> => {
  for (let left = tries; ; left -= 1) {
    try {
      const [there] = await database.ask(
        "SELECT 1 FROM information_schema.tables WHERE table_schema = 'invitations_mock' AND table_name = 'schema_version'",
      );
      // Who may not create anything is refused also where nothing is left to create.
      if (there === undefined) await create(database);
      await database.ask(
        'INSERT INTO invitations_mock.schema_version VALUES (1, 0) ON CONFLICT (id) DO NOTHING',
      );
      return;
    } catch (error) {
      if (left === 0 || !(error instanceof StaleError)) throw error;
      await setTimeout(pauseMs);
    }
  }
};

/** Rejects where a later version of this program has been here. */
export const migrate = async (database: Database): Promise<void> => {
  await prepare(database);
  const { ask, commit, abandon } = await database.begin();
  let version = 0;
  try {
    const [row] = await ask<{ version: number }>(
      'SELECT version FROM invitations_mock.schema_version WHERE id = 1 FOR UPDATE',
    );
    version = row?.version ?? 0;
    if (version > migrations.length) {
      throw new StoreError(
        'unavailable',
        `The tables in PostgreSQL have version ${version}; this program knows those up to ${migrations.length}. Start a later one.`,
      );
    }
    for (const migration of migrations.slice(version)) await ask(migration);
    await ask('UPDATE invitations_mock.schema_version SET version = $1', [migrations.length]);
  } catch (error) {
    abandon();
    throw error;
  }
  await commit();
  if (version < migrations.length) await database.ask(tuning).catch(() => undefined);
};
