// What a start costs where a store has a sandbox with a long history: by an image of what it led to, and event by event.
import { appendFileSync } from 'node:fs';
import { join } from 'node:path';
import { Client } from 'pg';
import { writeLines } from '../mock-server/stores/journal-lines.ts';
import { fetchInvitations, fetchPage } from './api-client.ts';
import type { Contenders } from './contenders.ts';
import { median } from './median.ts';
import type { Options } from './options.ts';
import { toTable, wholeText } from './table.ts';

const events = 100_000;
const [firstRole, lastRole] = ['ADMIN', 'VIEWER'] as const;

export type StoredStarts = {
  readonly name: string;
  /** From the start of the process until it was ready. */
  readonly byImageMs: readonly number[];
  readonly byEventsMs: readonly number[];
};

type History = readonly { readonly type: string }[];

/** Each invitation gets one role after the other, and the last of them all the same. */
const changeRoles = (ids: readonly string[]): History =>
  Array.from({ length: events }, (_none, place) => ({
    type: 'InvitationRoleChanged',
    at: Date.now(),
    invitationId: ids[place % ids.length] ?? '',
    role: place < events - ids.length ? firstRole : lastRole,
  }));

export type KeptIn = {
  readonly name: string;
  /** As the flag has it. */
  readonly store: string;
  /** Behind what the store has of `default`, as it would be there without images. */
  readonly append: (history: History) => Promise<void>;
};

export const inFolder = (folder: string): KeptIn => ({
  name: 'file',
  store: `file:${folder}`,
  append: (history) => {
    appendFileSync(join(folder, 'default.journal'), writeLines(history, true));
    return Promise.resolve();
  },
});

export const inPostgres = (address: string): KeptIn => ({
  name: 'postgres',
  store: address,
  append: async (history) => {
    const client = new Client(address);
    await client.connect();
    const written = client.query(
      `WITH added AS (
         INSERT INTO invitations_mock.event (world, epoch, version, body)
         SELECT w.name, w.epoch, w.version + e.place, e.body FROM invitations_mock.world w,
           unnest($1::text[]) WITH ORDINALITY AS e (body, place) WHERE w.name = 'default'
       )
       UPDATE invitations_mock.world SET version = version + $2 WHERE name = 'default'`,
      [history.map((event) => JSON.stringify([event])), history.length],
    );
    try {
      await written;
    } finally {
      await client.end();
    }
  },
});

export const measureStoredStarts = async (
  { rounds }: Options,
  contenders: Contenders,
  flags: readonly string[],
  { name, store, append }: KeptIn,
): Promise<StoredStarts> => {
  const start = () => contenders.product([...flags, '--store', store]);
  const time = async (): Promise<readonly number[]> => {
    const times: number[] = [];
    for (let round = 0; round < rounds; round += 1) {
      const server = await start();
      times.push(server.readyMs);
      await server.stop();
    }
    return times;
  };
  const first = await start();
  const ids = (await fetchInvitations(first)).map(({ id }) => id);
  await first.stop();
  const byImageMs = await time();
  await append(changeRoles(ids));
  const byEventsMs = await time();
  const last = await start();
  const { count } = await fetchPage(last, `?role=${lastRole}`);
  await last.stop();
  if (count !== ids.length) throw new Error(`The store ${name} did not take all events in.`);
  return { name, byImageMs, byEventsMs };
};

export const toStoredStartTable = (starts: readonly StoredStarts[]): string =>
  toTable(
    [`Start with ${wholeText(events)} events, ms`, 'by an image', 'event by event'],
    starts.map(({ name, byImageMs, byEventsMs }) => [
      name,
      wholeText(median(byImageMs)),
      wholeText(median(byEventsMs)),
    ]),
  );
