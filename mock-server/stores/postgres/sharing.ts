// What processes that share a database ask each other by it, beside the contents of sandboxes.
import type { Sharing } from '../store.ts';
import type { Ask } from './database.ts';

const milliseconds = '(extract(epoch FROM clock_timestamp()) * 1000)::bigint';

// Held in the order of their names, as by all who hold several.

const noteUse = `WITH used AS (
     SELECT w.name, u.at FROM invitations_mock.world w
     JOIN unnest($1::text[], $2::bigint[]) AS u (name, at) ON w.name = u.name AND w.used_at < u.at
     ORDER BY w.name FOR UPDATE OF w
   )
   UPDATE invitations_mock.world w SET used_at = u.at FROM used u WHERE w.name = u.name`;

const sweep = `WITH over AS (
     SELECT name FROM invitations_mock.world
     WHERE time_to_live IS NOT NULL AND used_at + time_to_live <= ${milliseconds} ORDER BY name FOR UPDATE
   ), head AS (
     SELECT world FROM invitations_mock.traffic_head
     WHERE world IN (SELECT name FROM over) ORDER BY world FOR UPDATE
   )
   DELETE FROM invitations_mock.world
   WHERE name IN (SELECT name FROM over) AND (SELECT count(*) FROM head) >= 0`;

export const createSharing = (ask: Ask, claimMs: number): Omit<Sharing, 'traffic'> => ({
  find: async (key) => {
    const [row] = await ask<{ world: string }>(
      'SELECT world FROM invitations_mock.credential WHERE digest = $1',
      [key],
    );
    return row?.world;
  },
  sweep: async (used) => {
    if (used.size > 0) {
      await ask(noteUse, [[...used.keys()], [...used.values()]]);
    }
    await ask(sweep);
    const left = await ask<{ name: string; waits: boolean }>(
      'SELECT name, waits FROM invitations_mock.world',
    );
    return {
      all: new Set(left.map(({ name }) => name)),
      waiting: left.filter(({ waits }) => waits).map(({ name }) => name),
    };
  },
  // The database knows of all.
  unfound: () => [],
  claims: {
    claim: async (key, id) => {
      const [claimed] = await ask<{ id: string }>(
        `INSERT INTO invitations_mock.claim (key, id, until)
         VALUES ($1, $2, clock_timestamp() + $3 * interval '1 millisecond')
         ON CONFLICT (key) DO UPDATE SET until = excluded.until WHERE claim.until < clock_timestamp()
         RETURNING id`,
        [key, id, claimMs],
      );
      return claimed?.id;
    },
    release: async (key) => {
      await ask('DELETE FROM invitations_mock.claim WHERE key = $1', [key]);
    },
  },
});
