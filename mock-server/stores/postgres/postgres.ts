// Sandboxes in PostgreSQL, for many processes behind a plain balancer: what one of them answered, all of them know.
import { createPauses } from '../pauses.ts';
import { StaleError, type StoreError, type Store, type StoredEvent } from '../store.ts';
import { createConfirm } from './confirm.ts';
import { openDatabase, type Database } from './database.ts';
import { readNames, readWorld, toEvents, type Loaded, type Position } from './rows.ts';
import { migrate } from './schema.ts';
import { createSharedStream, type SharedStream } from './shared-stream.ts';
import { createSharing } from './sharing.ts';
import { createTrafficRows } from './traffic-rows.ts';

/** A process that ended has claimed nothing any longer after so many milliseconds. */
const usualClaimMs = 60_000;

export type PostgresStoreOptions = {
  /** `postgres://USER:PASSWORD@HOST:PORT/DATABASE`. */
  readonly address: string;
  readonly claimMs?: number;
  /** In the place of the database's clock. In milliseconds since the epoch. */
  readonly now?: () => number;
};

/** The clock of the database, as far as this process knows it. It never goes back. */
const createTime = (given?: () => number) => {
  let [ahead, latest] = [0, 0];
  return {
    time: (): number => {
      latest = Math.max(latest, given?.() ?? Date.now() + ahead);
      return latest;
    },
    onTime: (now: number): void => {
      ahead = now - Date.now();
    },
  };
};

const connect = async (address: string): Promise<Database> => {
  const database = openDatabase(address);
  try {
    await migrate(database);
    return database;
  } catch (error) {
    await database.close();
    throw error;
  }
};

const load = async (database: Database, name: string): Promise<Loaded> => {
  const { ask, commit, abandon } = await database.begin('shown-one-moment');
  try {
    const loaded = await readWorld(ask, name);
    await commit();
    if (loaded === undefined) throw new StaleError(`The sandbox "${name}" has ended.`);
    return loaded;
  } catch (error) {
    abandon();
    throw error;
  }
};

const readAll = async (bodies: readonly string[]): Promise<readonly StoredEvent[]> => {
  const events: StoredEvent[] = [];
  const pause = createPauses();
  for (const body of bodies) {
    events.push(...toEvents(body));
    await pause(body.length);
  }
  return events;
};

/** One that only reads, such as the old one after a failover, keeps nothing, and so does one without the tables. */
const takesWrites = async ({ ask }: Database): Promise<boolean> => {
  try {
    const [row] = await ask<{ takes: boolean }>(
      "SELECT current_setting('transaction_read_only') = 'off' AS takes FROM invitations_mock.schema_version",
    );
    return row?.takes === true;
  } catch {
    return false;
  }
};

/** Rejects where it cannot be reached, or where a later version of this program has been there. */
export const createPostgresStore = async ({
  address,
  claimMs = usualClaimMs,
  now,
}: PostgresStoreOptions): Promise<Store> => {
  const database = await connect(address);
  const confirm = createConfirm(database.ask);
  const { time, onTime } = createTime(now);
  const positions = new Map<string, Position>();
  const streams = new Set<SharedStream>();
  return {
    names: () => readNames(database.ask),
    load: async (name) => {
      const { epoch, version, bodies, now } = await load(database, name);
      onTime(now);
      positions.set(name, { epoch, version });
      return readAll(bodies);
    },
    open: (name, given) => {
      const position = positions.get(name);
      positions.delete(name);
      const subject = {
        ...given,
        onFailure: (error: StoreError): void => {
          streams.delete(stream);
          given.onFailure(error);
        },
      };
      const stream = createSharedStream({
        ...{ name, subject, database, confirm, position, time, onTime },
      });
      streams.add(stream);
      return { ...stream, leave: () => streams.delete(stream) };
    },
    sharing: {
      ...createSharing(database.ask, claimMs),
      traffic: createTrafficRows(database.ask, time, now),
    },
    isReady: () => takesWrites(database),
    close: async () => {
      await Promise.all([...streams].map((stream) => stream.close()));
      await database.close();
    },
  };
};
