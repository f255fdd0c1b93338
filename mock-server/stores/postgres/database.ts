// Connections to a PostgreSQL. Nothing outlives a transaction in a session, so that a pooler may stand in between.
import { DatabaseError, Pool, type PoolClient, type QueryResultRow } from 'pg';
import { codeOf, StaleError, StoreError, UnsureError } from '../store.ts';

export type Ask = <Row extends QueryResultRow>(
  text: string,
  values?: readonly unknown[],
) => Promise<readonly Row[]>;

/** Statements are sent as they are asked, before the answers to those before them came. */
export type Transaction = {
  readonly ask: Ask;
  /** Rejects where anything that was asked did. */
  readonly commit: () => Promise<void>;
  readonly abandon: () => void;
};

export type Database = {
  readonly ask: Ask;
  /** Waits while as many as there may be are open. */
  readonly begin: (mode?: 'shown-one-moment') => Promise<Transaction>;
  /** Resolves when nothing is under way any longer. */
  readonly close: () => Promise<void>;
};

const connections = 10;
/** The others are for what is asked outside of them. */
const transactions = 7;
const connectMs = 3_000;
const answerMs = 20_000;
const begin = `BEGIN; SET LOCAL lock_timeout = '10s'; SET LOCAL idle_in_transaction_session_timeout = '30s'`;
const beginToRead = 'BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY';

/** Somebody else was faster: a unique key, a serialization failure, a deadlock, a table that is there already. */
const lost: ReadonlySet<unknown> = new Set(['23505', '40001', '40P01', '42P06', '42P07', '42710']);
/** There is no room on the disk, or nothing more is taken. */
const noRoom: ReadonlySet<unknown> = new Set(['53100', '53000']);

/** It only reads now; where the address leads after a failover, a new connection finds out. */
const readOnly = '25006';
/** What is to be done where PostgreSQL says no more than what is wrong. */
const advice = new Map<unknown, string>([
  [
    '42501',
    ' Let a role that may create schemas start once, and give this one all rights on the schema invitations_mock and its tables.',
  ],
  ['42P01', ' Is it another database? A process that starts makes the tables that are missing.'],
]);

const toStoreError = (error: unknown): StoreError => {
  if (error instanceof StoreError) return error;
  const code = codeOf(error);
  // Of a host with two addresses each has an error of its own, and they together have no message.
  const words = (error instanceof Error && error.message) || String(code ?? error);
  if (lost.has(code)) return new StaleError(`Another process was faster: ${words}.`);
  return noRoom.has(code)
    ? new StoreError('full', `PostgreSQL has no room left: ${words}.`)
    : new StoreError(
        'unavailable',
        `PostgreSQL cannot be used: ${words}.${advice.get(code) ?? ''}`,
      );
};

/** Of what failed once its COMMIT was sent: it is sure where PostgreSQL itself said so, and no pooler that lost it. */
const toSentError = (error: unknown): StoreError => {
  const isSure = error instanceof DatabaseError && error.code?.startsWith('08') !== true;
  const told = toStoreError(error);
  return isSure || error instanceof StoreError ? told : new UnsureError(told.message);
};

/** As many at a time; the others wait in the order in which they came. */
const createSlots = (count: number) => {
  const waiting: (() => void)[] = [];
  let free = count;
  return {
    take: (): Promise<void> =>
      new Promise((resolve) => {
        if (free === 0) waiting.push(resolve);
        else {
          free -= 1;
          resolve();
        }
      }),
    give: (): void => {
      const next = waiting.shift();
      if (next === undefined) free += 1;
      else next();
    },
  };
};

const open = (client: PoolClient, mode: string, onEnd: () => void): Transaction => {
  let [isOver, isUseless, isSent] = [false, false, false];
  // Whatever is asked after it fails because of it.
  let first: StoreError | undefined;
  const fail = (error: unknown): StoreError => {
    if (codeOf(error) === readOnly) isUseless = true;
    return (first ??= isSent ? toSentError(error) : toStoreError(error));
  };
  const end = (isBroken: boolean): void => {
    if (isOver) return;
    isOver = true;
    client.release(isBroken);
    onEnd();
  };
  const ask: Ask = async <Row extends QueryResultRow>(
    text: string,
    values: readonly unknown[] = [],
  ) => {
    try {
      return (await client.query<Row>({ text, values: [...values] })).rows;
    } catch (error) {
      throw fail(error);
    }
  };
  client.query(mode).catch(fail);
  return {
    ask,
    commit: async () => {
      isSent = true;
      try {
        const { command } = await client.query('COMMIT');
        if (command !== 'COMMIT') throw new StoreError('unavailable', 'PostgreSQL rolled back.');
        end(false);
      } catch (error) {
        end(true);
        throw fail(error);
      }
    },
    abandon: () => {
      if (isOver) return;
      client.query('ROLLBACK').then(
        () => {
          end(isUseless);
        },
        () => {
          end(true);
        },
      );
    },
  };
};

export const openDatabase = (address: string): Database => {
  const pool = new Pool({
    connectionString: address,
    max: connections,
    pipeline: true,
    connectionTimeoutMillis: connectMs,
    query_timeout: answerMs,
    keepAlive: true,
    application_name: 'invitations-mock',
  });
  // Who uses a connection that ends hears of it by what is asked on it.
  const isHeard = (): void => undefined;
  pool.on('error', isHeard);
  pool.on('connect', (client) => client.on('error', isHeard));
  const slots = createSlots(transactions);
  return {
    ask: async <Row extends QueryResultRow>(text: string, values: readonly unknown[] = []) => {
      try {
        const { rows } = await pool.query<Row>({ text, values: [...values] });
        return rows;
      } catch (error) {
        throw toStoreError(error);
      }
    },
    begin: async (mode) => {
      await slots.take();
      try {
        const client = await pool.connect();
        return open(client, mode === undefined ? begin : beginToRead, slots.give);
      } catch (error) {
        slots.give();
        throw toStoreError(error);
      }
    },
    close: () => pool.end(),
  };
};
