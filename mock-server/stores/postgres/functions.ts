// What is asked most often, as functions: the database plans a function once for each connection, and what is sent to it at
// each request, which takes longer than to do it. A version that asks otherwise has functions of other names, as earlier ones
// go on beside it.

const tailColumns =
  'name text, epoch text, version float8, image_size float8, tail_size float8, now float8, body text';

/**
 * `tails`: what came after the positions that are known, as one moment shows it; a row without a body where there is nothing.
 * `lock_tail`: of one that is locked from then on. Row by row, by keys: a plan that joins tables would be kept while they grow.
 */
export const functions = `
  CREATE OR REPLACE FUNCTION invitations_mock.tails (text[], text[], bigint[]) RETURNS TABLE (${tailColumns})
  LANGUAGE plpgsql STABLE AS $$
  DECLARE
    w invitations_mock.world;
  BEGIN
    FOR i IN 1 .. cardinality($1) LOOP
      SELECT * INTO w FROM invitations_mock.world t WHERE t.name = $1[i];
      CONTINUE WHEN NOT FOUND;
      name := w.name;
      epoch := w.epoch;
      version := w.version;
      image_size := w.image_size;
      tail_size := w.tail_size;
      now := extract(epoch FROM clock_timestamp()) * 1000;
      body := NULL;
      IF w.epoch = $2[i] AND w.version > $3[i] THEN
        FOR body IN SELECT e.body FROM invitations_mock.event e
          WHERE e.world = w.name AND e.epoch = w.epoch AND e.version > $3[i] ORDER BY e.version
        LOOP
          RETURN NEXT;
        END LOOP;
        CONTINUE WHEN FOUND;
      END IF;
      RETURN NEXT;
    END LOOP;
  END $$;
  CREATE OR REPLACE FUNCTION invitations_mock.lock_tail (text, text, bigint) RETURNS TABLE (${tailColumns})
  LANGUAGE plpgsql AS $$
  BEGIN
    PERFORM 1 FROM invitations_mock.world w WHERE w.name = $1 FOR UPDATE;
    RETURN QUERY SELECT * FROM invitations_mock.tails(ARRAY[$1], ARRAY[$2], ARRAY[$3]);
  END $$;
  CREATE OR REPLACE FUNCTION invitations_mock.append (text, text, bigint, text, bigint, bigint, boolean) RETURNS void
  LANGUAGE plpgsql AS $$
  BEGIN
    INSERT INTO invitations_mock.event (world, epoch, version, body) VALUES ($1, $2, $3, $4);
    UPDATE invitations_mock.world w SET version = $3, tail_size = w.tail_size + $5,
      used_at = greatest(w.used_at, $6), waits = $7 WHERE w.name = $1;
  END $$;`;
