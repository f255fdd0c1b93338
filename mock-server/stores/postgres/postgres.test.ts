// Sandboxes in PostgreSQL: what each store does, and what several processes on one of them see of each other.
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { Client } from 'pg';
import {
  StaleError,
  type Store,
  type Description,
  type StoredEvent,
  type StoreError,
} from '../store.ts';
import { describeStore } from '../store.suite.ts';
import { aSubject } from '../subject.suite.ts';
import { createPostgresStore } from './postgres.ts';
import { startPostgres, type PostgresServer } from './postgres-server.suite.ts';

let postgres: PostgresServer;
const stores: Store[] = [];

beforeAll(async () => {
  postgres = await startPostgres();
});

afterAll(async () => {
  await Promise.all(stores.map((store) => store.close()));
  await postgres.end();
});

describeStore('postgres', () => {
  const address = postgres.newAddress();
  return {
    open: async () => createPostgresStore({ address: await address }),
    outlives: true,
    end: () => undefined,
  };
});

const open = async (address: string): Promise<Store> => {
  const store = await createPostgresStore({ address, claimMs: 50 });
  stores.push(store);
  return store;
};

const event = (place: number): StoredEvent => ({ type: `event-${place}` });

/** A copy of the sandbox `one` that has what it is told, and fails by itself alone. */
const copyOf = (store: Store, begins: readonly StoredEvent[]) => {
  const seen = [...begins];
  const failures: StoreError[] = [];
  let described: Description = { keys: [], timeToLiveMs: null, usedAt: 0 };
  const stream = store.open(
    'one',
    aSubject(() => [...seen], {
      observe: (events) => seen.push(...events),
      onFailure: (error) => failures.push(error),
      description: () => described,
    }),
  );
  const describe = (keys: readonly string[], timeToLiveMs: number | null): void => {
    described = { keys, timeToLiveMs, usedAt: 0 };
    stream.describe();
  };
  const append = (place: number): void => {
    seen.push(event(place));
    stream.append(event(place));
  };
  return { seen, failures, stream, append, describe };
};

/** Two processes that both have the sandbox `one`. */
const aPair = async () => {
  const address = await postgres.newAddress();
  const [here, there] = [await open(address), await open(address)];
  const first = copyOf(here, [event(0)]);
  first.stream.restart();
  first.append(1);
  await first.stream.kept();
  const second = copyOf(there, await there.load('one'));
  return { address, here, there, first, second };
};

test('a turn begins with all that other processes had answered', async () => {
  const { first, second } = await aPair();
  await first.stream.turn('write', () => {
    first.append(2);
  });
  const seen = await second.stream.turn('read', () => [...second.seen]);
  expect(seen).toEqual([0, 1, 2].map(event));
  await second.stream.turn('write', () => {
    second.append(3);
  });
  expect(await first.stream.turn('read', () => first.seen.length)).toBe(4);
});

test('of turns at the same time none loses what another one wrote', async () => {
  const { first, second, there } = await aPair();
  const turns = Array.from({ length: 40 }, async (_, place) => {
    const copy = place % 2 === 0 ? first : second;
    return copy.stream.turn('write', async () => {
      // What others of the same process do in between is theirs.
      await Promise.resolve();
      copy.append(place + 10);
    });
  });
  await Promise.all(turns);
  const kept = await there.load('one');
  expect(kept).toHaveLength(42);
  expect(new Set(kept.map(({ type }) => type)).size).toBe(42);
  await first.stream.turn('read', () => undefined);
  await second.stream.turn('read', () => undefined);
  expect([first.seen, second.seen]).toEqual([kept, kept]);
});

test('a sandbox that began anew elsewhere has to be loaded anew, and what waited is refused as stale', async () => {
  const { first, second, there } = await aPair();
  await first.stream.turn('write', () => {
    first.seen.splice(0, Infinity, event(7));
    first.stream.restart();
    first.append(8);
  });
  const work = (): void => {
    second.append(9);
  };
  await expect(second.stream.turn('write', work)).rejects.toThrow(StaleError);
  await expect(second.stream.turn('read', work)).rejects.toThrow('began anew in another process');
  expect(second.failures).toHaveLength(1);
  expect(await there.load('one')).toEqual([7, 8].map(event));
});

test('what is appended outside of a turn is kept in one, or lost where another process was faster', async () => {
  const { first, second, here } = await aPair();
  first.append(2);
  await first.stream.kept();
  second.append(3);
  await expect(second.stream.kept()).rejects.toThrow(StaleError);
  expect(await here.load('one')).toEqual([0, 1, 2].map(event));
});

test('of two processes that make a sandbox one does', async () => {
  const address = await postgres.newAddress();
  const copies = [await open(address), await open(address)].map((store) => copyOf(store, []));
  const made = copies.map(async ({ stream, append }) => {
    stream.restart();
    append(1);
    return stream.kept();
  });
  const outcomes = await Promise.allSettled(made);
  expect(outcomes.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected']);
});

test('a removed sandbox is gone for all, and one of its name is another one', async () => {
  const { first, second, here, there } = await aPair();
  await first.stream.turn('write', first.stream.remove);
  expect(await there.names()).toEqual([]);
  await expect(second.stream.turn('read', () => undefined)).rejects.toThrow('has ended');
  const anew = copyOf(here, []);
  anew.stream.restart();
  anew.append(1);
  await anew.stream.kept();
  expect(await there.load('one')).toEqual([event(1)]);
});

test('an image takes the place of a long tail, and who is far behind loads it', async () => {
  const { first, second, there } = await aPair();
  const words = 'x'.repeat(60_000);
  for (let place = 0; place < 80; place += 1) {
    await first.stream.turn('write', () => {
      const long = { type: `long-${place}`, words };
      first.seen.push(long);
      first.stream.append(long);
    });
  }
  await expect(second.stream.turn('read', () => undefined)).rejects.toThrow(StaleError);
  expect(await there.load('one')).toEqual(first.seen);
});

test('finds sandboxes by what their credentials are digested to', async () => {
  const { first, there } = await aPair();
  await first.stream.turn('write', () => {
    first.describe(['a', 'b'], null);
  });
  const { sharing } = there;
  expect(await sharing?.find('a')).toBe('one');
  await first.stream.turn('write', () => {
    first.describe(['b'], null);
  });
  expect(await sharing?.find('a')).toBeUndefined();
  expect(await sharing?.find('b')).toBe('one');
});

test('ends sandboxes that no process has used for their time', async () => {
  const { first, there } = await aPair();
  await first.stream.turn('write', () => {
    first.describe([], 60_000);
  });
  expect((await there.sharing?.sweep(new Map()))?.all).toEqual(new Set(['one']));
  await first.stream.turn('write', () => {
    first.describe([], 0);
  });
  expect((await there.sharing?.sweep(new Map()))?.all).toEqual(new Set());
});

test('one process at a time has a claim, and one that takes over has the same id', async () => {
  const { here, there } = await aPair();
  const claims = [here, there].map(async ({ sharing }, place) =>
    sharing?.claims?.claim('a', `id-${place}`),
  );
  const [id, ...others] = (await Promise.all(claims)).filter((one) => one !== undefined);
  expect(others).toEqual([]);
  let taken: string | undefined;
  while (taken === undefined) taken = await there.sharing?.claims?.claim('a', 'other');
  expect(taken).toBe(id);
  await there.sharing?.claims?.release('a');
  expect(await here.sharing?.claims?.claim('a', 'next')).toBe('next');
});

const run = async (address: string, statements: string): Promise<void> => {
  const client = new Client(address);
  await client.connect();
  await client.query(statements);
  await client.end();
};

test('a role that may not create anything is told who has to, and does once that was', async () => {
  const address = await postgres.newAddress();
  await run(address, "CREATE ROLE weak LOGIN PASSWORD 'secret'");
  const weak = address.replace('postgres:secret', 'weak:secret');
  await expect(createPostgresStore({ address: weak })).rejects.toThrow('a role that may create');
  await open(address);
  await run(
    address,
    'GRANT ALL ON SCHEMA invitations_mock TO weak; GRANT ALL ON ALL TABLES IN SCHEMA invitations_mock TO weak',
  );
  const { stream } = copyOf(await open(weak), [event(0)]);
  stream.restart();
  await stream.kept();
});

test('a database that only reads is not ready, and is again once it writes', async () => {
  const address = await postgres.newAddress();
  const store = await open(address);
  const { pathname } = new URL(address);
  const leave = `SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid()`;
  const change = (what: string): Promise<void> =>
    run(address, `BEGIN READ WRITE; ALTER DATABASE ${pathname.slice(1)} ${what}; COMMIT; ${leave}`);
  await change('SET default_transaction_read_only = on');
  while (await store.isReady());
  await change('RESET default_transaction_read_only');
  while (!(await store.isReady()));
});

test('a database whose tables are gone is not ready, keeps nothing, and gets them from who starts', async () => {
  const address = await postgres.newAddress();
  const store = await open(address);
  await run(address, 'DROP SCHEMA invitations_mock CASCADE');
  expect(await store.isReady()).toBe(false);
  await expect(store.names()).rejects.toThrow('A process that starts makes the tables');
  await open(address);
  expect(await store.isReady()).toBe(true);
  expect(await store.names()).toEqual([]);
});

test('tables of a later version are refused', async () => {
  const address = await postgres.newAddress();
  await open(address);
  await run(address, 'UPDATE invitations_mock.schema_version SET version = 99');
  await expect(createPostgresStore({ address })).rejects.toThrow(
    'The tables in PostgreSQL have version 99; this program knows those up to 2. Start a later one.',
  );
});

test('a database that is not there is told by what cannot be reached', async () => {
  await expect(
    createPostgresStore({ address: 'postgres://postgres@127.0.0.1:1/nothing' }),
  ).rejects.toThrow('PostgreSQL cannot be used: connect ECONNREFUSED 127.0.0.1:1.');
});
