// A long history, replayed without keeping other requests from their turn.
import { expect, test } from '@jest/globals';
import type { Event } from '../../domain/events.ts';
import { replay } from '../../domain/replay.ts';
import { sliceLength } from '../../fixtures/scenario-builder.ts';
import { createMemoryStore } from '../stores/memory.ts';
import { openRegistry, plan } from './deeds.suite.ts';
import { captureWorld, rebuild, restoreWorld, sliceEvents } from './keep-world.ts';

const history = Array.from({ length: sliceEvents * 5 }, (_, place): Event => {
  const userId = `user-${place}`;
  const email = `${userId}@example.com`;
  const more = { pictureUrl: null, kind: 'person' } as const;
  return { type: 'UserRegistered', at: 0, userId, name: userId, email, ...more };
});
const { users } = replay(history).directory;

/** How many others had a turn meanwhile. */
const turnsDuring = async (work: () => Promise<void>): Promise<number> => {
  let turns = 0;
  const count = (): void => {
    turns += 1;
    counting = setImmediate(count);
  };
  let counting = setImmediate(count);
  await work();
  clearImmediate(counting);
  return turns;
};

test('a long history is replayed in slices, and leads to the same', async () => {
  const turns = await turnsDuring(async () => {
    expect((await rebuild(history)).directory.users).toEqual(users);
  });
  expect(turns).toBeGreaterThanOrEqual(4);
});

test('a snapshot with a long history is restored in slices', async () => {
  const { standard, close } = await openRegistry(createMemoryStore());
  const image = { ...captureWorld(standard), history };
  expect(await turnsDuring(() => restoreWorld(standard, image))).toBeGreaterThanOrEqual(4);
  expect(standard.sandbox.state().directory.users).toEqual(users);
  close();
});

test('a sandbox with a long history is made and reset in slices', async () => {
  const { put, openAnew, close } = await openRegistry(createMemoryStore());
  const scenarioSize = sliceEvents * 2;
  const long = { ...plan, scenario: 'many-pages', scenarioSize } as const;
  const made = await put('long', long);
  if (typeof made === 'string') throw new Error(made);
  const { hosted } = made;
  const turns = await turnsDuring(async () => {
    await openAnew(hosted, long);
  });
  expect(turns).toBeGreaterThanOrEqual(scenarioSize / sliceLength + 3);
  close();
});
