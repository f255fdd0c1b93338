// The traffic of sandboxes in rows. Whoever adds to it holds its head alone and no sandbox, so that no request waits for it;
// and as heads are held in the order of their names, nobody waits for each other.
import type { TrafficBatch, TrafficStore, TrafficTail } from '../traffic.ts';
import type { Ask } from './database.ts';
import { inOnePiece } from './rows.ts';

const append = `
  WITH batch AS (
    SELECT * FROM unnest($1::text[], $2::bigint[]) AS b (world, missed)
  ), made AS (
    -- Of sandboxes that an earlier version has made.
    INSERT INTO invitations_mock.traffic_head (world)
    SELECT w.name FROM batch b JOIN invitations_mock.world w ON w.name = b.world
    ON CONFLICT DO NOTHING
  ), head AS (
    SELECT h.world, h.next + b.missed AS next, h.size, h.cleared_time
    FROM batch b JOIN invitations_mock.traffic_head h ON h.world = b.world
    ORDER BY h.world FOR UPDATE OF h
  ), sent AS (
    SELECT h.world, convert_from(substring($8::bytea FROM s.start FOR s.bytes), 'UTF8') AS body,
      h.next - 1 + row_number() OVER w AS seq, h.size + sum(s.size) OVER w AS total
    FROM unnest($3::text[], $4::bigint[], $5::integer[], $6::integer[], $7::integer[])
      WITH ORDINALITY AS s (world, at, size, start, bytes, place)
    JOIN head h ON h.world = s.world AND s.at >= h.cleared_time
    WINDOW w AS (PARTITION BY s.world ORDER BY s.place)
  ), last AS (
    SELECT h.world, coalesce(max(s.seq) + 1, h.next) AS next, coalesce(max(s.total), h.size) AS size
    FROM head h LEFT JOIN sent s ON s.world = h.world GROUP BY h.world, h.next, h.size
  ), advanced AS (
    UPDATE invitations_mock.traffic_head h SET next = l.next, size = l.size FROM last l WHERE h.world = l.world
  )
  INSERT INTO invitations_mock.traffic (world, seq, total, body) SELECT world, seq, total, body FROM sent`;

const trim = `
  DELETE FROM invitations_mock.traffic t USING invitations_mock.traffic_head h
  WHERE h.world = $1 AND t.world = $1 AND (t.seq < h.next - $2 OR t.total <= h.size - $3)`;

const read = `
  SELECT k.place::float8, h.cleared_at::float8 AS from, h.cleared_time::float8 AS era, t.seq::float8 AS sequence, t.body
  FROM unnest($1::text[], $2::bigint[], $3::bigint[]) WITH ORDINALITY AS k (world, after, era, place)
  JOIN invitations_mock.traffic_head h ON h.world = k.world
  LEFT JOIN invitations_mock.traffic t ON t.world = h.world AND t.seq >= h.cleared_at
    AND t.seq > CASE WHEN h.cleared_time = k.era THEN k.after ELSE 0 END
  ORDER BY t.seq`;

/** What is added at the same time is seen by nobody, but may be there still: nothing before `cleared_at` counts. */
const clear = `
  WITH head AS (
    UPDATE invitations_mock.traffic_head
    SET cleared_at = next, cleared_time = floor(coalesce($2::float8, extract(epoch FROM clock_timestamp()) * 1000))
    WHERE world = $1
  )
  DELETE FROM invitations_mock.traffic WHERE world = $1`;

type Row = {
  readonly place: number;
  readonly from: number;
  readonly era: number;
  readonly sequence: number | null;
  readonly body: string | null;
};

const toSent = (batches: readonly TrafficBatch[]): readonly unknown[] => {
  const sent = batches.flatMap(({ name, exchanges }) => exchanges.map((one) => ({ name, ...one })));
  return [
    sent.map(({ name }) => name),
    sent.map(({ at }) => at),
    sent.map(({ text }) => text.length),
    ...inOnePiece(sent.map(({ text }) => text)),
  ];
};

/** `clock`: in the place of that of the database, which `now` gives as far as this process knows it. */
export const createTrafficRows = (
  ask: Ask,
  now: () => number,
  clock: (() => number) | undefined,
): TrafficStore => ({
  now,
  append: async (batches) => {
    await ask(append, [
      batches.map(({ name }) => name),
      batches.map(({ missed }) => missed),
      ...toSent(batches),
    ]);
    for (const { name, bounds } of batches) {
      if (bounds === undefined) continue;
      await ask(trim, [name, bounds.exchanges, Math.floor(bounds.characters)]);
    }
  },
  read: async (known) => {
    const rows = await ask<Row>(read, [
      known.map(({ name }) => name),
      known.map(({ after }) => after),
      known.map(({ era }) => era),
    ]);
    type Exchanges = { sequence: number; text: string }[];
    const tails = known.map((): (TrafficTail & { exchanges: Exchanges }) | undefined => undefined);
    for (const { place, from, era, sequence, body } of rows) {
      const tail = (tails[place - 1] ??= { from, era, exchanges: [] });
      if (sequence !== null && body !== null) tail.exchanges.push({ sequence, text: body });
    }
    return tails;
  },
  clear: async (name) => {
    await ask(clear, [name, clock?.() ?? null]);
  },
});
