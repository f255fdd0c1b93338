// A long history, replayed without keeping other requests from their turn.
import { expect, test } from '@jest/globals';
import type { Event } from '../../domain/events.ts';
import { replay } from '../../domain/replay.ts';
import { rebuild, sliceEvents } from './keep-world.ts';

test('a long history is replayed in slices, and leads to the same', async () => {
  const history = Array.from({ length: sliceEvents * 5 }, (_, place): Event => {
    const userId = `user-${place}`;
    const email = `${userId}@example.com`;
    const more = { pictureUrl: null, kind: 'person' } as const;
    return { type: 'UserRegistered', at: 0, userId, name: userId, email, ...more };
  });
  let turns = 0;
  const count = (): void => {
    turns += 1;
    counting = setImmediate(count);
  };
  let counting = setImmediate(count);
  const state = await rebuild(history);
  clearImmediate(counting);
  expect(turns).toBeGreaterThanOrEqual(4);
  expect(state.directory.users).toEqual(replay(history).directory.users);
});
